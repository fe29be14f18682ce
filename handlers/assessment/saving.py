"""Saves an answer: the answer, its evidence, the verdict rows that change, and the audit row."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from domain.answers import Answer, FieldName
from domain.assessments import find_affected
from domain.registers import Entries
from domain.replies import Completed
from domain.steps import HELD
from domain.verdicts import Finding
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.turn import Turn
from storage import KeptVerdict, Recorded
from storage.verdicts import kept, total


def save(turn: Turn, sheet: Sheet, outcome: Completed) -> Sheet:
    """Write everything that follows from one complete answer; returns the sheet after it.

    Raises storage.Conflict if another turn changed the assessment in the meantime; this turn is
    then run again from the new state.
    """
    return save_several(turn, sheet, (outcome,))


def save_several(turn: Turn, sheet: Sheet, outcomes: tuple[Completed, ...]) -> Sheet:
    """`save` for answers that were given in one message: their verdicts are written once."""
    forget_sheet(turn)
    after = sheet
    for outcome in outcomes:
        row, answer = outcome.requirement.id, _with_stored_entries(turn, after, outcome)
        assessment = turn.tx.assessments.save_answer(
            after.assessment, row, answer, turn.person.id, turn.now
        )
        by = Recorded(person_id=turn.person.id, at=turn.now)
        after = after.answering(assessment, row, answer, by)
        _save_evidence(turn, after, outcome)
        turn.tx.audit.record(
            turn.now, turn.person.id, "answered", f"assessment:{assessment.id}", row
        )
    place = after.checklist.bookmark
    if sheet.checklist.bookmark != place:
        turn.tx.assessments.set_bookmark(after.assessment.id, turn.person.id, place)
    changed = {outcome.requirement.id for outcome in outcomes}
    found = _found(after, changed)
    rows = _rows(after, found)
    before = after.rows
    moved = tuple(row for subject, row in rows.items() if before.get(subject) != row)
    turn.tx.assessments.save_verdicts(moved, turn.now)
    found_now = {**after.found_now, **{one.subject: one for one in found}}
    return replace(after, found_now=found_now, now=rows)


def _found(after: Sheet, changed: Collection[str]) -> tuple[Finding, ...]:
    """The findings of the items that the answers to `changed` affect, in every part that binds the
    unit. The first answer of an assessment affects all items, so that each gets its row.
    """
    parts = after.criteria.parts_for(after.unit.kind)
    if not _has_all_rows(after):
        return tuple(one for part in parts for one in after.findings_of(part)[:-1])
    return find_affected(
        parts,
        after.checklist.answers,
        changed=changed,
        before={subject: row.verdict for subject, row in after.rows.items()},
        year=after.year,
        rulings=after.rulings,
    )


def _rows(after: Sheet, found: tuple[Finding, ...]) -> Mapping[str, KeptVerdict]:
    """The verdicts of all items and parts after the answers, by subject."""
    number = after.assessment.id
    rows = {**after.rows, **{one.subject: kept(number, one) for one in found}}
    for part in after.criteria.parts_for(after.unit.kind):
        rows[part.id] = total(number, part.id, [rows[item.id] for item in part.items])
    return rows


def _has_all_rows(sheet: Sheet) -> bool:
    return all(part.id in sheet.rows for part in sheet.criteria.parts_for(sheet.unit.kind))


def _with_stored_entries(turn: Turn, sheet: Sheet, outcome: Completed) -> Answer:
    """The answer; entries that are new to the register of the unit are stored in it."""
    register = outcome.requirement.counted
    return Answer(
        fields=tuple(
            replace(field, value=_stored(turn, sheet, register, field.value))
            if isinstance(field.value, Entries)
            else field
            for field in outcome.answer.fields
        )
    )


def _stored(turn: Turn, sheet: Sheet, register: str, entries: Entries) -> Entries:
    add, unit = turn.tx.registers.add, sheet.unit.id
    items = (
        one if one.id is not None else add(unit, register, one, turn.person.id, turn.now)
        for one in entries.items
    )
    return Entries(items=tuple(items))


def _save_evidence(turn: Turn, sheet: Sheet, outcome: Completed) -> None:
    """A document that was entered once belongs to the unit and the year, for every checklist that
    asks.
    """
    answer = outcome.answer
    number, issued_on = answer.get(FieldName.NUMBER), answer.get(FieldName.ISSUED_ON)
    if answer.choice != HELD or not isinstance(number, str):
        return
    turn.tx.evidence.add(
        sheet.unit.id,
        sheet.year,
        number=number,
        issued_on=answer.day(FieldName.ISSUED_ON) if issued_on else None,
        source=outcome.requirement.id,
        person_id=turn.person.id,
        now=turn.now,
    )

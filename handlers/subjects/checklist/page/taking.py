"""Takes a line typed at a page: answers that were read become pending, the others are
asked alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.answers import Answer
from domain.cards import Card
from domain.checklist import Place
from domain.criteria import Requirement
from domain.giving import Contradictory, give
from domain.replies import Completed, Continued, claim_not_applicable
from domain.steps import first_step, is_complete, next_step
from handlers.assessment.results import result_after_answers
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asked_of import rows_of
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.disputed import ask_whether, is_own, part
from handlers.subjects.checklist.doubts import keep_doubt
from handlers.subjects.checklist.going import move
from handlers.subjects.checklist.page.confirming import confirm, wait_for, without
from handlers.subjects.checklist.page.reading_back import numbers_of
from handlers.subjects.checklist.reading.asked import Asked, Reading
from handlers.subjects.checklist.reading.page import PageReading
from handlers.subjects.checklist.reasons import KEPT_NOWHERE, why_asked
from handlers.subjects.checklist.wrong_replies import refusal
from handlers.understanding.commands import Command
from handlers.understanding.intents import Intent
from handlers.understanding.values.reasons import Reason


@dataclass(kw_only=True)
class _Taken:
    """The result for each answer of a line: by requirement what was read, by number what is asked
    again and why.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    put_off: list[str] = field(default_factory=list)
    asked: dict[int, str] = field(default_factory=dict)


def take(
    turn: Turn, sheet: Sheet, item_id: str, questions: Mapping[int, Asked], reading: PageReading
) -> Reply:
    """Store the answers until the person goes on, which also confirms the answers read back before.

    1 judge each answer, 2 confirm what was pending if the line does, 3 store the new answers, 4 say
    what was not taken and ask it alone, else show the next page.
    """
    taken = _judged(turn, sheet, questions, reading)
    named = frozenset(questions[one].requirement.id for one in reading.parts)
    outcome: tuple[str | Card, ...] = ()
    if reading.confirm:
        confirmed = confirm(turn, sheet, but=named, agreed=not taken.answers)
        sheet = confirmed.sheet
        outcome += (*result_after_answers(turn, sheet, confirmed.rows), *confirmed.notes)
    if taken.answers:
        sheet, notes = _disputed(turn, sheet, taken)
        outcome += notes
    sheet = without(turn, sheet, named - taken.answers.keys())
    if taken.answers or taken.put_off:
        sheet = _waiting(turn, sheet, item_id, taken)
        sheet = _gone_on(turn, sheet, taken)
    return _next(turn, sheet, item_id, reading, taken).under(*outcome)


def _gone_on(turn: Turn, sheet: Sheet, taken: _Taken) -> Sheet:
    """The question that was asked alone is left once the line has answered it."""
    row = sheet.checklist.bookmark.revisiting
    answer = taken.answers.get(row or "")
    if row is None or answer is None or not is_complete(sheet.criteria.requirement(row), answer):
        return sheet
    return move(turn, sheet, sheet.checklist.going_on((row,)))


def late_line(
    turn: Turn, sheet: Sheet, questions: Mapping[int, Asked], reading: PageReading
) -> PageReading | None:
    """A line for a page that somebody else has changed: its open questions, and those that were
    answered by others; None if nobody else has answered any of them.
    """
    rows = {number: questions[number].requirement.id for number in reading.parts}
    answered = {number for number, row in rows.items() if row in sheet.checklist.answers}
    own = {number for number in answered if is_own(turn, sheet, rows[number])}
    if answered == own:
        return None
    parts = {number: one for number, one in reading.parts.items() if number not in own}
    return replace(reading, parts=parts, unknown=(*reading.unknown, *sorted(own)))


def _disputed(turn: Turn, sheet: Sheet, taken: _Taken) -> tuple[Sheet, tuple[str, ...]]:
    """Let the answers to questions that others have answered wait for the person's decision."""
    late = {row: one for row, one in taken.answers.items() if row in sheet.checklist.answers}
    for row in late:
        del taken.answers[row]
    requirements = {row: sheet.criteria.requirement(row) for row in late}
    whole = tuple(
        Completed(requirement=requirements[row], answer=one)
        for row, one in late.items()
        if is_complete(requirements[row], one)
    )
    parted = part(turn, sheet, whole)
    half = late.keys() - {one.requirement.id for one in whole}
    notes = [turn.say("disputed.to_replace", id=row) for row in sorted(half)]
    sheet = ask_whether(turn, sheet, parted.instead)
    return sheet, tuple(filter(None, (parted.note(turn), *notes)))


def _judged(
    turn: Turn, sheet: Sheet, questions: Mapping[int, Asked], reading: PageReading
) -> _Taken:
    taken = _Taken()
    for number, one in reading.parts.items():
        row = questions[number].requirement
        if one.order in (Command.SKIP, Command.LATER):
            turn.tx.assessments.skip(sheet.assessment.id, row.id)
            forget_sheet(turn)
            taken.put_off.append(row.id)
            continue
        why = _take_part(turn, sheet, questions[number], one, taken)
        if why:
            taken.asked[number] = turn.say("several.refused", number=number, why=why)
    return taken


def _take_part(turn: Turn, sheet: Sheet, asked: Asked, reading: Reading, taken: _Taken) -> str:
    """Put the answer of one part among those that were taken; returns why the rest is asked."""
    row = asked.requirement
    if reading.order is Command.NOT_APPLICABLE:
        claim = claim_not_applicable(sheet.checklist, place_of(row, asked.draft))
        if isinstance(claim, Completed):
            taken.answers[row.id] = claim.answer
            return ""
        return refusal(turn, claim)
    if reading.doubtful:
        keep_doubt(turn, sheet, row.id, {**reading.fields, **reading.doubtful})
    if reading.fields:
        match give(sheet.checklist, row, asked.draft, reading.fields, today=turn.today):
            case Completed(answer=answer) | Continued(draft=answer):
                taken.answers[row.id] = answer
            case Contradictory():
                return turn.say("asked.because", reason=Reason.CONTRADICTION)
            case refused:
                return refusal(turn, refused)
    return why_asked(turn, sheet, row, asked.draft, reading)


def place_of(row: Requirement, draft: Answer) -> Place:
    """The open step of an answer; the first one if the answer is complete."""
    step = next_step(row, draft) or first_step(row)
    return Place(requirement=row, step=step, draft=draft, revisiting=False)


def _waiting(turn: Turn, sheet: Sheet, item_id: str, taken: _Taken) -> Sheet:
    """The new pending answers together with the partial ones before; in the order of the page."""
    known = {**sheet.pending.answers, **taken.answers} if sheet.pending else taken.answers
    numbers = numbers_of(sheet, item_id)
    rows = sorted(known, key=lambda row: int(numbers.get(row, 0)))
    if taken.put_off:
        skips = turn.tx.assessments.skips(sheet.assessment.id)
        sheet = replace(sheet, checklist=replace(sheet.checklist, skips=skips))
    pending = replace(
        sheet.pending,
        item=item_id,
        answers={row: known[row] for row in rows},
        versions={row: _version(sheet, row, anew=row in taken.answers) for row in rows},
        rejected=False,
    )
    return wait_for(turn, sheet, pending)


def _version(sheet: Sheet, row: str, *, anew: bool) -> int:
    """The version of a requirement's stored answer when it was answered."""
    now = sheet.versions.get(row, 0)
    return now if anew else sheet.pending.versions.get(row, now)


def _next(
    turn: Turn,
    sheet: Sheet,
    item_id: str,
    reading: PageReading,
    taken: _Taken,
) -> Reply:
    """The next page or question, below what was not taken and why."""
    rows = rows_of(sheet, item_id)
    notes = list(taken.asked.values())
    if taken.put_off:
        notes.append(turn.say("several.put_off", ids=", ".join(taken.put_off)))
    if reading.unknown:
        notes += _unknown(turn, sheet, rows, reading.unknown)
    if taken.asked:
        first = next(iter(taken.asked))
        begun = taken.answers.get(rows[first].id)
        sheet = alone_at(turn, sheet, rows[first].id, begun)
    reply = ask(turn, sheet, *notes)
    kept_nowhere = any(one.ask in KEPT_NOWHERE for one in reading.parts.values())
    return replace(reply, intent=Intent.REFUSED) if kept_nowhere else reply


def alone_at(turn: Turn, sheet: Sheet, row: str, begun: Answer | None = None) -> Sheet:
    """The sheet with one question asked alone, from what is certain of its answer."""
    sheet = without(turn, sheet, frozenset({row}))
    mark = sheet.checklist.bookmark.without((row,))
    if begun is not None:
        mark = mark.drafting(row, begun)
    return move(turn, sheet, replace(mark, revisiting=row))


def _unknown(
    turn: Turn, sheet: Sheet, rows: Mapping[int, Requirement], numbers: tuple[int, ...]
) -> list[str]:
    saved = [one for one in numbers if one in rows and rows[one].id in sheet.checklist.answers]
    notes = [turn.say("several.already_saved", number=one, id=rows[one].id) for one in saved]
    if others := tuple(one for one in numbers if one not in saved):
        notes.append(turn.say("several.unknown_numbers", numbers=_listed(others)))
    return notes


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))

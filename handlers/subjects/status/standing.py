"""The status of one unit: verdict, progress, items; for its superior or for itself."""

from collections.abc import Sequence
from dataclasses import replace

from domain.assessments import AssessmentState
from domain.cards import Card, Row
from domain.people import Role
from domain.units import Unit, UnitKind
from domain.verdicts import Finding, Verdict
from handlers.assessment.results import OPEN_VERDICTS, figures, headed, progress_row
from handlers.assessment.sheet import Sheet, sheet_of
from handlers.assessment.source import source
from handlers.assessment.verdict_text import judgement_row, sign
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.intents import Intent

REASONS_SHOWN = 12
"""Reasons in one answer: one screen of a phone; the others are counted."""

_ORDER = (
    Verdict.NOT_MET,
    Verdict.NEEDS_REVIEW,
    Verdict.INCOMPLETE,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)


def status(turn: Turn, unit: Unit, year: int | None, *, why: bool) -> Reply:
    """The status of a unit that the person may see. `why` asks for what is not met.

    Before hand-in a superior sees progress and the provisional verdict of each item, not the single
    answers.
    """
    intent = Intent.WHY if why else Intent.STATUS
    sheet = sheet_of(turn, unit, year)
    turn.tx.audit.record(turn.now, turn.person.id, "asked", f"unit:{unit.id}", intent)
    if sheet is None:
        return Reply(
            intent=intent,
            cards=(_nothing(turn, unit, year),),
            menu=KEEP_MENU,
            units=(unit.id,),
        )
    return Reply(
        intent=intent,
        cards=(_card(turn, sheet, why=why),),
        menu=KEEP_MENU,
        units=(unit.id,),
        period=sheet.year,
        figures=figures(sheet),
    )


def _nothing(turn: Turn, unit: Unit, year: int | None) -> Card:
    name = capital(turn.unit_name(unit, with_parent=True))
    if year is not None:
        why = turn.say("status.no_assessment_in", year=year)
    else:
        why = turn.say(_why_nothing(turn, unit))
    return Card(heading=name, text=why)


def _why_nothing(turn: Turn, unit: Unit) -> str:
    """The sentence for a unit that has no checklist to show."""
    if turn.post.role is Role.COUNCIL:
        return "status.nothing_closed"
    if unit.kind in (UnitKind.COMMUNE, UnitKind.DEPARTMENT):
        return "status.no_assessment"
    return "status.communes_only"


def _card(turn: Turn, sheet: Sheet, *, why: bool) -> Card:
    *items, whole = sheet.findings()
    if sheet.checklist.answers:
        shown = _why(turn, sheet, items, whole) if why else Card(rows=_items(turn, items))
        rows = (progress_row(turn, sheet, whole), *shown.rows)
    else:
        shown = Card(text=turn.say("status.not_started"))
        rows = _open_questions(turn, sheet) if why and _may_see_answers(turn, sheet) else ()
    source_named = turn.say("status.source", text=source(turn, sheet.assessment.set_id), clause="")
    as_of = turn.say("status.as_of", at=turn.now)
    card = headed(turn, sheet, whole, *rows, text=shown.text)
    return replace(card, notes=(*shown.notes, source_named, as_of))


def _items(turn: Turn, items: Sequence[Finding]) -> tuple[Row, ...]:
    """Which items have which verdict, the worst verdicts first."""
    rows = []
    for verdict in _ORDER:
        found = [item.subject for item in items if item.verdict is verdict]
        if found:
            rows.append(
                Row(
                    label=turn.say("common.verdict", verdict=verdict),
                    badge=sign(turn, verdict),
                    value=", ".join(found),
                    figures=((verdict.value, len(found)),),
                )
            )
    return tuple(rows)


def _why(turn: Turn, sheet: Sheet, items: Sequence[Finding], whole: Finding) -> Card:
    """The rows and notes that say why the indicator is not met."""
    if whole.verdict is Verdict.MET:
        met = turn.say("status.why_met", indicator=sheet.part.indicator)
        return Card(rows=(Row(value=met),))
    if not _may_see_answers(turn, sheet):
        return Card(rows=_items(turn, items), notes=(turn.say("status.answers_not_shown"),))
    open_ones = [one for one in whole.judgements if one.verdict in OPEN_VERDICTS]
    left = _open_questions(turn, sheet)
    if not open_ones:
        return Card(rows=(*_items(turn, items), *left))
    reasons = (judgement_row(turn, sheet.criteria, one) for one in open_ones[:REASONS_SHOWN])
    more = len(open_ones) - REASONS_SHOWN
    return Card(
        rows=(Row(value=turn.say("status.not_met_because")), *reasons, *left),
        notes=(turn.say("status.more", count=more),) if more > 0 else (),
    )


def _open_questions(turn: Turn, sheet: Sheet) -> tuple[Row, ...]:
    """All questions without an answer, by item."""
    missing = {row.id for row in sheet.checklist.open()}
    if not missing:
        return ()
    rows = [Row(value=turn.say("status.open_questions", count=len(missing)))]
    for item in sheet.part.items:
        here = [row.id for row in item.requirements if row.id in missing]
        if here:
            rows.append(Row(label=item.id, value=", ".join(here), figures=(("open", len(here)),)))
    return tuple(rows)


def _may_see_answers(turn: Turn, sheet: Sheet) -> bool:
    own = any(post.unit == sheet.unit.id for post in turn.person.posts)
    return own or sheet.assessment.state is not AssessmentState.OPEN

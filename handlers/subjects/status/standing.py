"""How one unit stands: verdict, progress, items; for its superior or for itself."""

from domain.assessments import AssessmentState
from domain.cards import saying
from domain.people import Role
from domain.units import Unit, UnitKind
from domain.verdicts import Finding, Verdict
from handlers.assessment.results import OPEN_VERDICTS, figures, headline, progress_line
from handlers.assessment.sheet import Sheet, sheet_of
from handlers.assessment.source import source
from handlers.assessment.verdict_text import judgement_line
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.intents import Intent

REASONS_SHOWN = 12
"""Reasons in one answer: one screen of a phone; the rest is counted."""

_ORDER = (
    Verdict.NOT_MET,
    Verdict.NEEDS_REVIEW,
    Verdict.INCOMPLETE,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)


def status(turn: Turn, unit: Unit, year: int | None, *, why: bool) -> Reply:
    """The status of a unit the person may see. `why` asks for what is not met.

    Before hand-in a superior sees progress and the provisional verdict of each item, not
    the single answers.
    """
    intent = Intent.WHY if why else Intent.STATUS
    sheet = sheet_of(turn, unit, year)
    turn.tx.audit.record(turn.now, turn.person.id, "asked", f"unit:{unit.id}", intent)
    if sheet is None:
        return Reply(
            intent=intent,
            cards=saying(_nothing(turn, unit, year)),
            menu=KEEP_MENU,
            units=(unit.id,),
        )
    return Reply(
        intent=intent,
        cards=saying(_text(turn, sheet, why=why)),
        menu=KEEP_MENU,
        units=(unit.id,),
        period=sheet.year,
        figures=figures(sheet),
    )


def _nothing(turn: Turn, unit: Unit, year: int | None) -> str:
    name = capital(turn.unit_name(unit, with_parent=True))
    if year is None:
        return turn.say(_why_nothing(turn, unit), unit=name)
    return turn.say("status.no_assessment_in", unit=name, year=year)


def _why_nothing(turn: Turn, unit: Unit) -> str:
    """The sentence for a unit that shows no checklist."""
    if turn.post.role is Role.COUNCIL:
        return "status.nothing_closed"
    if unit.kind in (UnitKind.COMMUNE, UnitKind.DEPARTMENT):
        return "status.no_assessment"
    return "status.communes_only"


def _text(turn: Turn, sheet: Sheet, *, why: bool) -> str:
    *items, whole = sheet.findings()
    lines = [headline(turn, sheet, whole)]
    if sheet.checklist.answers:
        lines.append(progress_line(turn, sheet, whole))
        lines += _why(turn, sheet, whole) if why else _items(turn, items)
    else:
        lines.append(turn.say("status.not_started"))
    lines.append(turn.say("status.source", text=source(turn, sheet.assessment.set_id), clause=""))
    lines.append(turn.say("status.as_of", at=turn.now))
    return "\n".join(lines)


def _items(turn: Turn, items: list[Finding]) -> list[str]:
    """Which items stand at which verdict, the ones to worry about first."""
    lines = []
    for verdict in _ORDER:
        ids = ", ".join(item.subject for item in items if item.verdict is verdict)
        if ids:
            word = turn.say("common.verdict", verdict=verdict)
            lines.append(turn.say("status.items_with", verdict=word, ids=ids))
    return lines


def _why(turn: Turn, sheet: Sheet, whole: Finding) -> list[str]:
    if whole.verdict is Verdict.MET:
        return [turn.say("status.why_met", indicator=sheet.part.indicator)]
    items = sheet.findings()[:-1]
    if not _may_see_answers(turn, sheet):
        return [*_items(turn, list(items)), turn.say("status.answers_not_shown")]
    open_ones = [one for one in whole.judgements if one.verdict in OPEN_VERDICTS]
    lines = [judgement_line(turn, sheet.criteria, one) for one in open_ones[:REASONS_SHOWN]]
    if len(open_ones) > REASONS_SHOWN:
        lines.append(turn.say("status.more", count=len(open_ones) - REASONS_SHOWN))
    if not open_ones:
        return _items(turn, list(items))
    return [turn.say("status.not_met_because"), *lines]


def _may_see_answers(turn: Turn, sheet: Sheet) -> bool:
    own = any(post.unit == sheet.unit.id for post in turn.person.posts)
    return own or sheet.assessment.state is not AssessmentState.OPEN

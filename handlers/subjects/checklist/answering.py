"""The checklist in the conversation: reads a reply, judges and saves it, and shows what
comes next.
"""

from dataclasses import replace

from domain.answers import FieldName
from domain.cards import Card, Row, saying
from domain.checklist import Place
from domain.criteria import Requirement
from domain.giving import Contradictory, give
from domain.kinds.step import NO_CLAIM
from domain.replies import Completed, Continued, claim_not_applicable
from domain.steps import StepKind
from handlers.assessment.results import failing
from handlers.assessment.saving import save
from handlers.assessment.sheet import Sheet
from handlers.assessment.source import source
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import going
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.disputed import ask_whether, part, settled
from handlers.subjects.checklist.doubts import drop_doubt, keep_doubt
from handlers.subjects.checklist.going import move
from handlers.subjects.checklist.kinds import wrong_reply
from handlers.subjects.checklist.page.confirming import confirm
from handlers.subjects.checklist.reading.asked import Fields, Reading
from handlers.subjects.checklist.reasons import KEPT_NOWHERE, why_asked
from handlers.subjects.checklist.shown_back import shown_back
from handlers.subjects.checklist.wrong_replies import refusal
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent
from handlers.understanding.values.reasons import Reason


def resume(turn: Turn, sheet: Sheet) -> Reply:
    """The open question, with a line that says where the person is in the checklist."""
    checklist = sheet.checklist
    total = len(checklist.asked())
    if checklist.locked:
        return going.locked(turn)
    if sheet.place is None:
        return ask(turn, sheet)
    if checklist.answered():
        return ask(turn, sheet).under(
            turn.say("checklist.resumed", answered=checklist.answered(), total=total)
        )
    return ask(turn, sheet).under(_started(turn, sheet, total))


def _started(turn: Turn, sheet: Sheet, total: int) -> str:
    return turn.say(
        "checklist.started",
        unit=turn.unit_name(sheet.unit),
        year=sheet.year,
        title=f"{sheet.part.indicator} ({sheet.part.title})",
        total=total,
        source=source(turn, sheet.assessment.set_id),
    )


def not_readable(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    """The sentence that says which reply would be correct, and the question again."""
    return ask(turn, sheet).under(wrong_reply(turn, place.requirement, place.step, sheet.year))


def take(turn: Turn, sheet: Sheet, place: Place, fields: Fields) -> Reply:
    """Take fields of the open question, in any order; what was given before and is not named
    stays.
    """
    return taken(turn, sheet, place, Reading(fields=fields))


def taken(turn: Turn, sheet: Sheet, place: Place, reading: Reading) -> Reply:
    """Take what is certain of a reading, and ask about the rest."""
    row = place.requirement
    if place.step.kind is StepKind.WHOLE_NUMBER:
        drop_doubt(turn, sheet)
    outcome = give(sheet.checklist, row, place.draft, reading.fields, today=turn.today)
    if reading.doubtful:
        keep_doubt(turn, sheet, row.id, {**reading.fields, **reading.doubtful})
    why = why_asked(turn, sheet, row, place.draft, reading)
    match outcome:
        case Completed():
            reply = _saved(turn, sheet, outcome).under(why)
        case Continued():
            after = _keep_draft(turn, sheet, outcome) if reading.fields else sheet
            reply = ask(turn, after).under(why)
        case Contradictory():
            reply = ask(turn, sheet).under(turn.say("asked.because", reason=Reason.CONTRADICTION))
        case _:
            reply = ask(turn, sheet).under(refusal(turn, outcome))
    return replace(reply, intent=Intent.REFUSED) if reading.ask in KEPT_NOWHERE else reply


def _keep_draft(turn: Turn, sheet: Sheet, outcome: Continued) -> Sheet:
    row = outcome.requirement.id
    return move(turn, sheet, sheet.checklist.bookmark.drafting(row, outcome.draft))


def _saved(turn: Turn, before: Sheet, outcome: Completed) -> Reply:
    """Save the answer, after the answers that were read back before it; or ask first whether it
    replaces somebody else's.
    """
    row = outcome.requirement.id
    confirmed = confirm(turn, before, but=frozenset({row}))
    parted = part(turn, confirmed.sheet, (outcome,))
    notes: tuple[str | Card, ...] = confirmed.notes
    if confirmed.rows:
        notes += (failing(turn, confirmed.sheet, confirmed.rows),)
    if not parted.free:
        place = confirmed.sheet.checklist.going_on((row,))
        after = ask_whether(turn, move(turn, confirmed.sheet, place), parted.instead)
        return ask(turn, after).under(*notes, parted.note(turn))
    after = save(turn, settled(turn, confirmed.sheet, frozenset({row})), outcome)
    its_own = shown_back(turn, after, outcome.requirement)
    return ask(turn, after).under(*notes, *its_own)


def act(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    """A side action at the open question; None if the order is not one."""
    place = sheet.place
    match order.command:
        case Command.RESUME:
            return resume(turn, sheet)
        case Command.FIX:
            return going.fix(turn, sheet, order.about)
        case Command.BACK:
            return going.back(turn, sheet, place)
        case Command.LATER:
            return _later(turn, sheet)
    if place is None:
        return None
    match order.command:
        case Command.SKIP:
            return going.skip(turn, sheet, place)
        case Command.KEEP:
            return going.keep(turn, sheet, place)
        case Command.EXPLAIN:
            return _explain(turn, sheet, place)
        case Command.NOT_APPLICABLE:
            return _claim(turn, sheet, place)
        case _:
            return None


def _later(turn: Turn, sheet: Sheet) -> Reply:
    checklist = sheet.checklist
    return Reply(
        intent=Intent.CHECKLIST,
        cards=saying(
            turn.say(
                "checklist.paused", answered=checklist.answered(), total=len(checklist.asked())
            )
        ),
        choices=turn.actions("resume", "menu"),
        units=(sheet.unit.id,),
        period=sheet.year,
    )


def _explain(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    return ask(turn, sheet).under(explanation(turn, place.requirement))


def explanation(turn: Turn, row: Requirement) -> Card:
    """What counts for a question, what its document says, and what is evidence for the answer."""
    says = Row(
        label=turn.say("checklist.document_says", clause=row.clause),
        value=turn.say("checklist.quoted", verbatim=row.verbatim),
    )
    if not row.evidence:
        return Card(text=row.help, rows=(says,))
    proves = Row(label=turn.say("checklist.evidence"), value=row.evidence)
    return Card(text=row.help, rows=(says, proves))


def _claim(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    if place.step.field is FieldName.FORCE_MAJEURE:
        # This part is about force majeure, not about the figures given before it.
        return take(turn, sheet, place, {FieldName.FORCE_MAJEURE: NO_CLAIM})
    outcome = claim_not_applicable(sheet.checklist, place)
    if isinstance(outcome, Completed):
        return _saved(turn, sheet, outcome)
    return ask(turn, sheet).under(refusal(turn, outcome))

"""The checklist in the conversation: reads a reply, judges and saves it, and shows what
comes next.
"""

from dataclasses import replace

from domain.answers import FieldName, Value
from domain.assessments import AT_THE_FIRST_OPEN, Bookmark
from domain.cards import Card, Row, saying
from domain.checklist import Place
from domain.criteria import Requirement
from domain.replies import Completed, Continued, Outcome, accept, claim_not_applicable
from handlers.assessment.results import failing, result_after_answer
from handlers.assessment.saving import save
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.assessment.source import source
from handlers.assessment.verdict_text import reason
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.kinds import wrong_reply
from handlers.subjects.checklist.page.confirming import confirm
from handlers.subjects.checklist.wrong_replies import refusal
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent
from handlers.understanding.replies import NO_CLAIM


def resume(turn: Turn, sheet: Sheet) -> Reply:
    """The open question, with a line that says where the person is in the checklist."""
    checklist = sheet.checklist
    total = len(checklist.asked())
    if checklist.locked:
        return Reply(
            intent=Intent.CHECKLIST,
            cards=saying(turn.say("checklist.locked")),
            choices=turn.actions("result", "menu"),
        )
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


def take(
    turn: Turn, sheet: Sheet, place: Place, fields: tuple[tuple[FieldName, Value], ...]
) -> Reply:
    """Take one or more fields in order, and stop at the first that is refused."""
    outcome: Outcome | None = None
    for name, value in fields:
        if place.step.taking(name) is None:
            break
        outcome = accept(sheet.checklist, place, value, today=turn.today, field=name)
        if not isinstance(outcome, Continued):
            break
        sheet = _keep_draft(turn, sheet, outcome)
        place = sheet.place or place
    match outcome:
        case Completed():
            return _saved(turn, sheet, outcome)
        case Continued() | None:
            return ask(turn, sheet)
        case _:
            return ask(turn, sheet).under(refusal(turn, outcome))


def _keep_draft(turn: Turn, sheet: Sheet, outcome: Continued) -> Sheet:
    bookmark = replace(
        sheet.checklist.bookmark, draft_of=outcome.requirement.id, draft=outcome.draft
    )
    return move(turn, sheet, bookmark)


def move(turn: Turn, sheet: Sheet, bookmark: Bookmark) -> Sheet:
    """The sheet with the person at another place; the place is stored."""
    turn.tx.assessments.set_bookmark(sheet.assessment.id, turn.person.id, bookmark)
    forget_sheet(turn)
    return sheet.moved(bookmark)


def _saved(turn: Turn, before: Sheet, outcome: Completed) -> Reply:
    confirmed = confirm(turn, before, but=frozenset({outcome.requirement.id}))
    after = save(turn, confirmed.sheet, outcome)
    before_it = failing(turn, after, confirmed.rows)
    its_own = result_after_answer(turn, after, outcome.requirement)
    return ask(turn, after).under(*confirmed.note(turn), before_it, *its_own)


def act(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    """A side action at the open question; None if the order is not one."""
    place = sheet.place
    match order.command:
        case Command.RESUME:
            return resume(turn, sheet)
        case Command.FIX:
            return fix(turn, sheet, order.about)
        case Command.BACK:
            return back(turn, sheet, place)
        case Command.LATER:
            return _later(turn, sheet)
    if place is None:
        return None
    match order.command:
        case Command.SKIP:
            return _skip(turn, sheet, place)
        case Command.KEEP:
            return _keep(turn, sheet, place)
        case Command.EXPLAIN:
            return _explain(turn, sheet, place)
        case Command.NOT_APPLICABLE:
            return _claim(turn, sheet, place)
        case _:
            return None


def back(turn: Turn, sheet: Sheet, place: Place | None) -> Reply:
    """One step back: the previous step of a partial answer, else the previous question."""
    if place is not None and place.draft.fields:
        draft = replace(place.draft, fields=place.draft.fields[:-1])
        bookmark = replace(sheet.checklist.bookmark, draft_of=place.requirement.id, draft=draft)
        return ask(turn, move(turn, sheet, bookmark))
    row = sheet.checklist.before(place.requirement.id if place else None)
    if row is None:
        return ask(turn, sheet).under(turn.say("checklist.nothing_before"))
    return fix(turn, sheet, row.id)


def fix(turn: Turn, sheet: Sheet, requirement_id: str | None) -> Reply:
    """Go to one question to answer it again."""
    if requirement_id is None:
        return ask(turn, sheet).under(turn.say("checklist.fix_which"))
    if sheet.checklist.locked:
        return resume(turn, sheet)
    row = _find(sheet, requirement_id)
    if row is None:
        return ask(turn, sheet).under(_not_asked(turn, sheet, requirement_id))
    if not sheet.checklist.allows(row):
        return ask(turn, sheet).under(turn.say("several.above_ceiling", ids=row.id))
    if (first := sheet.checklist.waits_for(row)) is not None:
        sheet = move(turn, sheet, Bookmark(revisiting=first.id))
        waits = turn.say("checklist.asked_after", id=row.id, first=first.id)
        return ask(turn, sheet).under(waits)
    sheet = move(turn, sheet, Bookmark(revisiting=row.id))
    if row.id not in sheet.checklist.answers:
        return ask(turn, sheet)
    return ask(turn, sheet).under(
        turn.say("checklist.going_back", id=row.id, answer=_on_record(turn, sheet, row.id))
    )


def _find(sheet: Sheet, told: str) -> Requirement | None:
    """By its id, or by its number in the line above a question ("Câu 3/51")."""
    asked = sheet.checklist.asked()
    if told.isdecimal():
        return asked[int(told) - 1] if 0 < int(told) <= len(asked) else None
    return sheet.checklist.find(told)


def _not_asked(turn: Turn, sheet: Sheet, requirement_id: str) -> str:
    """Why a question cannot be asked: it does not exist, or an earlier answer excluded it."""
    known = {one.requirement_id: one for one in sheet.findings()[-1].judgements}
    found = known.get(requirement_id)
    if found is None:
        return turn.say("checklist.no_such_question", id=requirement_id)
    why = reason(turn, sheet.criteria, found)
    return turn.say("checklist.question_left_out", id=requirement_id, reason=why)


def _on_record(turn: Turn, sheet: Sheet, requirement_id: str) -> str:
    row = sheet.criteria.requirement(requirement_id)
    answer = sheet.checklist.answers[requirement_id]
    if not row.scored and answer.choice is not None:
        return row.choices[answer.choice]
    judgements = sheet.findings()[-1].judgements
    found = next(one for one in judgements if one.requirement_id == requirement_id)
    return reason(turn, sheet.criteria, found)


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


def _skip(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    if place.revisiting and place.requirement.id in sheet.checklist.answers:
        return _keep(turn, sheet, place)
    forget_sheet(turn)
    number = turn.tx.assessments.skip(sheet.assessment.id, place.requirement.id)
    sheet = move(turn, sheet, AT_THE_FIRST_OPEN)
    skips = {**sheet.checklist.skips, place.requirement.id: number}
    sheet = replace(sheet, checklist=replace(sheet.checklist, skips=skips))
    return ask(turn, sheet).under(turn.say("checklist.skipped", id=place.requirement.id))


def _keep(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    sheet = move(turn, sheet, AT_THE_FIRST_OPEN)
    if not place.revisiting:
        return ask(turn, sheet)
    return ask(turn, sheet).under(turn.say("checklist.kept", id=place.requirement.id))


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
        return take(turn, sheet, place, ((FieldName.FORCE_MAJEURE, NO_CLAIM),))
    outcome = claim_not_applicable(sheet.checklist, place)
    if isinstance(outcome, Completed):
        return _saved(turn, sheet, outcome)
    return ask(turn, sheet).under(refusal(turn, outcome))

"""Going to another question of the checklist and back. What was begun on the way is kept."""

from dataclasses import replace

from domain.assessments import Bookmark
from domain.cards import saying
from domain.checklist import Place
from domain.criteria import Requirement
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.assessment.verdict_text import reason
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.understanding.intents import Intent


def move(turn: Turn, sheet: Sheet, bookmark: Bookmark) -> Sheet:
    """The sheet with the person at another place; the place is stored."""
    turn.tx.assessments.set_bookmark(sheet.assessment.id, turn.person.id, bookmark)
    forget_sheet(turn)
    return sheet.moved(bookmark)


def back(turn: Turn, sheet: Sheet, place: Place | None) -> Reply:
    """One step back: the step before of a partial answer, else the place before "sửa", else the
    answer that was corrected last, else the question before.
    """
    mark = sheet.checklist.bookmark
    if place is not None and place.draft.fields:
        draft = replace(place.draft, fields=place.draft.fields[:-1])
        return ask(turn, move(turn, sheet, mark.drafting(place.requirement.id, draft)))
    if mark.trail:
        return _shown(turn, move(turn, sheet, sheet.checklist.returning()))
    if mark.corrected is not None and sheet.checklist.find(mark.corrected) is not None:
        return _shown(turn, move(turn, sheet, mark.at(mark.corrected)))
    row = sheet.checklist.before(place.requirement.id if place else None)
    if row is None:
        return ask(turn, sheet).under(turn.say("checklist.nothing_before"))
    return _shown(turn, move(turn, sheet, mark.at(row.id)))


def locked(turn: Turn) -> Reply:
    """Nothing can be changed any more."""
    return Reply(
        intent=Intent.CHECKLIST,
        cards=saying(turn.say("checklist.locked")),
        choices=turn.actions("result", "menu"),
    )


def fix(turn: Turn, sheet: Sheet, requirement_id: str | None) -> Reply:
    """Go to one question to answer it again."""
    if requirement_id is None:
        return ask(turn, sheet).under(turn.say("checklist.fix_which"))
    if sheet.checklist.locked:
        return locked(turn)
    row = _find(sheet, requirement_id)
    if row is None:
        return ask(turn, sheet).under(_not_asked(turn, sheet, requirement_id))
    if not sheet.checklist.allows(row):
        return ask(turn, sheet).under(turn.say("several.above_ceiling", ids=row.id))
    mark, trail = sheet.checklist.bookmark, _trail(sheet, row)
    if (here := sheet.place) is not None and here.requirement.id == row.id:
        # At the question itself "sửa" begins its answer again.
        mark = mark.without((row.id,))
    if (first := sheet.checklist.waits_for(row)) is not None:
        sheet = move(turn, sheet, mark.at(first.id, trail=(*trail, row.id)))
        waits = turn.say("checklist.asked_after", id=row.id, first=first.id)
        return ask(turn, sheet).under(waits)
    return _shown(turn, move(turn, sheet, mark.at(row.id, trail=trail)))


def skip(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    """Leave the open question for later; what was begun of its answer stays."""
    if place.revisiting and place.requirement.id in sheet.checklist.answers:
        return keep(turn, sheet, place)
    forget_sheet(turn)
    number = turn.tx.assessments.skip(sheet.assessment.id, place.requirement.id)
    sheet = move(turn, sheet, sheet.checklist.returning())
    skips = {**sheet.checklist.skips, place.requirement.id: number}
    sheet = replace(sheet, checklist=replace(sheet.checklist, skips=skips))
    return ask(turn, sheet).under(turn.say("checklist.skipped", id=place.requirement.id))


def keep(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    """Leave the recorded answer as it is, without what was begun to replace it."""
    mark = sheet.checklist.returning()
    if place.revisiting:
        mark = mark.without((place.requirement.id,))
    sheet = move(turn, sheet, mark)
    if not place.revisiting:
        return ask(turn, sheet)
    return ask(turn, sheet).under(turn.say("checklist.kept", id=place.requirement.id))


def _trail(sheet: Sheet, row: Requirement) -> tuple[str, ...]:
    """Where the person is now, after the places before; unchanged at the question itself."""
    mark = sheet.checklist.bookmark
    here = mark.revisiting or ""
    return mark.trail if here == row.id else (*mark.trail, here)


def _shown(turn: Turn, sheet: Sheet) -> Reply:
    """The question at the place, below its recorded answer."""
    place = sheet.place
    if place is None or not place.revisiting:
        return ask(turn, sheet)
    row = place.requirement.id
    if row not in sheet.checklist.answers:
        return ask(turn, sheet)
    answer = _on_record(turn, sheet, row)
    return ask(turn, sheet).under(turn.say("checklist.going_back", id=row, answer=answer))


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

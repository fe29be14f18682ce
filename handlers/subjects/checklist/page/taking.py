"""Takes a line typed at a page: answers that were read become pending, the others are
asked alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.answers import NOTHING_GIVEN, Answer
from domain.cards import Card
from domain.checklist import Place
from domain.criteria import Requirement
from domain.pages import Page, in_order
from domain.replies import Completed, Continued, Outcome, accept, claim_not_applicable
from domain.steps import first_step, is_complete, next_step
from handlers.assessment.results import result_after_answers
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground import access
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.disputed import ask_whether, is_own, part
from handlers.subjects.checklist.going import move
from handlers.subjects.checklist.page.amending import keep_other_fields
from handlers.subjects.checklist.page.confirming import confirm, wait_for, without
from handlers.subjects.checklist.page.reading_back import numbers_of
from handlers.subjects.checklist.wrong_replies import refusal
from handlers.understanding.intents import Intent
from handlers.understanding.line_replies import Aside, Fields, Given, Question
from handlers.understanding.screening import forbidden_in
from handlers.understanding.several import Line


@dataclass(kw_only=True)
class _Taken:
    """The result for each answer of a line, by requirement and by number."""

    answers: dict[str, Answer] = field(default_factory=dict)
    put_off: list[str] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def questions_of(turn: Turn, sheet: Sheet, item_id: str, page: Page | None) -> dict[int, Question]:
    """What a line may answer of an item: the questions of the page, and the pending answers."""
    drafts = {one.number: one.place.draft for one in page.entries} if page is not None else {}
    waiting = sheet.pending.answers if sheet.pending and sheet.pending.item == item_id else {}
    return {
        number: replace(one, draft=drafts.get(number, NOTHING_GIVEN))
        for number, one in all_questions(turn, sheet, item_id).items()
        if number in drafts or one.requirement.id in waiting
    }


def all_questions(turn: Turn, sheet: Sheet, item_id: str) -> dict[int, Question]:
    """Every question of an item by its number, without any answers."""
    claims = (turn.say("checklist.claim_force_majeure"), turn.say("checklist.no_force_majeure"))
    return {
        number: Question(
            requirement=row,
            draft=NOTHING_GIVEN,
            year=sheet.year,
            force_majeure=claims,
            figure=not sheet.checklist.withholds_figure(row),
        )
        for number, row in rows_of(sheet, item_id).items()
    }


def rows_of(sheet: Sheet, item_id: str) -> dict[int, Requirement]:
    """The questions of an item by their numbers."""
    item = next((one for one in sheet.part.items if one.id == item_id), None)
    rows = () if item is None else in_order(item, sheet.checklist.ceiling)
    return dict(enumerate(rows, start=1))


def take(
    turn: Turn, sheet: Sheet, item_id: str, questions: Mapping[int, Question], line: Line
) -> Reply:
    """Store the answers until the person goes on, which also confirms the answers read back before.

    1 screen the words, 2 judge each answer, 3 confirm what was pending, 4 store the new answers, 5
    say what was not taken and ask it alone, else show the next page.
    """
    if any(forbidden_in(text) is not None for text in line.free):
        refused = access.refused(turn.library, turn.person).text
        return replace(ask(turn, sheet).under(refused), intent=Intent.REFUSED)
    taken = _judged(turn, sheet, questions, line)
    anew = frozenset(questions[one].requirement.id for one in _spoken_of(line))
    outcome: tuple[str | Card, ...] = ()
    if taken.answers or taken.put_off:
        confirmed = confirm(turn, sheet, but=anew)
        sheet = confirmed.sheet
        outcome += (*result_after_answers(turn, sheet, confirmed.rows), *confirmed.notes)
        sheet, notes = _disputed(turn, sheet, taken)
        outcome += notes
        sheet = _waiting(turn, sheet, item_id, taken)
    else:
        sheet = without(turn, sheet, anew)
    return _next(turn, sheet, item_id, line, taken).under(*outcome)


def correct(
    turn: Turn, sheet: Sheet, item_id: str, questions: Mapping[int, Question], line: Line
) -> Reply:
    """Replace pending answers, of each the fields that the line names; this confirms nothing."""
    if any(forbidden_in(text) is not None for text in line.free):
        refused = access.refused(turn.library, turn.person).text
        return replace(ask(turn, sheet).under(refused), intent=Intent.REFUSED)
    taken = _judged(turn, sheet, questions, line)
    for row, draft in taken.answers.items():
        before = sheet.pending.answers.get(row)
        if before is not None:
            requirement = sheet.criteria.requirement(row)
            taken.answers[row] = keep_other_fields(
                sheet.checklist, requirement, before, draft, turn.today
            )
    sheet = without(
        turn, sheet, frozenset(questions[one].requirement.id for one in _spoken_of(line))
    )
    sheet = _waiting(turn, sheet, item_id, taken)
    return _next(turn, sheet, item_id, line, taken)


def late_line(
    turn: Turn, sheet: Sheet, questions: Mapping[int, Question], line: Line
) -> Line | None:
    """A line for a page that somebody else has changed: its open questions, and those that were
    answered by others; None if nobody else has answered any of them.
    """
    rows = {number: questions[number].requirement.id for number in line.given}
    answered = {number for number, row in rows.items() if row in sheet.checklist.answers}
    own = {number for number in answered if is_own(turn, sheet, rows[number])}
    if answered == own:
        return None
    given = {number: one for number, one in line.given.items() if number not in own}
    return replace(line, given=given, unknown=(*line.unknown, *sorted(own)))


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


def _spoken_of(line: Line) -> tuple[int, ...]:
    return (*line.given, *line.unclear, *line.contradictory)


def _judged(turn: Turn, sheet: Sheet, questions: Mapping[int, Question], line: Line) -> _Taken:
    taken = _Taken()
    for number, given in line.given.items():
        question = questions[number]
        row = question.requirement
        if given is Aside.SKIP:
            turn.tx.assessments.skip(sheet.assessment.id, row.id)
            forget_sheet(turn)
            taken.put_off.append(row.id)
            continue
        match _outcome(turn, sheet, question, given):
            case Completed(answer=answer) | Continued(draft=answer):
                taken.answers[row.id] = answer
            case refused:
                why = refusal(turn, refused)
                taken.refused[number] = turn.say("several.refused", number=number, why=why)
    return taken


def _outcome(turn: Turn, sheet: Sheet, question: Question, given: Given) -> Outcome:
    anew = not isinstance(given, Aside) and question.draft.get(given[0][0]) is not None
    place = _place(question.requirement, NOTHING_GIVEN if anew else question.draft)
    if isinstance(given, Aside):
        return claim_not_applicable(sheet.checklist, place)
    return _accepted(turn, sheet, place, given)


def _accepted(turn: Turn, sheet: Sheet, place: Place, fields: Fields) -> Outcome:
    (name, value), *rest = fields
    outcome = accept(sheet.checklist, place, value, today=turn.today, field=name)
    if not rest or not isinstance(outcome, Continued):
        return outcome
    return _accepted(turn, sheet, _place(place.requirement, outcome.draft), tuple(rest))


def _place(row: Requirement, draft: Answer) -> Place:
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
    )
    return wait_for(turn, sheet, pending)


def _version(sheet: Sheet, row: str, *, anew: bool) -> int:
    """The version of a requirement's stored answer when it was answered."""
    now = sheet.versions.get(row, 0)
    return now if anew else sheet.pending.versions.get(row, now)


def _next(turn: Turn, sheet: Sheet, item_id: str, line: Line, taken: _Taken) -> Reply:
    """The next page or question, below what was not taken and why."""
    rows = rows_of(sheet, item_id)
    notes = [*taken.refused.values()]
    if line.secret:
        notes.append(turn.say("checklist.secret_kept_out"))
    if taken.put_off:
        notes.append(turn.say("several.put_off", ids=", ".join(taken.put_off)))
    if line.unknown:
        notes += _unknown(turn, sheet, rows, line.unknown)
    if line.contradictory:
        notes.append(turn.say("several.contradictory", numbers=_listed(line.contradictory)))
    if line.unclear:
        notes.append(turn.say("several.unclear", numbers=_listed(line.unclear)))
    alone = (*taken.refused, *line.contradictory, *line.unclear)
    if alone:
        sheet = alone_at(turn, sheet, rows[alone[0]].id)
    reply = ask(turn, sheet, *notes)
    return replace(reply, intent=Intent.REFUSED) if line.secret else reply


def alone_at(turn: Turn, sheet: Sheet, row: str) -> Sheet:
    """The sheet with one question asked alone, from its first step."""
    sheet = without(turn, sheet, frozenset({row}))
    mark = sheet.checklist.bookmark.without((row,))
    return move(turn, sheet, mark.at(row))


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

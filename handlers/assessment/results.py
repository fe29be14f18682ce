"""The unit's own result: what an answer changed, and the complete result with its reasons."""

from domain.assessments import AssessmentState
from domain.cards import Card, Row
from domain.criteria import Item, Requirement
from domain.messages import Choice
from domain.verdicts import Finding, Judgement, Verdict
from handlers.assessment.sheet import Sheet
from handlers.assessment.verdict_text import item_row, judgement_row, loud_badge
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.intents import Intent

OPEN_VERDICTS = (Verdict.NOT_MET, Verdict.NEEDS_REVIEW)
"""What the result lists in full; met items are counted, missing answers are the progress."""

MOST_REASONS = 5
"""Reasons shown at once after a page: more would push the next page into a second message."""


def result_after_answer(turn: Turn, after: Sheet, row: Requirement) -> tuple[Card, ...]:
    """What to show at once: the verdict of the answer, an item that is decided, the indicator."""
    return _outcome(turn, after, Card(rows=(_answer_row(turn, after, row),)))


def result_after_answers(
    turn: Turn, after: Sheet, rows: tuple[Requirement, ...]
) -> tuple[Card, ...]:
    """The same after several answers: those that do not pass, and why."""
    return _outcome(turn, after, failing(turn, after, rows))


def failing(turn: Turn, after: Sheet, rows: tuple[Requirement, ...]) -> Card:
    """The answered requirements that do not pass, each with its reason; an empty card
    if all pass.
    """
    found = [
        row for row in rows if row.scored and judgement_of(after, row.id).verdict in OPEN_VERDICTS
    ]
    shown = tuple(_answer_row(turn, after, row) for row in found[:MOST_REASONS])
    notes: tuple[str, ...] = ()
    if more := len(found) - len(shown):
        item = next(one.id for one in after.part.items if found[-1] in one.requirements)
        notes = (turn.say("several.more_open", count=more, item=item),)
    return Card(rows=shown, notes=notes)


def _outcome(turn: Turn, after: Sheet, answered: Card) -> tuple[Card, ...]:
    """The result of the answers with the items that they decide, and below it the whole result if
    they decide the indicator.
    """
    decided = tuple(
        _decided_row(turn, item, after.verdict_now(item.id))
        for item in after.part.items
        if after.verdict_now(item.id) not in (after.verdict_before(item.id), Verdict.INCOMPLETE)
    )
    outcome = Card(rows=(*answered.rows, *decided), notes=answered.notes)
    whole = after.part.id
    if after.verdict_now(whole) is not after.verdict_before(whole) and after.place is None:
        return (outcome, whole_result(turn, after))
    return (outcome,)


def _answer_row(turn: Turn, sheet: Sheet, row: Requirement) -> Row:
    if row.scored:
        return judgement_row(turn, sheet.criteria, judgement_of(sheet, row.id))
    choice = sheet.checklist.answers[row.id].choice or 0
    return Row(
        label=turn.say("checklist.saved", id=row.id, year=sheet.year), value=row.choices[choice]
    )


def judgement_of(sheet: Sheet, requirement_id: str) -> Judgement:
    """The judgement of one scored requirement of the open part. A requirement that this turn's
    answers affect was judged when they were saved.
    """
    known = [one for item in sheet.found_now.values() for one in item.judgements]
    found = [one for one in known if one.requirement_id == requirement_id]
    if found:
        return found[0]
    whole = sheet.findings()[-1]
    return next(one for one in whole.judgements if one.requirement_id == requirement_id)


def _decided_row(turn: Turn, item: Item, verdict: Verdict) -> Row:
    return Row(
        label=turn.say("checklist.item_done", id=item.id, title=item.title),
        badge=loud_badge(turn.words, verdict),
    )


def _item(sheet: Sheet, item_id: str) -> Item:
    return next(item for item in sheet.part.items if item.id == item_id)


def result(turn: Turn, sheet: Sheet, item_id: str | None = None) -> Reply:
    """The result of the unit's own checklist, or of one item of it."""
    card = whole_result(turn, sheet)
    if item_id is not None:
        known = [item.id for item in sheet.part.items]
        if item_id in known:
            card = _item_result(turn, sheet, item_id)
        else:
            card = Card(text=turn.say("status.no_item", id=item_id))
    return Reply(
        intent=Intent.RESULT,
        cards=(card,),
        menu=KEEP_MENU,
        choices=_what_next(turn, sheet),
        units=(sheet.unit.id,),
        period=sheet.year,
        figures=figures(sheet),
    )


def _what_next(turn: Turn, sheet: Sheet) -> tuple[Choice, ...]:
    """Continue while a question is open; hand in once all are answered; nothing after that."""
    if sheet.assessment.state is not AssessmentState.OPEN:
        return turn.actions("menu")
    if sheet.checklist.open() or sheet.pending or sheet.instead_here():
        return turn.actions("resume", "menu")
    return (turn.deciding("submit"), turn.action("menu"))


def figures(sheet: Sheet) -> tuple[tuple[str, str | int], ...]:
    """The numbers of a result as (name, value) pairs."""
    items = sheet.findings()[:-1]
    whole = sheet.findings()[-1]
    counts = {
        f"items_{verdict}": sum(1 for item in items if item.verdict is verdict)
        for verdict in Verdict
    }
    return (
        ("indicator", sheet.part.indicator),
        ("verdict", whole.verdict.value),
        ("standing", sheet.assessment.state.standing.value),
        *_progress(sheet, whole),
        *counts.items(),
    )


def _progress(sheet: Sheet, whole: Finding) -> tuple[tuple[str, int], ...]:
    return (
        ("answered", sheet.checklist.answered()),
        ("asked", len(sheet.checklist.asked())),
        ("with_evidence", whole.with_evidence),
    )


def whole_result(turn: Turn, sheet: Sheet) -> Card:
    """Indicator, progress, each item, and every requirement that does not pass with its reason."""
    *items, whole = sheet.findings()
    rows = [progress_row(turn, sheet, whole)]
    for item, finding in zip(sheet.part.items, items, strict=True):
        rows.append(item_row(turn, item.title, finding))
        rows += [
            judgement_row(turn, sheet.criteria, one, nested=True)
            for one in finding.judgements
            if one.verdict in OPEN_VERDICTS
        ]
    return headed(turn, sheet, whole, *rows)


def headed(turn: Turn, sheet: Sheet, whole: Finding, *rows: Row, text: str = "") -> Card:
    """A card about the unit's indicator in its year, with its verdict and standing."""
    name = capital(turn.unit_name(sheet.unit, with_parent=True))
    part = sheet.part
    standing = turn.say("common.standing", standing=sheet.assessment.state.standing)
    return Card(
        context=turn.say("status.unit_and_year", unit=name, year=sheet.year),
        heading=turn.say("status.indicator", indicator=part.indicator, title=part.title),
        badge=loud_badge(turn.words, whole.verdict, standing),
        text=text,
        rows=rows,
    )


def progress_row(turn: Turn, sheet: Sheet, whole: Finding) -> Row:
    """How much is answered, and with how many documents as evidence."""
    said = dict(_progress(sheet, whole))
    return Row(
        value=turn.say(
            "status.progress",
            answered=said["answered"],
            total=said["asked"],
            evidence=said["with_evidence"],
        ),
        figures=tuple(said.items()),
    )


def _item_result(turn: Turn, sheet: Sheet, item_id: str) -> Card:
    """One item with all its requirements, met or not."""
    finding = next(one for one in sheet.findings() if one.subject == item_id)
    row = item_row(turn, _item(sheet, item_id).title, finding)
    return Card(
        heading=row.label,
        badge=row.badge,
        rows=(
            Row(value=row.value, figures=row.figures),
            *(judgement_row(turn, sheet.criteria, one) for one in finding.judgements),
        ),
    )

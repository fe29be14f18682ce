"""The unit's own result: what an answer changed, and the whole with its reasons."""

from domain.cards import saying
from domain.criteria import Item, Requirement
from domain.verdicts import Finding, Judgement, Verdict
from handlers.assessment.sheet import Sheet
from handlers.assessment.verdict_text import item_line, judgement_line, mark, reason
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.intents import Intent

OPEN_VERDICTS = (Verdict.NOT_MET, Verdict.NEEDS_REVIEW)
"""What the result spells out; met items are counted, missing answers are the progress."""

MOST_REASONS = 5
"""Reasons given at once after a page: more would push the next page into a second message."""


def result_after_answer(turn: Turn, after: Sheet, row: Requirement) -> tuple[str, ...]:
    """What to say at once: the answer's own verdict, an item that is decided, the indicator."""
    return ("\n".join((_answer_line(turn, after, row), *_decided(turn, after))),)


def result_after_answers(
    turn: Turn, after: Sheet, rows: tuple[Requirement, ...]
) -> tuple[str, ...]:
    """The same after several: of the answers those that do not pass, and why."""
    return ("\n".join((*failing(turn, after, rows), *_decided(turn, after))),)


def failing(turn: Turn, after: Sheet, rows: tuple[Requirement, ...]) -> list[str]:
    """Those of the answered requirements that do not pass, each with its reason."""
    found = [
        row for row in rows if row.scored and judgement_of(after, row.id).verdict in OPEN_VERDICTS
    ]
    lines = [_answer_line(turn, after, row) for row in found[:MOST_REASONS]]
    if more := len(found) - len(lines):
        item = next(one.id for one in after.part.items if found[-1] in one.requirements)
        lines.append(turn.say("several.more_open", count=more, item=item))
    return lines


def _decided(turn: Turn, after: Sheet) -> list[str]:
    *items, whole = after.findings()
    lines = [
        _item_done(turn, after, item)
        for item in items
        if item.verdict not in (after.verdict_before(item.subject), Verdict.INCOMPLETE)
    ]
    if whole.verdict is not after.verdict_before(whole.subject) and after.place is None:
        lines.append(whole_result(turn, after))
    return lines


def _answer_line(turn: Turn, sheet: Sheet, row: Requirement) -> str:
    if not row.scored:
        choice = sheet.checklist.answers[row.id].choice or 0
        return turn.say("checklist.saved", id=row.id, answer=row.choices[choice])
    found = judgement_of(sheet, row.id)
    return turn.say(
        "checklist.saved_verdict",
        mark=mark(turn, found.verdict),
        id=row.id,
        verdict=turn.say("common.verdict", verdict=found.verdict),
        reason=reason(turn, sheet.criteria, found),
    )


def judgement_of(sheet: Sheet, requirement_id: str) -> Judgement:
    """The judgement of one scored requirement of the open part."""
    whole = sheet.findings()[-1]
    return next(one for one in whole.judgements if one.requirement_id == requirement_id)


def _item_done(turn: Turn, sheet: Sheet, finding: Finding) -> str:
    return turn.say(
        "checklist.item_done",
        mark=mark(turn, finding.verdict),
        id=finding.subject,
        title=_item(sheet, finding.subject).title,
        verdict=turn.say("common.verdict_loud", verdict=finding.verdict),
    )


def _item(sheet: Sheet, item_id: str) -> Item:
    return next(item for item in sheet.part.items if item.id == item_id)


def result(turn: Turn, sheet: Sheet, item_id: str | None = None) -> Reply:
    """The result of the unit's own checklist, or of one item of it."""
    text = whole_result(turn, sheet)
    if item_id is not None:
        known = [item.id for item in sheet.part.items]
        if item_id in known:
            text = _item_result(turn, sheet, item_id)
        else:
            text = turn.say("status.no_item", id=item_id)
    return Reply(
        intent=Intent.RESULT,
        cards=saying(text),
        menu=KEEP_MENU,
        choices=turn.actions("resume", "menu"),
        units=(sheet.unit.id,),
        period=sheet.year,
        figures=figures(sheet),
    )


def figures(sheet: Sheet) -> tuple[tuple[str, str | int], ...]:
    """The numbers of a result, named."""
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
        ("answered", sheet.checklist.answered()),
        ("asked", len(sheet.checklist.asked())),
        ("with_evidence", whole.with_evidence),
        *counts.items(),
    )


def whole_result(turn: Turn, sheet: Sheet) -> str:
    """Indicator, progress, each item, and every requirement that does not pass with its reason."""
    *items, whole = sheet.findings()
    lines = [
        headline(turn, sheet, whole),
        progress_line(turn, sheet, whole),
        "",
    ]
    for item, finding in zip(sheet.part.items, items, strict=True):
        lines.append(item_line(turn, item.title, finding))
        lines += [
            "   " + judgement_line(turn, sheet.criteria, one)
            for one in finding.judgements
            if one.verdict in OPEN_VERDICTS
        ]
    return "\n".join(lines)


def headline(turn: Turn, sheet: Sheet, whole: Finding) -> str:
    """The unit and its indicator: verdict and standing."""
    name = capital(turn.unit_name(sheet.unit, with_parent=True))
    first = turn.say("status.headline", unit=name, year=sheet.year)
    second = turn.say(
        "status.indicator",
        mark=mark(turn, whole.verdict),
        indicator=sheet.part.indicator,
        title=sheet.part.title,
        verdict=turn.say("common.verdict_loud", verdict=whole.verdict),
        standing=turn.say("common.standing", standing=sheet.assessment.state.standing),
    )
    return f"{first}\n{second}"


def progress_line(turn: Turn, sheet: Sheet, whole: Finding) -> str:
    """How much is answered, and with how many documents."""
    return turn.say(
        "status.progress",
        answered=sheet.checklist.answered(),
        total=len(sheet.checklist.asked()),
        evidence=whole.with_evidence,
    )


def _item_result(turn: Turn, sheet: Sheet, item_id: str) -> str:
    item = _item(sheet, item_id)
    finding = next(one for one in sheet.findings() if one.subject == item_id)
    lines = [item_line(turn, item.title, finding)]
    lines += [judgement_line(turn, sheet.criteria, one) for one in finding.judgements]
    return "\n".join(lines)

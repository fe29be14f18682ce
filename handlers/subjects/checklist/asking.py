"""How a question is shown: the open step, its choices and the side actions."""

from collections.abc import Iterator

from domain.answers import FieldName
from domain.cards import Card, Row, saying
from domain.checklist import Place
from domain.messages import Choice
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn, numbered
from handlers.subjects.checklist.begun import begun
from handlers.subjects.checklist.disputed import disputed_reply, is_disputed
from handlers.subjects.checklist.kinds import asked_alone
from handlers.subjects.checklist.last_year import offer
from handlers.subjects.checklist.page.reading_back import end_reply, read_back, waits_at_the_end
from handlers.subjects.checklist.page.showing import open_page, page_reply
from handlers.subjects.checklist.register.showing import entry_rows, keep_choice, offered_at
from handlers.understanding.intents import Intent


def ask(turn: Turn, sheet: Sheet, *notes: str | Card) -> Reply:
    """What is open: two answers to one question, a page of questions, one question, or what to do
    if none is left.

    Above it are the answers that were read back, and the `notes` that belong to the question.
    """
    if is_disputed(sheet):
        return disputed_reply(turn, sheet).under(*notes)
    begun_before = begun(turn, sheet)
    return _what_is_open(turn, sheet).under(read_back(turn, sheet), *notes, begun_before)


def _what_is_open(turn: Turn, sheet: Sheet) -> Reply:
    place = sheet.place
    if waits_at_the_end(sheet):
        return end_reply(turn, sheet)
    if place is None:
        return _nothing_open(turn, sheet)
    page = open_page(turn, sheet)
    return page_reply(turn, sheet, page) if page is not None else _question(turn, sheet, place)


def _question(turn: Turn, sheet: Sheet, place: Place) -> Reply:
    return Reply(
        intent=Intent.CHECKLIST,
        cards=(_card(turn, sheet, place),),
        menu=sheet.menu(place),
        choices=(*numbered(labels(turn, place)), *_actions(turn, sheet, place)),
        units=(sheet.unit.id,),
        period=sheet.year,
        progress=(sheet.checklist.answered(), len(sheet.checklist.asked())),
    )


def labels(turn: Turn, place: Place) -> tuple[str, ...]:
    """The labels of the open step, empty if a figure, a date or a name is typed."""
    force_majeure = (
        turn.say("checklist.claim_force_majeure"),
        turn.say("checklist.no_force_majeure"),
    )
    if place.step.kind is not StepKind.CHOICE:
        return ()
    claimed = place.step.field is FieldName.FORCE_MAJEURE
    return force_majeure if claimed else place.requirement.choices


def _card(turn: Turn, sheet: Sheet, place: Place) -> Card:
    """Where the person is, the question or the missing part of it, and last year's figure."""
    rows = [row.id for row in sheet.checklist.asked()]
    return Card(
        context=turn.say(
            "checklist.question",
            id=place.requirement.id,
            at=rows.index(place.requirement.id) + 1,
            total=len(rows),
        ),
        text="\n".join(_lines(turn, sheet, place)),
        rows=(*_on_record(turn, sheet, place), *(entries := entry_rows(turn, sheet, place))),
        notes=(turn.say("register.on_record"),) if entries else (),
    )


def _lines(turn: Turn, sheet: Sheet, place: Place) -> Iterator[str]:
    if not place.draft.fields:
        # After its first step the person knows the question, so only the open step is shown.
        yield asked_alone(place.requirement)
    field = place.step.field
    if field is FieldName.CHOICE or (field is FieldName.COUNT and not place.draft.fields):
        return
    total = place.draft.get(FieldName.TOTAL) or place.draft.get(FieldName.WHOLE)
    yield turn.say(
        "checklist.step",
        field=field,
        year=sheet.year,
        counted=place.requirement.counted,
        total=total if isinstance(total, int) else 0,
    )


def _on_record(turn: Turn, sheet: Sheet, place: Place) -> tuple[Row, ...]:
    """Last year's figure, where one is known."""
    offered = offer(turn, sheet, place)
    if offered is None:
        return ()
    known = turn.say(
        "checklist.figure_on_record",
        year=sheet.year - 1,
        count=offered.count,
        counted=place.requirement.counted,
        field=place.step.field,
        source=offered.source,
    )
    return (Row(value=known, figures=(("on_record", offered.count),)),)


def _actions(turn: Turn, sheet: Sheet, place: Place) -> tuple[Choice, ...]:
    names = ["explain"]
    if offer(turn, sheet, place) is not None:
        names.insert(0, "use_figure")
    entries = offered_at(turn, sheet, place)
    if place.step.kind in (StepKind.NAMES, StepKind.ENTRIES) and not entries:
        names.insert(0, "none_yet")
    recorded = place.requirement.id in sheet.checklist.answers
    names.append("keep" if place.revisiting and recorded else "skip")
    if place.draft.fields or sheet.checklist.before(place.requirement.id) is not None:
        names.append("back")
    keeps = (keep_choice(turn, len(entries)),) if entries else ()
    return (*keeps, *turn.actions(*names))


def _nothing_open(turn: Turn, sheet: Sheet) -> Reply:
    total = len(sheet.checklist.asked())
    above = sheet.checklist.above_ceiling()
    if above:
        ids = ", ".join(row.id for row in above)
        text = turn.say("checklist.only_above_ceiling", ids=ids)
    else:
        text = turn.say("checklist.all_answered", total=total)
    return Reply(
        intent=Intent.CHECKLIST,
        cards=saying(text),
        choices=(*(() if above else (turn.deciding("submit"),)), *turn.actions("result", "menu")),
        units=(sheet.unit.id,),
        period=sheet.year,
        progress=(sheet.checklist.answered(), total),
    )

"""Repeats the answers that wait for confirmation, and asks for the last confirmation."""

from dataclasses import replace

from domain.cards import Card, Row, saying
from domain.pages import in_order
from handlers.assessment.sheet import Sheet
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import said_back
from handlers.subjects.checklist.page.one_or_several import Way, way_of
from handlers.subjects.checklist.page.showing import action, digest, open_page
from handlers.understanding.intents import Intent

END = "end"
"""Replaces the item in a menu if only the last confirmation is missing."""

_BETWEEN = " · "


def read_back(turn: Turn, sheet: Sheet) -> Card:
    """The answers that wait for confirmation, as a person types them; an empty card if there are
    none.
    """
    pending = sheet.pending_whole()
    if not pending:
        return Card()
    numbered = way_of(turn) is Way.WHOLE_ITEM and not _asks_of_another_item(turn, sheet)
    how = turn.say("several.if_wrong", numbered=numbered, last=waits_at_the_end(sheet))
    return Card(rows=(_read(turn, sheet, numbered=numbered),), notes=(how,))


def read_back_by_codes(turn: Turn, sheet: Sheet) -> Card:
    """The same below a reply about something else, where nothing can be confirmed."""
    return Card(rows=(_read(turn, sheet, numbered=False),))


def _read(turn: Turn, sheet: Sheet, *, numbered: bool) -> Row:
    pending = sheet.pending_whole()
    named = numbers_of(sheet, sheet.pending.item) if numbered else {}
    parts = [
        turn.say(
            "several.said",
            number=named.get(row, row),
            words=said_back(turn, sheet.criteria.requirement(row), sheet.year, answer),
        )
        for row, answer in pending.items()
    ]
    # On one row: a row for each answer would push the next page off the screen.
    return Row(
        label=turn.say("several.understood", numbered=numbered),
        value=_BETWEEN.join(parts),
        figures=(("waiting", len(pending)),),
    )


def _asks_of_another_item(turn: Turn, sheet: Sheet) -> bool:
    """Whether one question of another item is asked below: the numbers of the answers above its
    choices would be mistaken for the numbers of choices.
    """
    if sheet.place is None or open_page(turn, sheet) is not None:
        return False
    return sheet.place.requirement.id not in numbers_of(sheet, sheet.pending.item)


def numbers_of(sheet: Sheet, item_id: str) -> dict[str, str]:
    """The number of each question of an item on its page, by requirement."""
    item = next((one for one in sheet.part.items if one.id == item_id), None)
    rows = in_order(item, sheet.checklist.ceiling) if item is not None else ()
    return {row.id: str(number) for number, row in enumerate(rows, start=1)}


def waits_at_the_end(sheet: Sheet) -> bool:
    """Whether all questions are answered and only the last page waits for confirmation."""
    return bool(sheet.pending_whole()) and sheet.place is None and not sheet.checklist.locked


def end_menu(sheet: Sheet) -> Menu:
    """The menu that asks for the last confirmation."""
    waiting = digest(repr(sheet.pending.answers))
    return Menu(MenuKind.PAGE, (str(sheet.assessment.id), END, waiting))


def end_reply(turn: Turn, sheet: Sheet) -> Reply:
    """The last page read back, with the word that confirms it."""
    return Reply(
        intent=Intent.CHECKLIST,
        cards=saying(turn.say("several.last_part")),
        menu=end_menu(sheet),
        choices=(
            replace(action(turn.say("several.right")), primary=True),
            *turn.actions("back", "menu"),
        ),
        units=(sheet.unit.id,),
        period=sheet.year,
        progress=(sheet.checklist.answered(), len(sheet.checklist.asked())),
    )

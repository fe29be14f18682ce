"""Setting up a province in the chat: the same conversation on every channel.

Where the administrator stands is in the database: the open screen in the address's menu, what
he has begun in a draft of the step. Another phone or a restart goes on from there. Whatever
binds, opens or ends something is done by a typed word, never by a digit.
"""

from domain.messages import Sent
from handlers.ground.reply import KEEP_MENU, Intent, Reply
from handlers.ground.turn import Turn
from handlers.subjects.setup import home, person
from handlers.subjects.setup.home import SCREENS
from handlers.subjects.setup.screens import HOME, MENU, desk_of, drop
from handlers.understanding.commands import Command, read_order
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

__all__ = ["MENU", "again", "received", "said", "start", "word"]

_CANCEL = frozenset({"huy", "huy bo", "cancel"})


def start(turn: Turn) -> Reply:
    """ "cài đặt": all steps with how far each is."""
    desk = desk_of(turn)
    if desk is None:
        return Reply(intent=Intent.SETUP, text=turn.say("menu.not_for_role"), menu=KEEP_MENU)
    return home.show(desk)


def word(turn: Turn, text: str) -> Reply | None:
    """An administrator's order about people or rulings ("thay an", "rút Q3"), whatever screen
    is open; None when it is none, or when he is no administrator."""
    desk = desk_of(turn)
    return None if desk is None else person.order(desk, text)


def said(turn: Turn, text: str, menu_open: str) -> Reply | None:
    """What was typed or tapped on a screen of the set-up; None leaves it to the conversation."""
    desk = desk_of(turn)
    if desk is None:
        return None
    step, place = _place(menu_open)
    if step == HOME:
        return home.said(desk, text)
    screens = SCREENS.get(step)
    if screens is None:
        return None
    if plain(typed(text)).strip(" .!") in _CANCEL:
        drop(desk, step)
        return home.show(desk).under(desk.say("cancelled"))
    answer = screens.said(desk, place, text)
    if answer is not None:
        return answer
    order = read_order(text)
    if order is not None and order.command in (Command.BACK, Command.LATER):
        return home.show(desk)
    return screens.at(desk, place).under(desk.say("not_readable"))


def again(turn: Turn, menu_open: str) -> Reply:
    """The open screen once more."""
    desk = desk_of(turn)
    if desk is None:
        return start(turn)
    step, place = _place(menu_open)
    screens = SCREENS.get(step)
    return home.show(desk) if screens is None else screens.at(desk, place)


def received(turn: Turn, file: Sent, menu_open: str | None) -> Reply | None:
    """A file that came while a step waits for one; None for every other file."""
    desk = desk_of(turn)
    if desk is None or menu_open is None or not menu_open.startswith(MENU):
        return None
    return home.received(desk, _place(menu_open)[0], file)


def _place(menu_open: str) -> tuple[str, str]:
    step, _, place = menu_open.removeprefix(MENU).partition(":")
    return step, place

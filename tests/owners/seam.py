"""The only place where the table of owners uses the internals of the handlers.

The rest of this folder uses `handlers.handle`, the messages of the domain, and the store. When the
handlers are restructured, this file changes and the tables are compared unchanged.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from domain.messages import Outgoing
from handlers.ground.doors import Door, set_doors
from handlers.ground.menus import MenuKind
from handlers.ground.reply import Reply
from storage import Tx

NO_MENU = "none"

_BY_NAME = {
    "main": "main",
    "language": "language",
    "posts": "posts",
    "door": "door",
    "lost": "lost",
    "s:home:": "set-up home",
}
_BY_PREFIX = {"q": "question", "p": "page", "u": "units", "h": "hand-in"}
_SETUP = "s"
_END_OF_PAGES = "end"
_STILL_WAITING = ("vẫn đang chờ đồng chí trả lời.", "is still waiting for your answer.")


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A reply that became a message: its intent, and the message."""

    intent: str
    outgoing: Outgoing


@contextmanager
def replies_noted() -> Iterator[list[Noted]]:
    """The replies that become messages while the block runs, in order."""
    noted: list[Noted] = []
    as_it_is = Reply.outgoing

    def outgoing(reply: Reply) -> Outgoing:
        message = as_it_is(reply)
        noted.append(Noted(intent=reply.intent.value, outgoing=message))
        return message

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reply, "outgoing", outgoing)
        yield noted


def kind_of_menu(menu: str | None) -> str:
    """The kind of menu that an address has open, without the ids in its name.

    A screen of the set-up is named with its step: "set-up hours". Raises KeyError for a menu that
    is not known here.
    """
    if menu is None:
        return NO_MENU
    if menu in _BY_NAME:
        return _BY_NAME[menu]
    prefix, second, third, *_ = (*menu.split(":"), "", "")
    if prefix == _SETUP:
        return f"set-up {second}"
    kind = _BY_PREFIX[prefix]
    return "page end" if kind == "page" and third == _END_OF_PAGES else kind


def says_that_it_waits(text: str) -> bool:
    """Whether a reply ends with the sentence that the open question still waits."""
    return text.endswith(_STILL_WAITING)


def lose_the_question(tx: Tx, address_id: int, menu: str) -> None:
    """Do what delivery does when it gives up the message that asks the open question."""
    tx.addresses.change_menu(address_id, menu, MenuKind.LOST)


def open_doors(tx: Tx, doors: Iterable[Door]) -> None:
    """Tell the conversation which channels the process has switched on."""
    set_doors(tx, doors)

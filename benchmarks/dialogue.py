"""The conversation as Telegram sees it: the officer's texts and taps, the messages in the chat
afterwards, and the rows that this writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from benchmarks import conversation
from benchmarks.bare import Writes
from benchmarks.ground import Databases
from benchmarks.real import Real
from benchmarks.rows import Looking
from benchmarks.script import EVERYTHING
from bot.channels.telegram.keyboard import keyboard_of, read_data
from bot.channels.telegram.settings import NAME
from domain.messages import Content, Incoming, Outgoing, Said, Tap
from handlers.ground.library import Library
from storage import engines

CHAT: Final = 5_000_001
BEGIN: Final = "làm tiếp"
"""The officer's first text: no button is shown yet."""

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Buttons as (label, data)."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Our message in the chat; `edits`: it replaced another."""

    number: int
    text: str
    rows: Rows
    edits: bool


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One update, the rows that it makes us write, and the messages then shown.

    A typed `text`, or a tapped button that sends `data`.
    """

    text: str | None
    data: str | None
    incoming: Incoming
    writes: Writes
    shown: Shown

    @property
    def rows(self) -> int:
        """How many rows it makes us write."""
        return len(self.writes.turn) + len(self.writes.claim) + len(self.writes.mark)

    @property
    def tapped(self) -> int:
        """The number of the message whose button was tapped; 0 if there was none."""
        content = self.incoming.content
        return int(content.message or 0) if isinstance(content, Tap) else 0


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The next numbers that the server gives to an update and to a message."""

    update: int = 700_000_001
    message: int = 1

    def after(self, dialogue: "Dialogue") -> "Numbers":
        """The numbers after the whole dialogue."""
        sent = sum(1 for one in dialogue if one.text is not None)
        sent += sum(1 for one in dialogue if not one.shown.edits)
        return Numbers(update=self.update + len(dialogue), message=self.message + sent)


Dialogue = tuple[Exchange, ...]


def build(database: str) -> None:
    """The officer, with an address on Telegram."""
    conversation.build(database, channel=NAME, address=str(CHAT))


def record(
    place: Databases, template: str, turns: int | None, library: Library, numbers: Numbers
) -> Dialogue:
    """Hold the conversation on a copy of `template`, at most `turns` of its replies, with the
    numbers that the server will give.
    """
    database = place.copy(template)
    real, officer = Real(database, library, channel=NAME), conversation.Officer()
    engine = engines.open_for_reading(engines.parse_url(database))
    looking = Looking(engine=engine)
    messages = count(numbers.message)
    exchanges: list[Exchange] = []
    shown: Shown | None = None
    while len(exchanges) < (turns or EVERYTHING):
        content = _content(officer, real.shown, shown)
        if content is None:
            break
        if isinstance(content, Said):
            next(messages)
        at = len(exchanges)
        incoming = replace(
            conversation.incoming(at, content),
            channel=NAME,
            address=str(CHAT),
            delivery_id=str(numbers.update + at),
        )
        data = _data(real.shown, content)
        turn, claim, mark = [looking.written() for _ in real.steps(incoming, incoming.at)]
        assert real.shown is not None, "a reply was not answered"
        shown = _shown(real.shown, messages)
        exchanges.append(
            Exchange(
                text=content.text if isinstance(content, Said) else None,
                data=data,
                incoming=incoming,
                writes=Writes(turn=turn, claim=claim, mark=mark),
                shown=shown,
            )
        )
    engine.dispose()
    real.close()
    place.drop(database)
    return tuple(exchanges)


def _content(
    officer: conversation.Officer, outgoing: Outgoing | None, shown: Shown | None
) -> Content | None:
    if shown is None:
        return Said(text=BEGIN)
    content = officer.reply(outgoing)
    return replace(content, message=str(shown.number)) if isinstance(content, Tap) else content


def _data(outgoing: Outgoing | None, content: Content) -> str | None:
    """The data of the button that the officer taps."""
    if not isinstance(content, Tap):
        return None
    assert outgoing is not None
    for row in keyboard_of(outgoing).rows:
        for button in row:
            if read_data(button.data, content.message) == content:
                return button.data
    raise AssertionError(f"no button brings {content.menu} {content.choice}")


def _shown(outgoing: Outgoing, messages: "count[int]") -> Shown:
    keyboard = keyboard_of(outgoing)
    edits = outgoing.replaces is not None
    return Shown(
        number=int(outgoing.replaces) if outgoing.replaces is not None else next(messages),
        text="\n".join((outgoing.text.strip(), *keyboard.lines)),
        rows=tuple(tuple((one.label, one.data) for one in row) for row in keyboard.rows),
        edits=edits,
    )


def taps_of(dialogue: Sequence[Exchange]) -> int:
    """How many of its updates are taps."""
    return sum(1 for one in dialogue if one.data is not None)

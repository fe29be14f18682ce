"""What a message shows: cards, with a verdict in short, rows, a table and notes.

A card says what is shown and not how. A channel that draws takes the parts; every other channel
takes their plain text (`domain.card_text`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a verdict is coloured. The words say the same: a colour is never the only sign."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A verdict in short: its `sign` ("✅"), its `word` ("ĐẠT"), its `standing` ("tạm tính")."""

    sign: str = ""
    word: str = ""
    standing: str = ""
    tone: Tone = Tone.NONE


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label with its value, or with a verdict and its reason.

    `figures` are (name, value) pairs, values as they stand in the database: the numbers that
    `value` says in words, for a channel that draws them. `nested`: it belongs to the nearest row
    above it that is not nested. `folds`: it may be left out where room is short; it is counted
    then.
    """

    label: str = ""
    value: str = ""
    badge: Badge | None = None
    figures: tuple[tuple[str, str | int], ...] = ()
    nested: bool = False
    folds: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under the words of `head`. `names` is the place of the column that says what
    a row is about. `folds`: its rows may be left out from the end where room is short.

    Raises `ValueError` where a row has not one cell for each word of the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 0
    folds: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.names < len(self.head):
            raise ValueError(f"no column {self.names} in a table of {len(self.head)}")
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("a row of a table has not one cell for each column")


@dataclass(frozen=True, kw_only=True)
class Card:
    """One part of a message: what was decided, or what is asked next.

    `context` is where the person is ("Câu 2/51 · I.1.b", a unit and a year), `heading` what the
    card is about, `badge` the verdict on it, `text` the sentence or the question, `notes` the
    small print (the source, the moment). `more` is what a person types to see the rows that were
    left out, empty where no such word exists.
    """

    context: str = ""
    heading: str = ""
    badge: Badge | None = None
    text: str = ""
    rows: tuple[Row, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    more: str = ""


Cards = tuple[Card, ...]
"""From top to bottom: what was decided comes before what is asked next."""


def saying(*texts: str) -> Cards:
    """A card for each text that says something."""
    return tuple(Card(text=text) for text in texts if text)

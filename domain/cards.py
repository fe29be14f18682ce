"""What a message shows: cards, with a short verdict, rows, a table and notes.

A card says what is shown, not how. A channel that can draw uses the parts; every other channel uses
their plain text (`domain.card_text`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The colour of a verdict. The words say the same: colour is never the only sign."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A short verdict: its `sign` ("✅"), its `word` ("ĐẠT"), its `standing` ("tạm tính")."""

    sign: str = ""
    word: str = ""
    standing: str = ""
    tone: Tone = Tone.NONE


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label with its value, or with a verdict and its reason.

    `figures` are (name, value) pairs with the values of the database: the numbers that `value` says
    in words, for a channel that draws them. `nested`: the row belongs to the nearest row above it
    that is not nested. `folds`: the row may be left out, and counted, when space is short.
    """

    label: str = ""
    value: str = ""
    badge: Badge | None = None
    figures: tuple[tuple[str, str | int], ...] = ()
    nested: bool = False
    folds: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under the words of `head`. `names` is the index of the column that says what a
    row is about. `folds`: its rows may be left out from the end when space is short.

    Raises `ValueError` if a row does not have one cell for each word of the head.
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
    card is about, `badge` its verdict, `text` the sentence or the question, `notes` the small print
    (the source, the time). `more` is what a person types to see the rows that were left out; empty
    if there is no such word.
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
"""From top to bottom: the decision comes before the next question."""


def saying(*texts: str) -> Cards:
    """One card for each text that is not empty."""
    return tuple(Card(text=text) for text in texts if text)

"""Cards as plain text, for every channel that cannot draw them. This module contains no sentence.

A card is its parts in order, one line each; an empty line separates cards. A card that has only a
text is exactly that text.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from domain.cards import Badge, Card, Cards, Row, Table
from domain.text_pieces import units

LeftOut = Callable[[int, str], str]
"""Gets the number of rows left out; gives the sentence about them, and the word that shows them
(empty if there is none).
"""

_INDENT = "   "
_NO_CELL = "–"
"""A cell without a value. It keeps the other cells in their columns."""


def text_of(cards: Cards) -> str:
    """The text of all cards."""
    return "\n\n".join(text for card in cards if (text := "\n".join(_lines(card))))


def folded(cards: Cards, limit: int, left_out: LeftOut) -> Cards:
    """The cards, without rows that fold, so that their text has at most `limit` UTF-16 units. It
    removes as few rows as needed, the last ones first; it removes all of them if that is still too
    long.

    A card that loses rows says so in its first note, with `left_out`.
    """
    excess = units(text_of(cards)) - limit
    if excess <= 0:
        return cards
    lengths = [length for card in reversed(cards) for length in _lengths_that_fold(card)]
    count = _enough(lengths, excess)
    while True:
        shorter = _without(cards, count, left_out)
        if count >= len(lengths) or units(text_of(shorter)) <= limit:
            return shorter
        count += 1


def _enough(lengths: list[int], excess: int) -> int:
    """The smallest number of rows that can save `excess` units."""
    lost = 0
    for count, length in enumerate(lengths, start=1):
        lost += length
        if lost >= excess:
            return count
    return len(lengths)


def _without(cards: Cards, count: int, left_out: LeftOut) -> Cards:
    """The cards without the last `count` rows that fold."""
    kept: list[Card] = []
    for card in reversed(cards):
        fewer = min(count, len(_lengths_that_fold(card)))
        count -= fewer
        kept.append(_shortened(card, fewer, left_out) if fewer else card)
    return tuple(reversed(kept))


def _shortened(card: Card, count: int, left_out: LeftOut) -> Card:
    table, rows = card.table, card.rows
    from_table = min(count, len(_of_table(table)))
    if table is not None and from_table:
        kept = table.rows[:-from_table]
        table = replace(table, rows=kept) if kept else None
    gone = set(islice(_that_fold(rows), count - from_table))
    return replace(
        card,
        rows=tuple(row for place, row in enumerate(rows) if place not in gone),
        table=table,
        notes=(left_out(count, card.more), *card.notes),
    )


def _lengths_that_fold(card: Card) -> list[int]:
    """UTF-16 units of each row that folds, the last row first."""
    of_rows = [units(_row_line(card.rows[place])) + 1 for place in _that_fold(card.rows)]
    return [*_of_table(card.table), *of_rows]


def _of_table(table: Table | None) -> list[int]:
    """The same for the table's rows; empty if the table does not fold. The head is removed with the
    last row.
    """
    if table is None or not table.folds or not table.rows:
        return []
    *head, first = [units(line) + 1 for line in _table_lines(table)][: -len(table.rows) + 1 or None]
    others = [units(_cells(row, table.names)) + 1 for row in reversed(table.rows[1:])]
    return [*others, first + sum(head)]


def _that_fold(rows: tuple[Row, ...]) -> Iterator[int]:
    """Indexes of the rows that may be left out, the last one first. A row stays while a row nested
    under it stays.
    """
    holds = False
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if row.folds and (row.nested or not holds):
            yield place
        elif row.nested:
            holds = True
        if not row.nested:
            holds = False


def _lines(card: Card) -> Iterator[str]:
    if card.context:
        yield card.context
    if title := _labelled(card.heading, card.badge, ""):
        yield title
    if card.text:
        yield card.text
    yield from filter(None, map(_row_line, card.rows))
    if card.table is not None:
        yield from _table_lines(card.table)
    yield from filter(None, card.notes)


def _row_line(row: Row) -> str:
    line = _labelled(row.label, row.badge, row.value)
    return f"{_INDENT}{line}" if row.nested and line else line


def _labelled(label: str, badge: Badge | None, value: str) -> str:
    """A line "✅ label: word (standing) – value", without the empty parts."""
    sign = badge.sign if badge is not None else ""
    said = " – ".join(filter(None, (_verdict(badge), value)))
    return " ".join(filter(None, (sign, ": ".join(filter(None, (label, said))))))


def _verdict(badge: Badge | None) -> str:
    if badge is None:
        return ""
    standing = f"({badge.standing})" if badge.standing else ""
    return " ".join(filter(None, (badge.word, standing)))


def _table_lines(table: Table) -> Iterator[str]:
    """The head, then each row: its name and its cells."""
    if any(table.head):
        yield _cells(table.head, table.names)
    for row in table.rows:
        yield _cells(row, table.names)


def _cells(cells: tuple[str, ...], names: int) -> str:
    others = " · ".join(cell or _NO_CELL for place, cell in enumerate(cells) if place != names)
    return ": ".join(filter(None, (cells[names], others)))

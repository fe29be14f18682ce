"""Reading single fields out of a tree, noting every mistake and going on to the next."""

import difflib
import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import TypeVar

from packs.nodes import Listing, Node, Table, Text
from packs.problems import MOST_PROBLEMS, Problem, ProblemCode

E = TypeVar("E", bound=StrEnum)

MOST_GUESSES, MOST_GUESSED_AMONG = 50, 1_000
"""Words per file for which the nearest known one is looked for, and known words looked at; a
file beyond that is not a pack, and guessing is the only slow thing here."""

MOST_DIGITS = 9
"""Digits of a number; more is a slip of the finger, and Python refuses to read 4,301 of them."""

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def day_of(text: str) -> date | None:
    """The day that dd/mm/yyyy names, or None when there is none (30/02)."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Reader:
    """Takes fields out of tables and keeps the problems met on the way.

    A field that cannot be read yields an empty value and is remembered as unsound, so that
    later checks of the same table look only at fields that say what their writer meant.
    """

    def __init__(self, file: str, problems: Collection[Problem] = ()) -> None:
        self.file = file
        self.problems = list(problems)
        self._unsound: set[tuple[int, str]] = set()
        self._guesses = 0

    def report(self, line: int, code: ProblemCode, *details: str) -> None:
        """Takes down a problem."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        self.problems.append(Problem(file=self.file, line=line, code=code, details=details))

    def wrong(self, table: Table, key: str, code: ProblemCode, *details: str) -> None:
        """Takes down a problem of one field, which counts as unsound from here on."""
        self.spoil(table, key)
        self.report(table.line_of(key), code, *details)

    def spoil(self, table: Table, key: str) -> None:
        """Counts a field as unsound whose problem has been taken down elsewhere."""
        self._unsound.add((id(table), key))

    def nearest(self, word: str, known: Collection[str]) -> str:
        """The known word most like `word`, or "" when none is like it."""
        self._guesses += 1
        if self._guesses > MOST_GUESSES:
            return ""
        among = sorted(known)[:MOST_GUESSED_AMONG]
        close = difflib.get_close_matches(shown(word), among, n=1)
        return close[0] if close else ""

    def sound(self, table: Table, *keys: str) -> bool:
        """Whether all these fields of the table could be read."""
        return not any((id(table), key) in self._unsound for key in keys)

    def only(self, table: Table, known: Collection[str]) -> None:
        """Reports every key that is not known here, with the one that was perhaps meant."""
        for key in table.entries:
            if key not in known:
                code = ProblemCode.UNKNOWN_KEY
                self.report(table.line_of(key), code, shown(key), self.nearest(key, known))

    def text(self, table: Table, key: str, *, required: bool = True) -> str:
        """A text with its runs of white space made single blanks; "" when it is left out."""
        node = self._field(table, key, required=required)
        if node is None:
            return ""
        if not isinstance(node, Text):
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "text")
            return ""
        return " ".join(node.value.split())

    def number(self, table: Table, key: str, lowest: int, highest: int) -> int | None:
        """A whole number within bounds; None when it is left out or is none."""
        node = self._field(table, key, required=False)
        if node is None:
            return None
        value = node.value if isinstance(node, Text) else ""
        if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "number")
            return None
        if not lowest <= int(value) <= highest:
            bounds = (str(lowest), str(highest))
            self.wrong(table, key, ProblemCode.OUT_OF_RANGE, key, value, *bounds)
            return None
        return int(value)

    def flag(self, table: Table, key: str) -> bool:
        """True or false; false when it is left out."""
        node = self._field(table, key, required=False)
        if node is None:
            return False
        value = node.value.lower() if isinstance(node, Text) else ""
        if value not in _FLAGS:
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "flag")
        return _FLAGS.get(value, False)

    def day(self, table: Table, key: str) -> date | None:
        """A day written dd/mm/yyyy; None when it is left out or does not exist."""
        value = self.text(table, key, required=False)
        if not value:
            return None
        found = day_of(value)
        if found is None:
            self.wrong(table, key, ProblemCode.BAD_DATE, key, shown(value))
        return found

    def one_of(self, table: Table, key: str, known: type[E], fallback: E) -> E:
        """A word of an enumeration; `fallback` stands in where it cannot be read."""
        value = self.text(table, key)
        return self._member(table, key, value, known) or fallback

    def some_of(self, table: Table, key: str, known: type[E]) -> tuple[E, ...]:
        """Words of an enumeration, in the order written."""
        members = (self._member(table, key, word, known) for word in self.texts(table, key))
        return tuple(member for member in members if member is not None)

    def _member(self, table: Table, key: str, value: str, known: type[E]) -> E | None:
        if not value:
            return None
        try:
            return known(value)
        except ValueError:
            words = [member.value for member in known]
            # Half a screen of allowed words helps less than the one that was meant.
            hint = self.nearest(value, words) or ", ".join(words)
            self.wrong(table, key, ProblemCode.UNKNOWN_VALUE, key, shown(value), hint)
            return None

    def texts(self, table: Table, key: str) -> tuple[str, ...]:
        """A list of texts; empty when it is left out."""
        found: list[str] = []
        for node in self._nodes(table, key):
            if isinstance(node, Text) and node.value.strip():
                found.append(" ".join(node.value.split()))
            else:
                self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "text")
        return tuple(found)

    def tables(self, table: Table, key: str, *, required_in: str = "") -> tuple[Table, ...]:
        """A list of tables; with `required_in` (what they belong to) it may not be empty."""
        nodes = self._nodes(table, key)
        if required_in and not nodes and self.sound(table, key):
            self.wrong(table, key, ProblemCode.EMPTY_LIST, key, required_in)
        found: list[Table] = []
        for node in nodes:
            if isinstance(node, Table):
                found.append(node)
            else:
                self.report(node.line, ProblemCode.WRONG_TYPE, key, "table")
        return tuple(found)

    def table(self, table: Table, key: str) -> Table | None:
        """A table of its own; None when it is left out or is none."""
        node = self._field(table, key, required=False)
        if node is not None and not isinstance(node, Table):
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "table")
            return None
        return node

    def _nodes(self, table: Table, key: str) -> tuple[Node, ...]:
        node = self._field(table, key, required=False)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "list")
            return ()
        return node.nodes

    def _field(self, table: Table, key: str, *, required: bool) -> Node | None:
        node = table.entries.get(key)
        if node is None or (isinstance(node, Text) and (node.null or not node.value.strip())):
            if required:
                self.wrong(table, key, ProblemCode.MISSING_KEY, key, name_of(table))
            return None
        return node


def name_of(table: Table) -> str:
    """What a table calls itself, for a sentence about it."""
    for key in ("id", "clause", "who"):
        node = table.entries.get(key)
        if isinstance(node, Text) and node.value:
            return shown(node.value)
    return ""


def shown(value: str) -> str:
    """A written value, short enough to be quoted in a sentence."""
    return value if len(value) <= 60 else value[:57] + "…"

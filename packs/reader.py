"""Reads single fields of a tree, records every mistake and continues with the next field."""

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
"""Words per file for which the nearest known word is searched, and known words compared. A file
with more is not a pack, and this search is the only slow step here.
"""

MOST_DIGITS = 9
"""Digits of a number; more is a typing error, and Python refuses to convert 4,301 digits."""

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def day_of(text: str) -> date | None:
    """The day that dd/mm/yyyy names, or None if it does not exist (30/02)."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Reader:
    """Reads fields of tables and collects their problems.

    A field that cannot be read gives an empty value and is marked as unsound, so that later checks
    of the same table use only fields that were read.
    """

    def __init__(self, file: str, problems: Collection[Problem] = ()) -> None:
        self.file = file
        self.problems = list(problems)
        self._unsound: set[tuple[int, str]] = set()
        self._guesses = 0

    def report(self, line: int, code: ProblemCode, *details: str) -> None:
        """Records a problem."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        self.problems.append(Problem(file=self.file, line=line, code=code, details=details))

    def wrong(self, table: Table, key: str, code: ProblemCode, *details: str) -> None:
        """Records a problem of one field and marks the field as unsound."""
        self.spoil(table, key)
        self.report(table.line_of(key), code, *details)

    def spoil(self, table: Table, key: str) -> None:
        """Marks a field as unsound whose problem was recorded elsewhere."""
        self._unsound.add((id(table), key))

    def nearest(self, word: str, known: Collection[str]) -> str:
        """The known word most similar to `word`, or "" if none is similar."""
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
        """Reports every unknown key, with the known key that was probably meant."""
        for key in table.entries:
            if key not in known:
                code = ProblemCode.UNKNOWN_KEY
                self.report(table.line_of(key), code, shown(key), self.nearest(key, known))

    def text(self, table: Table, key: str, *, required: bool = True) -> str:
        """A text in which each run of white space becomes one blank; "" if the key is missing."""
        node = self._field(table, key, required=required)
        if node is None:
            return ""
        if not isinstance(node, Text):
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "text")
            return ""
        return " ".join(node.value.split())

    def number(self, table: Table, key: str, lowest: int, highest: int) -> int | None:
        """A whole number within bounds; None if it is missing or is not a number."""
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
        """True or false; false if it is missing."""
        node = self._field(table, key, required=False)
        if node is None:
            return False
        value = node.value.lower() if isinstance(node, Text) else ""
        if value not in _FLAGS:
            self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "flag")
        return _FLAGS.get(value, False)

    def day(self, table: Table, key: str) -> date | None:
        """A day written dd/mm/yyyy; None if it is missing or does not exist."""
        value = self.text(table, key, required=False)
        if not value:
            return None
        found = day_of(value)
        if found is None:
            self.wrong(table, key, ProblemCode.BAD_DATE, key, shown(value))
        return found

    def one_of(self, table: Table, key: str, known: type[E], fallback: E) -> E:
        """A word of an enumeration; `fallback` is used if it cannot be read."""
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
            # One suggested word helps more than half a screen of allowed words.
            hint = self.nearest(value, words) or ", ".join(words)
            self.wrong(table, key, ProblemCode.UNKNOWN_VALUE, key, shown(value), hint)
            return None

    def texts(self, table: Table, key: str) -> tuple[str, ...]:
        """A list of texts; empty if it is missing."""
        found: list[str] = []
        for node in self._nodes(table, key):
            if isinstance(node, Text) and node.value.strip():
                found.append(" ".join(node.value.split()))
            else:
                self.wrong(table, key, ProblemCode.WRONG_TYPE, key, "text")
        return tuple(found)

    def tables(self, table: Table, key: str, *, required_in: str = "") -> tuple[Table, ...]:
        """A list of tables; with `required_in` (what they belong to) it must not be empty."""
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
        """A nested table; None if it is missing or is not a table."""
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
    """The name by which a sentence refers to a table."""
    for key in ("id", "clause", "who"):
        node = table.entries.get(key)
        if isinstance(node, Text) and node.value:
            return shown(node.value)
    return ""


def shown(value: str) -> str:
    """A written value, cut short enough to quote in a sentence."""
    return value if len(value) <= 60 else value[:57] + "…"

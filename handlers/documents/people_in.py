"""Reads the workbook of people: either all of it is correct, or every mistake is listed by row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from domain.channels import STRICT
from domain.people import Person, Post, Role
from domain.units import Unit
from handlers.documents.departments import read_departments
from handlers.documents.problems import (
    Refused,
    RowProblem,
    UnreadableWorkbook,
    whole_file,
)
from handlers.documents.table import (
    Column,
    Complaints,
    TableRow,
    find_sheet,
    letters_of,
    quoted,
    read_rows,
)
from handlers.documents.unit_cells import UNIT_CELL_LIMIT, read_unit
from handlers.documents.unit_names import UnitNames
from handlers.documents.workbook import Workbook
from handlers.understanding.text import plain
from locales import Words

CHANNELS: Final = tuple(STRICT)
"""The channels on which a person may be written to: those that accept answers. Blank leaves the
choice to the person.
"""

NAME_LIMIT: Final = 80
"""Letters of a name or title: what one line of a slip or a list holds."""

HANDLE_LIMIT: Final = 40
"""Letters of a short name, which is typed into commands."""

_NO_HANDLE_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """One person of the sheet with all posts in the person's rows.

    `handle` comes from the sheet or is made from role and unit. `row` is the person's first row.
    `channel` is one of `CHANNELS` or "". `known`: a person with this handle and name exists and
    only gets these posts.
    """

    row: int
    handle: str
    name: str
    posts: tuple[Post, ...]
    channel: str = ""
    known: bool = False


@dataclass(frozen=True, kw_only=True)
class PeopleTaken:
    """The whole sheet: new people and posts, and the departments to add before them.

    `already` counts rows that change nothing: a corrected file may be sent again.
    """

    rows: tuple[NewPerson, ...]
    departments: tuple[Unit, ...] = ()
    already: int = 0


PeopleSheet = PeopleTaken | Refused


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One correct row."""

    row: int
    handle: str
    name: str
    unit: Unit
    role: Role
    channel: str

    @property
    def post(self) -> Post:
        return Post(role=self.role, unit=self.unit.id)


def people_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the sheet of people, as the template writes them and the reader finds them."""
    return (
        Column(key="unit", title=words.say("workbooks.column_unit"), most_letters=UNIT_CELL_LIMIT),
        Column(key="name", title=words.say("workbooks.column_name"), most_letters=NAME_LIMIT),
        Column(
            key="handle",
            title=words.say("workbooks.column_handle"),
            required=False,
            most_letters=HANDLE_LIMIT,
        ),
        Column(key="role", title=words.say("workbooks.column_role")),
        Column(key="channel", title=words.say("workbooks.column_channel"), required=False),
    )


def read_people(
    data: bytes, units: Sequence[Unit], words: Words, *, people: Iterable[Person] = ()
) -> PeopleSheet:
    """Read a filled-in `people_template`. Nothing is evaluated and nothing is stored.

    `units`: the province and everything below it, departments included. `people`: the people who
    exist already, so that no short name is given twice. Takes at most a few seconds for any file.
    """
    try:
        return _read(Workbook(data), units, words, tuple(people))
    except UnreadableWorkbook as error:
        return whole_file(error.defect, words)


def _read(
    book: Workbook, units: Sequence[Unit], words: Words, people: tuple[Person, ...]
) -> PeopleSheet:
    title = words.say("workbooks.sheet_people")
    sheet = find_sheet(book, title)
    if sheet is None:
        names = ", ".join(f"“{quoted(name)}”" for name in book.names[:5])
        text = words.say("workbook_mistakes.no_sheet", sheet=title, sheets=names)
        return Refused(problems=(RowProblem(sheet="", row=0, column="", text=text),))
    departments, unit_problems = read_departments(book, units, words)
    reader = _Reader(
        complaints=Complaints(title, words),
        units=UnitNames([*units, *departments], words),
        people=people,
    )
    columns = people_columns(words)
    lines = [
        line
        for row in read_rows(sheet, columns, reader.complaints, others=True)
        if (line := reader.line(row, columns)) is not None
    ]
    found = sorted(reader.complaints.found, key=lambda one: one.row)
    if found or unit_problems:
        return Refused(problems=(*found, *unit_problems))
    return reader.taken(lines, departments)


class _Reader:
    """Reads rows one after the other and remembers the people of earlier rows."""

    def __init__(
        self, *, complaints: Complaints, units: UnitNames, people: tuple[Person, ...]
    ) -> None:
        self.complaints = complaints
        self._units = units
        self._words = complaints.words
        self._people = {person.handle: person for person in people}
        self._posts = {(plain(one.name), post): one for one in people for post in one.posts}
        names = {role: self._words.say("common.role", role=role) for role in Role}
        self._role_names = ", ".join(names.values())
        self._roles = {letters_of(role.value): role for role in Role}
        self._roles |= {letters_of(name): role for role, name in names.items()}
        self._handles: dict[str, _Line] = {}
        self._seen: dict[tuple[str, Post], dict[str, int]] = defaultdict(dict)

    def line(self, row: TableRow, columns: Sequence[Column]) -> _Line | None:
        """A row as a value, None if it has a mistake."""
        unit_column, name_column, handle_column, role_column, channel_column = columns
        before = len(self.complaints.found)
        unit = read_unit(row, unit_column, self._units, self.complaints)
        name = self._name(row, name_column)
        handle = self._handle(row, handle_column)
        role = self._role(row, role_column)
        channel = self._channel(row, channel_column)
        if unit is None or not name or role is None or len(self.complaints.found) > before:
            return None
        line = _Line(
            row=row.number, handle=handle, name=name, unit=unit, role=role, channel=channel
        )
        return line if self._is_new(line) else None

    def _name(self, row: TableRow, column: Column) -> str:
        name = self.complaints.text(row, column)
        if name and not any(letter.isalpha() for letter in name):
            self.complaints.add(row.number, "no_letters", column.key)
        return name

    def _handle(self, row: TableRow, column: Column) -> str:
        text = self.complaints.text(row, column)
        handle = as_handle(text)
        if text and not any(letter.isalpha() for letter in handle):
            self.complaints.add(row.number, "no_letters", column.key)
        return handle

    def _role(self, row: TableRow, column: Column) -> Role | None:
        text = self.complaints.text(row, column)
        role = self._roles.get(letters_of(text))
        if text and role is None:
            self.complaints.add(
                row.number, "role_unknown", column.key, text=quoted(text), roles=self._role_names
            )
        return role

    def _channel(self, row: TableRow, column: Column) -> str:
        text = self.complaints.text(row, column)
        if (channel := letters_of(text)) in CHANNELS:
            return channel
        if text:
            channels = ", ".join(CHANNELS)
            self.complaints.add(
                row.number, "channel_unknown", column.key, text=quoted(text), channels=channels
            )
        return ""

    def _is_new(self, line: _Line) -> bool:
        """Whether neither an earlier row nor an existing person contradicts the row."""
        seen = self._seen[plain(line.name), line.post]
        if line.handle in seen or (seen and (not line.handle or "" in seen)):
            # Two people with one name and post can only be told apart by their short names.
            self.complaints.add(line.row, "row_twice", other=min(seen.values()))
            return False
        seen[line.handle] = line.row
        if not line.handle:
            return True
        first = self._handles.setdefault(line.handle, line)
        if plain(first.name) != plain(line.name):
            self.complaints.add(line.row, "handle_twice", "handle", other=first.row)
            return False
        known = self._people.get(line.handle)
        if known is not None and plain(known.name) != plain(line.name):
            self.complaints.add(line.row, "handle_known", "handle", handle=line.handle)
            return False
        return True

    def taken(self, lines: Sequence[_Line], departments: tuple[Unit, ...]) -> PeopleTaken:
        """The rows grouped by person, in their order."""
        fresh = [line for line in lines if not self._is_so_already(line)]
        used = {*self._people, *self._handles}
        made: dict[str, NewPerson] = {}
        for line in fresh:
            handle = line.handle or self._free_handle(line, used)
            before = made.get(handle)
            if before is None:
                made[handle] = NewPerson(
                    row=line.row,
                    handle=handle,
                    name=line.name,
                    posts=(line.post,),
                    channel=line.channel,
                    known=handle in self._people,
                )
            else:
                made[handle] = replace(
                    before,
                    posts=(*before.posts, line.post),
                    channel=before.channel or line.channel,
                )
        return PeopleTaken(
            rows=tuple(made.values()),
            departments=departments,
            already=len(lines) - len(fresh),
        )

    def _is_so_already(self, line: _Line) -> bool:
        there = self._posts.get((plain(line.name), line.post))
        return there is not None and line.handle in {"", there.handle}

    def _free_handle(self, line: _Line, used: set[str]) -> str:
        """ "can-bo-my-long-bac", with a number if another person has it."""
        role = self._words.say("workbooks.role_handle", role=line.role)
        base = as_handle(f"{role} {line.unit.name}")[: HANDLE_LIMIT - len("-99999")].strip("-")
        handle, number = base, 1
        while handle in used:
            number += 1
            handle = f"{base}-{number}"
        used.add(handle)
        return handle


def as_handle(text: str) -> str:
    """A short name in the form that commands accept: "Cán bộ Mỹ Long" becomes "can-bo-my-long"."""
    return _NO_HANDLE_LETTER.sub("-", plain(text)).strip("-")

"""Reads the lines of a message that begin with the numbers of parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.answers import FieldName
from domain.criteria import AskedAs
from handlers.subjects.checklist.reading.asked import NOT_READABLE, Asked, Reading
from handlers.subjects.checklist.reading.corrections import is_correction
from handlers.subjects.checklist.reading.cutting import MOST_WAYS, Cutter, Piece, read_for_all
from handlers.subjects.checklist.reading.page_reading import PageReading
from handlers.subjects.checklist.reading.starts import StartKind, names_a_part
from handlers.understanding.commands import Command
from handlers.understanding.screening import Forbidden
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_ORDER_HEAD: Final = re.compile(
    r"^(?:sửa|sua|chỉnh|chinh|đổi|doi)(?:\s+(?:lại|lai))?(?:\s+(?:câu|cau))?\s+(?=\d)",
    re.IGNORECASE,
)


def read_lines(questions: Mapping[int, Asked], text: str) -> PageReading | None:
    known = frozenset(questions)
    told = _Told(questions=questions)
    for line in _joined(text, known):
        cutter = Cutter(questions=questions, said=Saying(_ORDER_HEAD.sub("", line)))
        ways = cutter.best()
        if not ways:
            return None
        told.add(cutter, ways)
    return told.reading()


def _joined(text: str, known: frozenset[int]) -> list[str]:
    """The lines that begin with a part; any other line continues the one before it, like the second
    model of a list. Lines before the first part are a heading.
    """
    lines: list[str] = []
    told = [line for line in text.split("\n") if Saying(line).words]
    first = next((at for at, one in enumerate(told) if names_a_part(Saying(one), known)), 0)
    for line in told[first:]:
        said = Saying(line)
        if lines and not names_a_part(said, known):
            lines[-1] = f"{lines[-1]}; {line}"
        else:
            lines.append(line)
    return lines


@dataclass(kw_only=True)
class _Told:
    """Collects what the lines of one message say."""

    questions: Mapping[int, Asked]
    found: dict[int, list[Reading]] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    for_all: dict[int, Reading] = field(default_factory=dict)
    refuse: Forbidden | None = None

    def add(self, cutter: Cutter, ways: list[tuple[Piece, ...]]) -> None:
        """Add one line, cut in all best ways: what they agree on is certain."""
        said = [self._said(cutter, way) for way in ways]
        numbers = {number for one in said for number in one}
        agreed = len(ways) <= MOST_WAYS
        for number in numbers:
            first = said[0].get(number)
            if agreed and first is not None and all(one.get(number) == first for one in said):
                self.found.setdefault(number, []).extend(first)
            elif number in self.questions:
                self.found.setdefault(number, []).append(Reading(ask=Reason.AMBIGUOUS))

    def _said(self, cutter: Cutter, way: tuple[Piece, ...]) -> dict[int, list[Reading]]:
        told: dict[int, list[Reading]] = {}
        doubtful = False
        for piece in way:
            start = piece.start
            if start.kind is StartKind.ALL:
                self.for_all |= read_for_all(cutter.questions, piece.text, cutter)
                continue
            for number in start.numbers:
                if start.unknown:
                    self.unknown.add(number)
                    continue
                reading = self._of_part(cutter, piece, number)
                if reading.refuse is not None:
                    self.refuse = reading.refuse
                told.setdefault(number, []).append(
                    Reading(ask=Reason.AMBIGUOUS) if doubtful else reading
                )
                if is_correction(Saying(piece.text)) and _ends_corrected(piece.text):
                    self.corrected.add(number)
            doubtful = self._hides_a_figure(cutter, piece)
        return told

    def _of_part(self, cutter: Cutter, piece: Piece, number: int) -> Reading:
        if piece.start.kind is StartKind.BUT and not piece.text:
            return _opposite(self.for_all.get(number))
        if not piece.text:
            return NOT_READABLE
        return cutter.reading(number, piece.text)

    def _hides_a_figure(self, cutter: Cutter, piece: Piece) -> bool:
        """Whether the reply was not read and may end in a figure, which the next number may be."""
        if piece.start.kind is StartKind.ALL:
            return False
        numbers = piece.start.numbers
        takes = any(
            cutter.questions[one].requirement.asked_as is not AskedAs.YES_NO
            for one in numbers
            if one in cutter.questions
        )
        unread = piece.start.unknown or any(
            not cutter.reading(one, piece.text).says_something for one in numbers
        )
        return (
            unread
            and (takes or piece.start.unknown)
            and (not piece.text or piece.text[-1:].isdecimal() or piece.start.unknown)
        )

    def reading(self) -> PageReading:
        """The result for the whole message."""
        parts = {number: self._one(number, found) for number, found in self.found.items()}
        for number, one in self.for_all.items():
            parts.setdefault(number, one)
        for number, one in parts.items():
            if len(parts) == 1 and one.question:
                return PageReading(question=one.question, about=number)
            if len(parts) == 1 and one.order is Command.EXPLAIN:
                return PageReading(order=one.order, about=number)
        return PageReading(
            parts={number: parts[number] for number in sorted(parts)},
            refuse=self.refuse,
            unknown=tuple(sorted(self.unknown)),
        )

    def _one(self, number: int, found: list[Reading]) -> Reading:
        different = [one for at, one in enumerate(found) if one not in found[:at]]
        if len(different) == 1:
            return different[0]
        if number in self.corrected:
            return different[-1]
        return Reading(ask=Reason.CONTRADICTION)


_CORRECTED_LAST: Final = re.compile(r"\b(?:nham|lon|sai|khoan|quen|sua lai)(?: roi)?[ ,.;:]*$")


def _ends_corrected(text: str) -> bool:
    """Whether a reply ends in a word that takes it back: "chưa à nhầm"."""
    return _CORRECTED_LAST.search(Saying(text).plain) is not None


def _opposite(given: Reading | None) -> Reading:
    """With two choices, "not the one" means the other."""
    choice = given.fields.get(FieldName.CHOICE) if given is not None else None
    if type(choice) is not int or choice not in (0, 1):
        return Reading(ask=Reason.NOT_READABLE)
    return Reading(fields={FieldName.CHOICE: 1 - choice})

"""Cuts one line into numbers and replies in the way that leaves least unread.

All ways are compared. What the best ways agree on is certain; where they differ the part is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from domain.answers import FieldName
from domain.criteria import AskedAs
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import Asked, Reading
from handlers.subjects.checklist.reading.starts import Start, StartKind, Starts
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.word import words_in

MOST_WORDS: Final = 200
"""Words taken from one line: an item of 14 questions with two documents has about 60, and the work
grows with the square of the number of words.
"""

MOST_WAYS: Final = 64
"""Equally good ways to cut a line that are compared; a line with more has no certain meaning."""

LONGEST_REPLY: Final = 45
"""Words of one reply; a list of models is the longest."""

EMPTY: Final = 6
"""The cost of a number without a reply: it is more likely a figure that was not read."""

ASKED_ABOUT, UNREAD = 1, 3
"""The costs of a reply that is understood but asked about, and of one that is not read; each
unread word costs one more.
"""

SHORT: Final = 3
"""Words after a number that no part has: a reply to a part that was answered before."""

SWALLOWED: Final = 2
"""The cost of a word inside a reply that could begin another part and is no figure of it."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One start and the text up to the next. `swallowed` counts the words of the text that could
    begin another part, `swallowed_replies` those of them that a reply follows ("3 có").
    """

    start: Start
    text: str
    words: int
    swallowed: int = 0
    swallowed_replies: int = 0


@dataclass(kw_only=True)
class Cutter:
    """Finds the best ways to cut one line."""

    questions: Mapping[int, Asked]
    said: Saying
    _costs: dict[int, int] = field(default_factory=dict)
    _read: dict[tuple[int, str], Reading] = field(default_factory=dict)

    @cached_property
    def starts(self) -> dict[int, tuple[Start, ...]]:
        """The starts that each word may be."""
        finder = Starts(self.said, frozenset(self.questions))
        found = {at: finder.at(at) for at in range(len(self.said.words))}
        return {at: starts for at, starts in found.items() if starts}

    def best(self) -> list[tuple[Piece, ...]]:
        """All best ways; empty if the line does not begin with a number."""
        if 0 not in self.starts or len(self.said.words) > MOST_WORDS:
            return []
        ways = []
        for way in self._ways(0, self._cost(0)):
            ways.append(way)
            if len(ways) > MOST_WAYS:
                return ways
        # People do not answer a part twice in a line, so such a digit is more likely a figure.
        return self._with_most_figures([way for way in ways if not _repeats(way)] or ways)

    def _with_most_figures(self, ways: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
        """Those that leave the fewest figures unused: "14 vụ còn 1" rather than "14 vụ còn"."""
        if len(ways) == 1:
            return ways
        used = [sum(self._figures_in(piece) for piece in way) for way in ways]
        return [way for way, figures in zip(ways, used, strict=True) if figures == max(used)]

    def _figures_in(self, piece: Piece) -> int:
        if not piece.text or piece.start.unknown or piece.start.kind is StartKind.ALL:
            return 0
        return max(_figures_of(self.reading(one, piece.text)) for one in piece.start.numbers)

    def reading(self, number: int, text: str) -> Reading:
        """What the text says about one part."""
        if (number, text) not in self._read:
            self._read[number, text] = read_alone(self.questions[number], text)
        return self._read[number, text]

    def _cost(self, at: int) -> int:
        if at == len(self.said.words):
            return 0
        if at not in self._costs:
            self._costs[at] = min(
                self.cost_of(piece) + self._cost(end) for piece, end in self._pieces(at)
            )
        return self._costs[at]

    def _ways(self, at: int, budget: int) -> Iterator[tuple[Piece, ...]]:
        if at == len(self.said.words):
            yield ()
            return
        for piece, end in self._pieces(at):
            left = budget - self.cost_of(piece)
            if left >= 0 and self._cost(end) == left:
                for rest in self._ways(end, left):
                    yield (piece, *rest)

    def _pieces(self, at: int) -> Iterator[tuple[Piece, int]]:
        total = len(self.said.words)
        for start in self.starts[at]:
            for end in range(start.end, min(total, start.end + LONGEST_REPLY) + 1):
                if end == total or (end in self.starts and end > at):
                    yield self._piece(start, end), end
            if start.end + LONGEST_REPLY < total:
                yield self._piece(start, total), total

    def _piece(self, start: Start, end: int) -> Piece:
        words = self.said.words
        if start.end >= end:
            return Piece(start=start, text="", words=0)
        last = words[end].start if end < len(words) else len(self.said.clean)
        text = self.said.clean[words[start.end].start : last].strip(_EDGES)
        inside = [at for at in range(start.end, end) if self._may_begin(at)]
        replies = sum(1 for at in inside if self._is_followed(at, end))
        return Piece(
            start=start,
            text=text,
            words=end - start.end,
            swallowed=len(inside),
            swallowed_replies=replies,
        )

    def _is_followed(self, at: int, end: int) -> bool:
        """Whether a list's sign or a reply follows the number at this word."""
        words, clean = self.said.words, self.said.clean
        if clean[words[at].end : words[at].end + 2].strip()[:1] in (":", ")") and words[
            at
        ].end < len(clean):
            return True
        if at + 1 >= end or words[at + 1].plain not in _REPLIES:
            return False
        return not set(clean[words[at].end : words[at + 1].start]) & set(",;")

    def _may_begin(self, at: int) -> bool:
        return any(
            one.kind is not StartKind.NUMBERS or one.numbers for one in self.starts.get(at, ())
        )

    def cost_of(self, piece: Piece) -> int:
        """0 for a piece that is read, more for one that is asked about or not read."""
        start = piece.start
        if start.kind is StartKind.ALL:
            swallowed = SWALLOWED * piece.swallowed
            return (
                swallowed
                if piece.text and _read_for_any(self, piece.text)
                else UNREAD + piece.words
            )
        if start.kind is StartKind.BUT and not piece.text:
            return 0
        if not piece.text:
            return EMPTY * len(start.numbers)
        if start.unknown:
            return self._cost_of_unknown(piece)
        return max(self._cost_of_part(one, piece) for one in start.numbers) + sum(
            1 for one in start.numbers[1:] if not _is_answered(self.reading(one, piece.text))
        )

    def _cost_of_unknown(self, piece: Piece) -> int:
        first = Saying(piece.text).words[0].plain
        if piece.words > SHORT or piece.swallowed or first not in _REPLIES:
            return UNREAD + piece.words + SWALLOWED * piece.swallowed
        return ASKED_ABOUT

    def _cost_of_part(self, number: int, piece: Piece) -> int:
        reading = self.reading(number, piece.text)
        if reading.ask is Reason.NOT_READABLE and not reading.fields:
            return UNREAD + piece.words
        if reading.question or (reading.order and reading.order not in _OF_A_PART):
            return UNREAD
        doubted = (
            reading.ask is not None and self.questions[number].requirement.asked_as in _FIGURED
        )
        figures = piece.swallowed - piece.swallowed_replies
        left = max(0, figures - _figures_of(reading) - int(doubted))
        return (ASKED_ABOUT if reading.ask else 0) + SWALLOWED * (left + piece.swallowed_replies)


def _figures_of(reading: Reading) -> int:
    """How many figures of the text the reading has used."""
    used = [value for name, value in reading.fields.items() if name is not FieldName.CHOICE]
    return sum(1 for value in used if type(value) is int)


_FIGURED: Final = (AskedAs.YEAR_ON_YEAR, AskedAs.CASES, AskedAs.COUNT)
_REPLIES: Final = words_in("co khong chua dat roi da ok deu")
_EDGES: Final = " \t,;:·-–=."
_OF_A_PART: Final = frozenset({"skip", "later", "not_applicable"})
"""Orders that can be meant for one part: "4 bỏ qua"."""


def _is_answered(reading: Reading) -> bool:
    return bool(reading.fields) and reading.ask is None


def _repeats(way: tuple[Piece, ...]) -> bool:
    numbers = [one for piece in way for one in piece.start.numbers]
    return len(numbers) > len(set(numbers))


def _read_for_any(cutter: Cutter, text: str) -> bool:
    return bool(read_for_all(cutter.questions, text, cutter)) or _is_order(cutter, text)


def _is_order(cutter: Cutter, text: str) -> bool:
    first = next(iter(cutter.questions))
    return cutter.reading(first, text).order is not None


def read_for_all(
    questions: Mapping[int, Asked], text: str, cutter: Cutter | None = None
) -> dict[int, Reading]:
    """What one word says about every part that it may answer: the questions that take yes or no.

    Where the page has no such question, "không có" answers those that ask whether something
    happened. Never documents, figures or names.
    """
    kinds: dict[AskedAs, dict[int, Reading]] = {}
    for number, asked in questions.items():
        row = asked.requirement
        if row.asked_as not in _FOR_ALL or not row.scored or asked.draft.fields:
            continue
        reading = cutter.reading(number, text) if cutter else read_alone(asked, text)
        kinds.setdefault(row.asked_as, {})[number] = reading
    yes_no = kinds.get(AskedAs.YES_NO, {})
    chosen = yes_no or kinds.get(AskedAs.NONE_OR_SOME, {})
    if not any(set(one.fields) == {FieldName.CHOICE} for one in chosen.values()):
        return {}
    if len(kinds) > 1 and any(one.fields.get(FieldName.CHOICE) != 0 for one in yes_no.values()):
        return {number: Reading(ask=Reason.AMBIGUOUS) for kind in kinds.values() for number in kind}
    return {number: one for number, one in chosen.items() if one.fields or one.ask}


_FOR_ALL: Final = (AskedAs.YES_NO, AskedAs.NONE_OR_SOME)

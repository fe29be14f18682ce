"""One line that answers several questions: "1 có 2 có 3 không 4 12/15", "tất cả có, trừ 3".

All ways to cut the line into numbers and replies are compared. A value on which all the best ways
agree is taken; if they differ, the question is asked. A digit that may be a figure or the number of
a question is never guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from domain.answers import FieldName
from domain.criteria import AskedAs
from handlers.understanding.line_replies import (
    Aside,
    Given,
    Question,
    opposite,
    read_for_all,
    read_part,
    tells_secret,
)
from handlers.understanding.line_words import ALL, BUT, Start, StartKind, starts_at, words_of_line

MOST_WORDS = 150
"""Words taken from one line: an item of 14 questions with two documents has about 60, and the work
grows with the square of the number of words.
"""

MOST_WAYS = 64
"""Equally good ways to cut a line that are compared; a line with more has no certain meaning."""

EMPTY = 3
"""The cost of a number without a reply: it is more likely a figure that was not read, and two
unread words next to it cost less.
"""

FREE = (AskedAs.DOCUMENT, AskedAs.RATING, AskedAs.LIST)
"""Questions whose replies contain words of the person's own."""

LONGEST_REPLY = 40
"""Words of one reply; a list of models is the longest."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a line says. `given` is certain; `unclear` was mentioned but could not be read, or only
    in several ways; `contradictory` was said twice with different values; `unknown` are numbers
    that no question has. `secret`: said to be a secret document, with other words. `free` are the
    words that may contain anything and must be screened before they are stored.
    """

    given: Mapping[int, Given]
    unclear: tuple[int, ...] = ()
    contradictory: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    secret: frozenset[int] = frozenset()
    free: tuple[str, ...] = ()


def read_line(questions: Mapping[int, Question], text: str) -> Line | None:
    """What `text` answers of the questions, by number; None if it is not such a line."""
    lines = words_of_line(text, frozenset(questions))
    if not lines or sum(map(len, lines)) > MOST_WORDS:
        return None
    cutters = [_Cutter(questions=questions, words=tuple(words)) for words in lines]
    ways = [cutter.best() for cutter in cutters]
    if not all(ways):
        return None
    told = _Told(questions=questions)
    for cutter, cuts in zip(cutters, ways, strict=True):
        told.add(cutter, cuts)
    return told.line()


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """One start and the words up to the next."""

    start: Start
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(kw_only=True)
class _Cutter:
    """Finds the best ways to cut one line: those that leave the fewest words unread."""

    questions: Mapping[int, Question]
    words: tuple[str, ...]
    _costs: dict[int, int] = field(default_factory=dict)
    _read: dict[tuple[int, str], Given | None] = field(default_factory=dict)

    @cached_property
    def starts(self) -> dict[int, tuple[Start, ...]]:
        """The starts that each position may be."""
        known = frozenset(self.questions)
        found = {at: starts_at(self.words, at, known) for at in range(len(self.words))}
        return {at: starts for at, starts in found.items() if starts}

    def best(self) -> list[tuple[_Piece, ...]]:
        """All best ways; empty if the line does not begin with a number."""
        if 0 not in self.starts:
            return []
        ways = []
        for way in self._ways(0, self._cost(0)):
            ways.append(way)
            if len(ways) > MOST_WAYS:
                return ways
        # People do not answer a question twice in a line, so such a digit is more likely a figure.
        return [way for way in ways if not _repeats(way)] or ways

    def _cost(self, at: int) -> int:
        """The number of words that the best way from a start leaves unread."""
        if at == len(self.words):
            return 0
        if at not in self._costs:
            # From the end, so that a long line needs no deep recursion.
            self._costs[at] = min(
                self.cost_of(piece) + self._cost(end) for piece, end in self._pieces(at)
            )
        return self._costs[at]

    def _ways(self, at: int, budget: int) -> Iterator[tuple[_Piece, ...]]:
        if at == len(self.words):
            yield ()
            return
        for piece, end in self._pieces(at):
            left = budget - self.cost_of(piece)
            if left >= 0 and self._cost(end) == left:
                for rest in self._ways(end, left):
                    yield (piece, *rest)

    def _pieces(self, at: int) -> Iterator[tuple[_Piece, int]]:
        for start in self.starts[at]:
            for end in range(start.end, min(len(self.words), start.end + LONGEST_REPLY) + 1):
                if end == len(self.words) or (end in self.starts and end > at):
                    yield _Piece(start=start, words=self.words[start.end : end]), end
            if start.end + LONGEST_REPLY < len(self.words):
                yield _Piece(start=start, words=self.words[start.end :]), len(self.words)

    def cost_of(self, piece: _Piece) -> int:
        """0 for a piece that is read completely; the number of questions of a list that it does not
        answer; else 1 plus its number of words, or EMPTY.
        """
        if self.reads(piece):
            numbers = piece.start.numbers if piece.words else ()
            return sum(1 for one in numbers if self.part(one, piece.text) is None)
        return 1 + (len(piece.words) or EMPTY) + piece.start.unknown

    def reads(self, piece: _Piece) -> bool:
        """Whether the piece answers at least one of its questions."""
        start, text = piece.start, piece.text
        if ALL in piece.words or BUT in piece.words or start.unknown:
            return False
        if start.kind is StartKind.ALL:
            return bool(read_for_all(self.questions, text))
        if start.kind is StartKind.BUT and not text:
            return True
        return bool(text) and any(self.part(one, text) is not None for one in start.numbers)

    def part(self, number: int, text: str) -> Given | None:
        """The values that the words give to one question."""
        if (number, text) not in self._read:
            self._read[number, text] = read_part(self.questions[number], text)
        return self._read[number, text]


@dataclass(kw_only=True)
class _Told:
    """Collects what the lines of one message say."""

    questions: Mapping[int, Question]
    _given: dict[int, set[Given]] = field(default_factory=dict)
    _unclear: set[int] = field(default_factory=set)
    _unknown: set[int] = field(default_factory=set)
    _secret: set[int] = field(default_factory=set)
    _all: list[str] = field(default_factory=list)
    _left_out: set[int] = field(default_factory=set)
    _free: list[str] = field(default_factory=list)

    def add(self, cutter: _Cutter, ways: list[tuple[_Piece, ...]]) -> None:
        """Add one line, cut in all best ways: what they agree on is certain."""
        said = [set(_said(cutter, way)) for way in ways]
        sure = set.intersection(*said) if len(ways) <= MOST_WAYS else set()
        for kind, number, given in sure:
            match kind:
                case "all":
                    self._all.append(str(given))
                case "left out":
                    self._left_out.add(number)
                case "unknown":
                    self._unknown.add(number)
                case "given" if isinstance(given, tuple | Aside):
                    self._given.setdefault(number, set()).add(given)
                case _:
                    self._unclear.add(number)
        doubtful = {number for kind, number, _ in set.union(*said) - sure if kind != "all"}
        self._unclear |= doubtful & self.questions.keys()
        self._look_at(cutter, ways, settled=len(ways) == 1 and not self._unclear)

    def _look_at(self, cutter: _Cutter, ways: list[tuple[_Piece, ...]], *, settled: bool) -> None:
        """Keep the words that may contain anything. Words read as a choice or as figures are safe;
        if some words were not read, all are screened.
        """
        rest: list[str] = []
        for piece in ways[0]:
            numbers = () if piece.start.unknown else piece.start.numbers
            secret = [one for one in numbers if tells_secret(self.questions[one], piece.text)]
            self._secret.update(secret)
            if secret or (numbers and all(_is_choice(cutter, one, piece) for one in numbers)):
                continue
            rest.append(piece.text)
            if not cutter.reads(piece) or any(
                self.questions[one].requirement.asked_as in FREE for one in numbers
            ):
                self._free.append(piece.text)
        if not settled:
            self._free.append(" ".join(rest))

    def line(self) -> Line:
        """The result for the whole message: values said twice must agree, and a value said for all
        applies to the questions that were not named.
        """
        contradictory = {number for number, found in self._given.items() if len(found) > 1}
        given = {number: next(iter(found)) for number, found in self._given.items()}
        for number, found in self._for_all().items():
            if number not in self._left_out:
                given.setdefault(number, found)
        unclear = self._unclear - contradictory
        if self._all and not self._for_all():
            unclear |= self.questions.keys() - given.keys()
        return Line(
            given={
                number: given[number]
                for number in sorted(given)
                if number not in unclear | contradictory
            },
            unclear=tuple(sorted(unclear)),
            contradictory=tuple(sorted(contradictory)),
            unknown=tuple(sorted(self._unknown)),
            secret=frozenset(self._secret),
            free=tuple(filter(None, self._free)),
        )

    def _for_all(self) -> Mapping[int, Given]:
        return read_for_all(self.questions, self._all[0]) if len(set(self._all)) == 1 else {}


def _repeats(way: tuple[_Piece, ...]) -> bool:
    numbers = [one for piece in way for one in piece.start.numbers]
    return len(numbers) > len(set(numbers))


def _is_choice(cutter: _Cutter, number: int, piece: _Piece) -> bool:
    """Whether the words are one of our own labels, whatever they contain."""
    given = cutter.part(number, piece.text) if cutter.reads(piece) else None
    return isinstance(given, tuple) and [name for name, _ in given] == [FieldName.CHOICE]


_Saying = tuple[str, int, Given | str | None]


def _said(cutter: _Cutter, way: tuple[_Piece, ...]) -> Iterator[_Saying]:
    """What one way of cutting says, piece by piece. After a piece that could not be read and may
    contain figures, the next number may be one of them, so it is not taken.
    """
    doubtful = False
    alls = [one.text for one in way if one.start.kind is StartKind.ALL]
    for_all = read_for_all(cutter.questions, alls[0]) if alls else {}
    for piece in way:
        start, text, read = piece.start, piece.text, cutter.reads(piece)
        if start.kind is StartKind.ALL:
            yield ("all", 0, text) if read else ("all", 0, "")
        for number in start.numbers:
            if start.unknown:
                yield "unknown", number, None
            elif start.kind is StartKind.BUT and not text:
                # With two choices, "not the one" means the other; for a document it says nothing.
                other = opposite(cutter.questions[number], for_all.get(number))
                yield ("given", number, other) if other else ("left out", number, None)
            else:
                given = None if doubtful else cutter.part(number, text)
                yield ("unclear", number, None) if given is None else ("given", number, given)
        doubtful = not read and (
            start.unknown or any(cutter.questions[one].takes_digits for one in start.numbers)
        )

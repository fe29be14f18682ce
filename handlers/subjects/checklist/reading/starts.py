"""Where the reply to a part may begin in a line: "2", "câu hai", "1-4", "1, 2 và 5", "còn lại"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.understanding.values.saying import Saying
from handlers.understanding.values.word import Word, words_in


class StartKind(StrEnum):
    """What is at the beginning of a piece of the line."""

    NUMBERS = "numbers"
    ALL = "all"
    BUT = "but"


@dataclass(frozen=True, kw_only=True)
class Start:
    """A beginning: which parts it names, and the place of the first word after it. `unknown`: a
    number that no part has.
    """

    kind: StartKind
    end: int
    numbers: tuple[int, ...] = ()
    unknown: bool = False


MOST_DIGITS: Final = 2
"""Digits of a part's number; the longest item has 14 questions."""

_BEFORE: Final = frozenset({"cau", "muc", "y", "phan", "so", "tu"})
_AND: Final = frozenset({"va", "and", "voi", "cung", "lan"})
_TO: Final = frozenset({"den", "toi"})
_AFTER_THESE: Final = words_in(
    "thang ngay mung ngoai truoc voi chet thuong giam tang la quy so ca ap khom thon xom to khu hem"
)
"""Words after which a number is a figure, if no sign stands between."""
_COUNTED: Final = words_in("vu nguoi nhom cuoc buoi diem")
_COUNTED_PAIRS: Final = frozenset(
    {
        ("doi", "tuong"),
        ("ho", "dan"),
        ("dong", "chi"),
        ("truong", "hop"),
        ("can", "bo"),
        ("vu", "viec"),
        ("to", "chuc"),
    }
)
_MODELS: Final = ("mo", "hinh")
_CLOSING: Final = words_in("co khong chua dat roi xong ok sinh het ai nao du")
"""Words that end a reply: after them a number is rather the next part's."""
_POLAR: Final = words_in("co khong chua dat roi da ok deu xong duoc mat bo de thi la")
"""Words that follow the number of a part where it is spelt without "câu"."""
_OF_A_YEAR: Final = words_in("nam nay ngoai truoc roi qua vu nguoi")
_SPELT: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SPELT_MARKED: Final = words_in("một mot hai ba bốn bon năm nam sáu sau bảy bay tám tam chín chin")
_ALL: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        "tat ca",
        "toan bo",
        "con lai",
        "cac cau con lai",
        "may cau con lai",
        "nhung cau con lai",
        "con lai tat ca",
        "het thay",
        "may cau",
        "nhung cau",
        "con may cau",
        "cac cau khac",
        "may cau khac",
        "cac muc con lai",
        "con may cau kia",
        "tat ca con lai",
    )
)
_AFTER_ALL: Final = frozenset({"cac", "cau", "muc", "deu", "la", "thi", "cung", "phan"})
_BUT: Final = frozenset({"tru", "rieng", "ngoai"})
_AFTER_BUT: Final = frozenset({"tru", "ra", "cau", "muc", "rieng", "co", "so"})
_GLUE: Final = frozenset("/-")


class Starts:
    """The starts of one line, by the place of their first word."""

    def __init__(self, said: Saying, known: frozenset[int]) -> None:
        """`known` are the numbers of the parts that may be answered."""
        self.said, self.words, self.known = said, said.words, known
        self._clean = said.clean

    def at(self, at: int) -> tuple[Start, ...]:
        """Every start that is possible at this word."""
        words = self.words
        if (end := _phrase(words, at)) is not None:
            return (Start(kind=StartKind.ALL, end=_skip(words, end, _AFTER_ALL)),)
        if at and self._excepts(at):
            begin = _skip(words, at + 1, _AFTER_BUT)
            return tuple(
                Start(kind=StartKind.BUT, end=end, numbers=numbers)
                for numbers, end in self._numbers(begin)
                if set(numbers) <= self.known
            )
        named = words[at].plain in _BEFORE or self._begins_a_range(at)
        begin = _skip(words, at, _BEFORE) if named else at
        if (
            named
            and words[at].plain in ("so", "tu")
            and (at or words[at].plain == "tu")
            and not self._begins_a_range(at)
        ):
            return ()
        if not named and self._is_a_figure(at):
            return ()
        found = list(self._numbers(begin, named=named))
        if found and self._said_of_all(found[-1][1]):
            found = found[-1:]
        known = tuple(
            Start(kind=StartKind.NUMBERS, end=end, numbers=numbers)
            for numbers, end in found
            if set(numbers) <= self.known
        )
        if known or not found or not words[begin].plain.isdecimal():
            return known
        number = found[0][0]
        return (Start(kind=StartKind.NUMBERS, end=found[0][1], numbers=number, unknown=True),)

    def _excepts(self, at: int) -> bool:
        """Whether "trừ" begins here; "ngoài" alone is also a part of "năm ngoái"."""
        following = self.words[at + 1].plain if at + 1 < len(self.words) else ""
        word = self.words[at].plain
        return word in _BUT and (word != "ngoai" or following in ("tru", "ra", "cau"))

    def _begins_a_range(self, at: int) -> bool:
        """Whether "từ 1 đến 4" begins here."""
        return (
            self.words[at].plain == "tu"
            and at + 1 < len(self.words)
            and self._range(at + 1) is not None
        )

    def _is_a_figure(self, at: int) -> bool:
        """Whether the words beside a number make it a figure: "tháng 2", "2 người"."""
        before = self.words[at - 1] if at else None
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        if before is not None and before.plain in _AFTER_THESE and not self._parted(at):
            return True
        close = after is not None and not self._clean[self.words[at].end : after.start].strip()
        if after is None or not close or not at:
            return False
        several = self.words[at + 2].plain if at + 2 < len(self.words) else ""
        if (after.plain, several) == _MODELS:
            return before is not None and before.plain not in _CLOSING and not self._parted(at)
        return after.plain in _COUNTED or (after.plain, several) in _COUNTED_PAIRS

    def _parted(self, at: int) -> bool:
        """Whether a sign or a line stands between the word before and this one."""
        return any(
            one in ",;.:" for one in self._clean[self.words[at - 1].end : self.words[at].start]
        )

    def _said_of_all(self, at: int) -> bool:
        """Whether "đều" follows the numbers: then all of them are meant."""
        return at < len(self.words) and self.words[at].plain in ("deu", "cung")

    def _numbers(self, at: int, *, named: bool = False) -> Iterator[tuple[tuple[int, ...], int]]:
        """The numbers that may be meant at this place, and where the reply would begin: the first
        alone, or with those that follow it.
        """
        numbers: tuple[int, ...] = ()
        while at < len(self.words):
            here = self._range(at) or self._one(at, named=named, first=not numbers)
            if here is None:
                return
            told, at = here
            numbers = (*numbers, *told)
            yield numbers, at
            at = _skip(self.words, at, _AND)
            at = _skip(self.words, at, _BEFORE)

    def _one(self, at: int, *, named: bool, first: bool) -> tuple[tuple[int, ...], int] | None:
        word = self.words[at]
        if (
            word.plain.isdecimal()
            and int(word.plain)
            and len(word.plain) <= MOST_DIGITS
            and self._stands_free(at)
        ):
            return (int(word.plain),), at + 1
        spelt = _SPELT.get(word.plain) if word.marked in _SPELT_MARKED else None
        if spelt is None or (not named and not first):
            return None
        following = self.words[at + 1].plain if at + 1 < len(self.words) else ""
        before = self.words[at - 1].plain if at else ""
        five = (
            following == "nam" and at + 2 < len(self.words) and self.words[at + 2].plain in _POLAR
        )
        if (following in _OF_A_YEAR and not five) or (
            not five and not named and following not in _POLAR
        ):
            return None
        if not named and at and before not in _CLOSING:
            return None
        if not first and word.plain == "nam" and following not in _POLAR:
            return None
        return (spelt,), at + 1

    def _range(self, at: int) -> tuple[tuple[int, ...], int] | None:
        first = self._figure(at)
        if first is None:
            return None
        last_at = at + 2 if at + 1 < len(self.words) and self.words[at + 1].plain in _TO else at + 1
        last = self._figure(last_at)
        if last is None or not first < last:
            return None
        between = self._clean[self.words[at].end : self.words[last_at].start].strip()
        if between != "-" and last_at == at + 1:
            return None
        after = self._clean[self.words[last_at].end : self.words[last_at].end + 1]
        return None if after and after in "/-" else (tuple(range(first, last + 1)), last_at + 1)

    def _figure(self, at: int) -> int | None:
        if at >= len(self.words):
            return None
        plain = self.words[at].plain
        return int(plain) if plain.isdecimal() and len(plain) <= MOST_DIGITS else None

    def _stands_free(self, at: int) -> bool:
        """Whether a figure is no part of a date, a fraction, a per cent or a document's number."""
        word, clean = self.words[at], self._clean
        before = clean[word.start - 1 : word.start]
        after, then = clean[word.end : word.end + 1], clean[word.end + 1 : word.end + 2]
        if before in _GLUE and clean[: word.start - 1][-1:].isalnum():
            return False
        if before in ".," and before and clean[: word.start - 1][-1:].isdecimal() and before == ".":
            return False
        if after in _GLUE and after:
            return (
                not then
                or not then.isalnum()
                or (after == "-" and then.isalpha() and then.islower() and at == 0)
            )
        if after == "." and then.isdecimal():
            return False
        return after != "%"


def _phrase(words: Sequence[Word], at: int) -> int | None:
    """Where a phrase for all parts ends that begins here."""
    ends = [
        at + len(phrase)
        for phrase in _ALL
        if tuple(one.plain for one in words[at : at + len(phrase)]) == phrase
    ]
    return max(ends, default=None)


def _skip(words: Sequence[Word], at: int, among: frozenset[str]) -> int:
    while at < len(words) and words[at].plain in among:
        at += 1
    return at


def names_a_part(said: Saying, known: frozenset[int]) -> bool:
    """Whether a line begins with the number of a part."""
    return bool(said.words) and any(
        start.kind is StartKind.NUMBERS and not start.unknown for start in Starts(said, known).at(0)
    )

"""A line of several answers as words, and the positions where a question's number may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.text import plain
from handlers.understanding.typed import typed

ALL, BUT = "\x01", "\x02"
"""Replacements for "tất cả" ("còn lại") and "trừ" after they were found; people cannot
type them.
"""

SHORT_WORDS = (
    "chưa đạt", "không", "khong", "chưa", "chua", "đạt", "dat", "có", "co", "ko", "yes", "no",
    "mật", "kad", "cđ", "cd", "kh", "ch", "c", "k", "đ", "d", "n", "y", "a", "b",
)  # fmt: skip
"""Words that may be typed directly after a number, without a space; the longer before
the shorter.
"""

_WORD = "|".join(SHORT_WORDS)
_GLUED = re.compile(rf"(?:\d{{1,2}}[.:)=\-]?(?:{_WORD})[,;]?)+", re.IGNORECASE)
_GLUED_PART = re.compile(rf"(\d{{1,2}})[.:)=\-]?({_WORD})[,;]?", re.IGNORECASE)
_AHEAD = r"(?<![\w/.,\-])"
_RULES = (
    # Signs of the list that we show, and of lists that people write.
    (re.compile(r"[·•|]"), " "),
    (re.compile(r"\((\d{1,2})\)"), r" \1 "),
    (re.compile(_AHEAD + r"(\d{1,2})\s*[:)=](?![\d/])\s*"), r"\1 "),
    (re.compile(_AHEAD + r"(\d{1,2})[:)=](?=\d)"), r"\1 "),
    (re.compile(_AHEAD + r"(\d{1,2})\.(?=\s|[^\W\d])"), r"\1 "),
    (re.compile(_AHEAD + rf"(\d{{1,2}})\s+-\s*(?=(?:{_WORD})\b)", re.IGNORECASE), r"\1 "),
    # "1 - 4 có", "từ 1 đến 4 có"; a date has a third number.
    (re.compile(r"(?<![\d\-/.]\s)(?<!\S)(\d{1,2})\s+-\s+(\d{1,2})(?!\S|\s*[\-/.])"), r"\1-\2"),
    (
        re.compile(
            r"\bt(?:ừ|u)\s+(?:câu |cau )?(\d{1,2})\s+"
            r"(?:đến|den|tới|toi)\s+(?:câu |cau )?(\d{1,2})(?!\S)",
            re.IGNORECASE,
        ),
        r"\1-\2",
    ),
    (re.compile(r"\b(?:câu|cau|số câu)\s+(?=\d)", re.IGNORECASE), ""),
    (re.compile(r"(?<=[^\W\d])[,;](?=\S)|,(?=[^\W\d])"), r"\g<0> "),
)  # fmt: skip
_POLITE = re.compile(
    r"^(?:(?:dạ|da|vâng|vang|em|tôi|báo cáo|bao cao|trả lời|tra loi|xin)\s+)+", re.IGNORECASE
)
_ALL = re.compile(
    r"(?<!\S)(?:tất cả|tat ca|toàn bộ|toan bo|(?:các câu |cac cau )?còn lại|"
    r"(?:cac cau )?con lai|all|the rest)(?:\s+(?:các câu|cac cau|đều|deu|là|la|are|:))*(?=\s|:)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"(?:(?<=\s)|(?<=[,;])|(?<=\x01))(?:ngoại trừ|ngoai tru|trừ|tru|riêng|rieng|except|but)"
    r"(?:\s+(?:câu|cau|ra))*(?=\s|:)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}")
_LIST = re.compile(r"\d{1,2}(?:,\d{1,2})+")
_RANGE = re.compile(r"(\d{1,2})-(\d{1,2})")
_AND = frozenset({"và", "va", "&", "and", "+"})


class StartKind(StrEnum):
    """What is at the beginning of a piece of the line."""

    NUMBERS = "numbers"
    ALL = "all"
    BUT = "but"


@dataclass(frozen=True, kw_only=True)
class Start:
    """A beginning: which questions it names, and the position of the first word after it.
    `unknown`: a number that no question has.
    """

    kind: StartKind
    end: int
    numbers: tuple[int, ...] = ()
    unknown: bool = False


def words_of_line(text: str, known: frozenset[int]) -> list[list[str]]:
    """The words of each line that begins with a number; any other line continues the one before it,
    like the second model of a list.
    """
    lines: list[list[str]] = []
    for line in text.splitlines():
        words = _words(line)
        if not words:
            continue
        if lines and not starts_at(words, 0, known):
            lines[-1] = [*lines[-1][:-1], lines[-1][-1] + ";", *words]
        else:
            lines.append(words)
    return lines


def _words(line: str) -> list[str]:
    said = _POLITE.sub("", typed(line).replace(ALL, " ").replace(BUT, " "))
    said = _ALL.sub(f" {ALL} ", f" {said} ")
    if ALL in said:
        said = _BUT.sub(f" {BUT} ", said)
    for pattern, by in _RULES:
        said = pattern.sub(by, said)
    words: list[str] = []
    for word in said.split():
        if _GLUED.fullmatch(word):
            words += [part for found in _GLUED_PART.findall(word) for part in found]
        elif word.strip(",;:.-–="):
            words.append(word)
    return words


def starts_at(words: Sequence[str], at: int, known: frozenset[int]) -> tuple[Start, ...]:
    """Every start that is possible at this position."""
    if words[at] == ALL:
        return (Start(kind=StartKind.ALL, end=at + 1),)
    if words[at] == BUT:
        return tuple(
            Start(kind=StartKind.BUT, end=end, numbers=numbers)
            for numbers, end in _numbers(words, at + 1)
            if set(numbers) <= known
        )
    named = [
        Start(kind=StartKind.NUMBERS, end=end, numbers=numbers)
        for numbers, end in _numbers(words, at)
        if set(numbers) <= known
    ]
    if not named and _NUMBER.fullmatch(words[at]):
        number = int(words[at])
        return (Start(kind=StartKind.NUMBERS, end=at + 1, numbers=(number,), unknown=True),)
    return tuple(named)


def _numbers(words: Sequence[str], at: int) -> list[tuple[tuple[int, ...], int]]:
    """The numbers that may be meant at this position, and where the reply would begin: "1," alone
    or with what follows the comma.
    """
    found: list[tuple[tuple[int, ...], int]] = []
    numbers: tuple[int, ...] = ()
    while at < len(words) and (here := _at(words[at].rstrip(",;:"))):
        numbers, joins = (*numbers, *here), words[at].endswith(",")
        at += 1
        found.append((numbers, at))
        if at < len(words) and plain(words[at]) in _AND:
            at, joins = at + 1, True
        if not joins:
            break
    return found


def _at(word: str) -> tuple[int, ...]:
    if _NUMBER.fullmatch(word):
        return (int(word),)
    if _LIST.fullmatch(word):
        return tuple(map(int, word.split(",")))
    if (found := _RANGE.fullmatch(word)) and int(found[1]) < int(found[2]):
        return tuple(range(int(found[1]), int(found[2]) + 1))
    return ()

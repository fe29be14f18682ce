"""What the readers of typed text accept: every phrase, and every possible start of a pattern.

`test_phrases.py` compares it with `phrases.txt`. A reader that is added or moved is named here.
"""

import re
from collections.abc import Iterator

from handlers.subjects import handing_in, joining, setup
from handlers.subjects.checklist import last_year
from handlers.subjects.checklist.page import correcting, page_menu
from handlers.subjects.joining import entering
from handlers.subjects.setup import person
from handlers.subjects.setup import text as setup_text
from handlers.subjects.setup.step_menu import _CANCEL as CANCEL
from handlers.understanding import (
    agreement,
    channel_orders,
    commands,
    one_time_codes,
    questions,
)
from handlers.understanding.vocabulary import TYPE_WORDS
from locales import LOCALES, Words
from tests.house import ROOT

CODED = {
    "h": handing_in._LOOK | handing_in._RETURN,
    "k": channel_orders.DROPPING,
    "m": joining._UNDO,
    "q": setup._WITHDRAW,
}
"""Letter of a code -> the words that may precede it."""


READ_BACK = frozenset(
    {"dung", "dung roi", "dung het", "tiep", "xong", "right", "correct", "yes", "next",
     "khong dung", "sai roi", "khoan", "thoi", "huy", "bo het"}
)  # fmt: skip
"""Words to answers that were read back."""

ANSWERS = frozenset(
    {"co", "co roi", "da co", "vang", "yes", "y", "roi", "dat", "dat roi", "da dat", "xong",
     "da xong", "khong", "ko", "k", "khong co", "ko co", "k co", "chua co", "no", "none", "chua",
     "chua dat", "khong dat", "chua xong", "tat ca"}
)  # fmt: skip
"""Bare yes and no to a question."""


def phrases() -> Iterator[str]:
    """Every phrase that a reader accepts as a whole text."""
    for group in commands.PHRASES.values():
        yield from group
    for words in (
        agreement._AGREE,
        entering._YES,
        entering._NO,
        READ_BACK,
        last_year._USE,
        last_year._USE_MARKED,
        CANCEL,
        setup_text._OPEN_END,
        ANSWERS,
    ):
        yield from sorted(words)
    yield from action_words()


def action_words() -> Iterator[str]:
    """The words of the side actions in each language."""
    for locale in LOCALES:
        source = (ROOT / "locales" / locale / "actions.j2").read_text(encoding="utf-8")
        for name in re.findall(r"macro (\w+)\(", source):
            yield Words(locale).say(f"actions.{name}")


def patterns() -> Iterator[re.Pattern[str]]:
    """Every pattern by which a reader claims a text."""
    yield from (commands._FIX, commands._RESULT_OF, commands._HANDED_IN)
    yield from (
        channel_orders._ADD,
        channel_orders._PREFER,
        channel_orders._DROP,
        channel_orders._MAIL,
    )
    yield from (page_menu._SKIP, correcting._FIX)
    yield from (person._WHO, *(pattern for pattern, _act in person._ORDERS))
    yield one_time_codes._LABEL
    yield from (
        re.compile(f"^{verb} {letter}\\d")
        for letter, verbs in CODED.items()
        for verb in sorted(verbs)
    )
    yield from (pattern for _intent, pattern in questions._PATTERNS)


def words_for_kinds() -> Iterator[tuple[str, ...]]:
    """The words for kinds of unit, as sequences of words without diacritics."""
    yield from TYPE_WORDS


def beginnings(pattern: str) -> Iterator[str]:
    """The pattern once for each possible start: "^(?:a|b) c" is "^(?:a) c" and "^(?:b) c"."""
    branches = _split(pattern)
    if len(branches) > 1:
        for branch in branches:
            yield from beginnings(branch)
        return
    head = re.match(r"\^?(?:\(\?<[!=][^()]*\)|\\b)*", pattern)
    at = head.end() if head else 0
    end = _end_of_group(pattern, at)
    inner = pattern[at + 3 : end - 1]
    if not pattern.startswith("(?:", at) or pattern[end : end + 1] in ("?", "*", "+", "{"):
        yield pattern
        return
    for choice in _split(inner):
        yield f"{pattern[:at]}(?:{choice}){pattern[end:]}"


def _split(pattern: str) -> list[str]:
    """The branches of a pattern at its outermost "|"."""
    branches, depth, escaped, in_set = [""], 0, False, False
    for sign in pattern:
        if not escaped and not in_set:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if sign == "|" and depth == 0:
                branches.append("")
                continue
        in_set = not escaped and (sign == "[" or (in_set and sign != "]"))
        escaped = sign == "\\" and not escaped
        branches[-1] += sign
    return branches


def _end_of_group(pattern: str, at: int) -> int:
    """The position after the group that begins at `at`; `at` if none begins there."""
    depth, escaped = 0, False
    for position in range(at, len(pattern)):
        sign = pattern[position]
        if not escaped:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if depth == 0:
                return position + 1 if sign == ")" else at
        escaped = sign == "\\" and not escaped
    return at

"""Normalises what people type: spaces, case, position of the tone mark, i and y, no marks.

People type with all marks, none or some of them, in decomposed form on some phones, hòa or hoà, Mỹ
or Mĩ. All code that compares words uses this module.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Huyền, sắc, ngã, hỏi, nặng as combining marks."""

MOST_CACHED_WORDS = 20_000
"""Words kept in two forms (about 4 MB): more than the names of the country and ordinary
talk have.
"""

_STRAY: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc`\u00b4"), "'"),
}
"""Invisible characters, which come from phones and copied pages, and apostrophes."""


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].replace("đ", "d").replace("Đ", "D")


_LATIN = [chr(c) for first, last in ((0xC0, 0x250), (0x1E00, 0x1F00)) for c in range(first, last)]
_PLAIN_LETTERS: dict[int, str | None] = {ord(c): _base(c) for c in _LATIN if _base(c) != c}
_PLAIN_LETTERS.update(dict.fromkeys(range(0x300, 0x370)))


def tidy(text: str) -> str:
    """NFC, no invisible characters, straight apostrophes, single spaces; case is unchanged."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_STRAY).split())


def fold(text: str) -> str:
    """`tidy` in lower case: "  XÃ  Mỹ Long" becomes "xã mỹ long"."""
    return tidy(text).lower()


def strip_marks(text: str) -> str:
    """The text without diacritics, đ as d; case and spaces are unchanged."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN_LETTERS)


def plain(text: str) -> str:
    """`fold` without diacritics: "Xã Đông Hòa" becomes "xa dong hoa"."""
    return fold(text).translate(_PLAIN_LETTERS)


def has_marks(text: str) -> bool:
    """Whether any letter has a diacritic; đ counts as one."""
    return strip_marks(text) != unicodedata.normalize("NFC", text)


_LATE_TONE = re.compile(rf"(o)([ae]\u0306?\u0302?)([{TONES}])|((?<!q)u)(y)([{TONES}])")
_SINGLE_Y = re.compile(r"(?<=[bcdđghklmnpqrstvx])y(?![aeou])|(?<=qu)y")


def _earlier_tone(found: re.Match[str]) -> str:
    first, second, tone = (part for part in found.groups() if part)
    return first + tone + second


class Word(NamedTuple):
    """One word, or one run of digits, of a text."""

    marked: str
    """Lower case with marks, in one spelling for comparison: "hoà" and "hòa" alike, "mĩ" for "mỹ";
    digits without leading zeros.
    """
    plain: str
    """The same without marks."""
    gap: str
    """The text between the previous word and this one, folded."""


@lru_cache(maxsize=MOST_CACHED_WORDS)
def spelling(word: str) -> tuple[str, str]:
    """(marked, plain) of one folded word, as in `Word`."""
    if word.isdigit():
        bare = word.lstrip("0") or "0"
        return bare, bare
    letters = unicodedata.normalize("NFD", word.replace("'", ""))
    letters = _SINGLE_Y.sub("i", _LATE_TONE.sub(_earlier_tone, letters))
    marked = unicodedata.normalize("NFC", letters)
    return marked, marked.translate(_PLAIN_LETTERS)


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")


def words_of(text: str) -> list[Word]:
    """The words of a text in order. "P4" are two words, "Ea H'Leo" are two as well."""
    folded = fold(text)
    found = []
    end = 0
    for match in _WORD.finditer(folded):
        marked, bare = spelling(match[0])
        found.append(Word(marked, bare, folded[end : match.start()]))
        end = match.end()
    return found


_MARKS = {
    letter: (decomposed[0], frozenset(decomposed[1:]))
    for letter in _LATIN
    for decomposed in [unicodedata.normalize("NFD", letter)]
}
_MARKS["đ"] = ("d", frozenset("đ"))


def only_drops_marks(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with some marks left out: "hoăng" for "hoằng", not "hoàng".

    Both in the spelling of `Word.marked`.
    """
    if typed == meant:
        return True
    if len(typed) != len(meant):
        return False
    for one, other in zip(typed, meant, strict=True):
        if one == other:
            continue
        base, marks = _MARKS.get(one, (one, frozenset()))
        full_base, full_marks = _MARKS.get(other, (other, frozenset()))
        if base != full_base or not marks <= full_marks:
            return False
    return True

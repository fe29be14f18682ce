"""Figures spelt in words: "hai mươi mốt" is 21, "số không năm" is 05.

Many number words are also other words: "năm" is a year, "ba" a person, "sau" is later. A single one
is a figure only beside a word that figures stand beside.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from handlers.understanding.values.word import Word, words_in

_UNITS: Final = {
    "khong": (0, {"không", "khong"}),
    "mot": (1, {"một", "mốt", "mot"}),
    "hai": (2, {"hai"}),
    "ba": (3, {"ba"}),
    "bon": (4, {"bốn", "bon"}),
    "tu": (4, {"tư", "tu"}),
    "nam": (5, {"năm", "nam"}),
    "lam": (5, {"lăm", "lam"}),
    "nham": (5, {"nhăm"}),
    "sau": (6, {"sáu", "sau"}),
    "bay": (7, {"bảy", "bẩy", "bay"}),
    "bai": (7, {"bảy"}),
    "tam": (8, {"tám", "tam"}),
    "chin": (9, {"chín", "chin"}),
}
_ONLY_AFTER_TENS: Final = frozenset({"tu", "lam", "nham"})
_TEN: Final = frozenset({"mười", "mươi", "muoi"})
_TENS: Final = frozenset({"mươi", "muoi"})
"""After a unit it is "mươi": "năm mười bốn vụ" is not fifty-four."""
_DOZEN: Final = frozenset({"chục", "chuc"})
_HUNDRED: Final = frozenset({"trăm", "tram"})
_THOUSAND: Final = frozenset({"nghìn", "nghin", "ngàn", "ngan"})
_AND: Final = frozenset({"linh", "lẻ", "le"})

COUNTED: Final = words_in(
    "vu viec nguoi dong truong mo cai diem buoi cuoc luot can ca chien dang tap ho doi to"
)
"""First words of what is counted: a number word before one of them is a figure."""

_SURELY_COUNTED: Final = words_in("vu nguoi mo dong cai diem truong")
"""The same after "năm", which is a year before most words."""

_CUES: Final = words_in(
    "cau muc phan nay ngoai truoc roi qua xong con tong la chet thuong thanh ngay thang "
    "mung co tang giam voi va thay duoc"
)
"""Words after which a single number word is a figure, if nothing after it speaks against it."""

_NO_FIGURE_BEFORE: Final = words_in(
    "so nua phan it vai cach chut minh nay ngoai truoc roi qua danh deu cung nhung day khi do la"
)
_NAMED: Final = words_in("ong anh chi chu bac em van thi thay thim duong")
"""After these a number word is a name: "anh Ba", "Trần Văn Mười"."""
_SPELT_OUT: Final = frozenset({"so", "quyet", "hoach"})
"""After these single digits are read one by one: "số không năm", "nghị quyết không năm"."""
_YEAR_DIGITS: Final = 4
_LONGEST_SPELT: Final = 4


def with_figures(words: Sequence[Word]) -> Iterable[Word]:
    """The words with each spelt figure as one word of digits."""
    made: list[Word] = []
    at = 0
    while at < len(words):
        found = _digits(words, at) or _compound(words, at) or _single(words, at)
        if found is None:
            made.append(words[at])
            at += 1
            continue
        figure, end = found
        made.append(Word(figure, figure, words[at].start, words[end - 1].end))
        at = end
    return made


def _unit(word: Word) -> int | None:
    known = _UNITS.get(word.plain)
    return known[0] if known is not None and word.marked in known[1] else None


def _digits(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """Digits said one by one: a year after "năm", a number after "số"."""
    before = words[at - 1].plain if at else ""
    end = at
    while end < len(words) and end - at < _LONGEST_SPELT and _unit(words[end]) is not None:
        end += 1
    count = end - at
    if end < len(words) and words[end].marked in _TEN | _HUNDRED | _THOUSAND:
        return None
    spelt = "".join(str(_unit(one)) for one in words[at:end])
    if before == "nam" and count == _YEAR_DIGITS:
        return spelt, end
    if before in _SPELT_OUT and count > 1 and _unit(words[at]) is not None:
        return spelt, end
    return None


def _compound(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """A figure of several words; they hold ten, hundred or thousand."""
    thousands, hundreds, rest = 0, 0, 0
    end = at
    value = _below_hundred(words, end)
    if _is(words, end, _HUNDRED) or (value and _is(words, value[1], _HUNDRED)):
        hundreds, end = _times(value, end, 100)
        value = _below_hundred(words, _skip(words, end, _AND))
    elif _is(words, end, _THOUSAND) or (value and _is(words, value[1], _THOUSAND)):
        thousands, end = _times(value, end, 1000)
        value = _below_hundred(words, end)
        if value and _is(words, value[1], _HUNDRED):
            hundreds, end = _times(value, end, 100)
            value = _below_hundred(words, _skip(words, end, _AND))
    if value is not None:
        rest, end = value
    whole = thousands + hundreds + rest
    return (str(whole), end) if end - at > 1 and (thousands or hundreds or rest) else None


def _times(value: tuple[int, int] | None, at: int, by: int) -> tuple[int, int]:
    return (by, at + 1) if value is None else (value[0] * by, value[1] + 1)


def _skip(words: Sequence[Word], at: int, among: frozenset[str]) -> int:
    return at + 1 if _is(words, at, among) else at


def _below_hundred(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """A figure of at most two digits and where it ends."""
    if at >= len(words):
        return None
    if words[at].marked in _TEN:
        one = _unit(words[at + 1]) if at + 1 < len(words) else None
        if one and not _begins_other(words, at + 1):
            return 10 + one, at + 2
        return 10, at + 1
    first = _unit(words[at])
    if first is None or words[at].plain in _ONLY_AFTER_TENS:
        return None
    if _is(words, at + 1, _TENS) and not (words[at].plain == "nam" and _is_a_year(words, at)):
        one = _unit(words[at + 2]) if at + 2 < len(words) else None
        if one and not _begins_other(words, at + 2):
            return first * 10 + one, at + 3
        return first * 10, at + 2
    if _is(words, at + 1, _DOZEN):
        return first * 10, at + 2
    return first, at + 1


def _begins_other(words: Sequence[Word], at: int) -> bool:
    """Whether the word at the end of a figure begins something else: "mười năm nay"."""
    following = words[at + 1].plain if at + 1 < len(words) else ""
    if words[at].plain == "nam":
        return following in _NO_FIGURE_BEFORE or following.isdecimal() or following in _UNITS
    return False


def _is(words: Sequence[Word], at: int, among: frozenset[str]) -> bool:
    return at < len(words) and words[at].marked in among


def _is_a_year(words: Sequence[Word], at: int) -> bool:
    """Whether "năm" follows a word that only years follow: "trong năm", "cả năm"."""
    return at > 0 and words[at - 1].plain in (
        "trong",
        "ca",
        "hai",
        "2",
        "moi",
        "tung",
        "dau",
        "cuoi",
    )


_NEED_MARKS: Final = frozenset({"sau", "tam", "bay", "tu"})
"""Without diacritics in a text that has some, these are other words: "câu sau"."""


def _single(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    word = words[at]
    if word.marked in _NEED_MARKS and any(one.marked != one.plain for one in words):
        return None
    value = 10 if word.marked in _TEN else _unit(word)
    if value is None or word.plain in ("khong", "lam", "nham"):
        return None
    before = words[at - 1].plain if at else ""
    after = words[at + 1].plain if at + 1 < len(words) else ""
    if before in _NAMED or after in _NO_FIGURE_BEFORE or (word.plain == "tu" and before != "thang"):
        return None
    alone = len(words) == 1
    if word.plain == "nam":
        if _is_a_year(words, at) or after.isdecimal():
            return None
        counted, cued = after in _SURELY_COUNTED, before in ("cau", "muc", "thang", "mung", "ngay")
    else:
        counted, cued = after in COUNTED, before in _CUES
    return (str(value), at + 1) if alone or counted or cued else None

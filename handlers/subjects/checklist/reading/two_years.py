"""The two figures of one measure, each for its year, from words about both years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from handlers.subjects.checklist.reading.figures import FIGURE, figures_in, whole
from handlers.understanding.values.reasons import Reason

LAST, THIS = "namtruoc", "namnay"
"""The words that stand for both years after `with_years`."""

BOTH: Final = "hainam"

_EVENTS: Final = (
    r"(?: ?(?:vu(?: viec| chay| no| tai nan(?: giao thong)?)?|truong hop|nguoi|cai|chay|no"
    r"|viec)\b)*"
)
_BOTH_YEARS: Final = re.compile(
    r"\bca (?:hai|2) nam(?: nay| qua| lien)?\b|\b(?:hai|2) nam (?:deu|qua|lien|nay deu"
    r"|khong|cung)\b|^(?:hai|2) nam\b|\bnam nao cung\b|\bnam (?:truoc|ngoai|nay) (?:va"
    r"|lan|voi|cung nhu) (?:ca )?nam (?:nay|truoc|ngoai)\b(?=\D*$)"
)


class Pair(NamedTuple):
    """The year before and this year, None where the text does not say."""

    last: int | None
    this: int | None


Found = Pair | Reason


def with_years(text: str, year: int) -> str:
    """The text with one word for each year: "năm ngoái", "2023" and "cùng kỳ" are `LAST`."""
    last = (
        r"\b(?:(?:cua|vao|o|trong|cai) )?(?:cung (?:ky|ki)|nam (?:ngoai|truoc(?: do)?|roi"
        rf"|qua|cu|kia))(?: nam (?:ngoai|truoc|roi|{year - 1})| {year - 1})?\b"
        rf"|\bnam {year - 1}\b"
    )
    this = rf"\b(?:(?:cua|vao|o|trong) )?nam (?:nay|hien tai|danh gia)\b|\bnam {year}\b|\bky nay\b"
    told = _BOTH_YEARS.sub(BOTH, text)
    told = re.sub(r"\blast year\b", LAST, re.sub(r"\bthis year\b", THIS, told))
    told = re.sub(this, THIS, re.sub(last, LAST, told))
    bare = re.sub(rf"\b(?:{year}|{year - 1})\b", " ", told)
    if figures_in(bare) or _NONE.search(bare):
        told = re.sub(rf"\b{year - 1}\b", LAST, re.sub(rf"\b{year}\b", THIS, told))
    return re.sub(
        rf"\b(?:nay|hien nay|bay gio|gio)\b(?=[ :,]*(?:con |chi |la |co |chi con )*{FIGURE}\b)",
        THIS,
        told,
    )


def pair_in(text: str, given_last: int | None) -> Found | None:
    """Both figures of a measure, or why they are asked; None if no year and no comparison is named.

    `text` went through `with_years`. `given_last` is the figure of the year before that was given.
    """
    for read in (_both, _same, _differing, _compared, _moved, _named):
        found = read(text, given_last)
        if found is not None:
            return found
    return None


_NONE: Final = re.compile(
    r"\b(?:khong|chua|chang)\b(?! (?:tang|giam|doi|thay doi|ke|tinh|bang|nhu|hon))"
)
_SIGN: Final = re.compile(
    rf"(?P<mark>{LAST}|{THIS})|(?<![\w/.,%])(?P<figure>{FIGURE})(?![\w/%]|[.,]\d)"
    rf"|(?P<none>{_NONE.pattern})"
)


@dataclass(frozen=True, kw_only=True)
class _Sign:
    """A year word (`which` 0 or 1) or a figure (`value`), and its place."""

    start: int
    end: int
    which: int | None = None
    value: int | None = None


def _signs(text: str) -> list[_Sign]:
    found = []
    for one in _SIGN.finditer(text):
        if one["mark"]:
            found.append(_Sign(start=one.start(), end=one.end(), which=int(one["mark"] == THIS)))
        else:
            value = whole(one["figure"]) if one["figure"] else 0
            found.append(_Sign(start=one.start(), end=one.end(), value=value))
    return _without_spare_noughts(found)


def _without_spare_noughts(signs: list[_Sign]) -> list[_Sign]:
    """ "không có 0 vụ" says nought once."""
    return [
        one for at, one in enumerate(signs)
        if not (at and one.value == 0 and signs[at - 1].value == 0)
    ]  # fmt: skip


def _named(text: str, _given: int | None) -> Found | None:
    """Figures beside the words for their years, before or after them."""
    signs = _signs(text)
    marks = [one for one in signs if one.which is not None]
    figures = [one for one in signs if one.value is not None]
    if not marks or not figures:
        return Reason.AMBIGUOUS if marks and not figures else None
    told = _beside(signs, marks, figures, text)
    if told is None:
        return Reason.TOO_MANY if len({one.value for one in figures}) > _TWO else Reason.AMBIGUOUS
    by_year: dict[int, int] = {}
    for which, value in told:
        if by_year.setdefault(which, value) != value:
            return Reason.CONTRADICTION
    return Pair(by_year.get(0), by_year.get(1))


_TWO: Final = 2


def _beside(
    signs: Sequence[_Sign], marks: Sequence[_Sign], figures: Sequence[_Sign], text: str
) -> list[tuple[int, int]] | None:
    """Each figure with its year, None if more than one way is possible."""
    kinds = "".join("F" if one.which is None else "M" for one in signs)
    values = [one.value or 0 for one in figures]
    years = [one.which or 0 for one in marks]
    if len(values) == len(years) and kinds in ("MF", "FM", "MFMF", "FMFM", "FMMF"):
        return list(zip(years, values, strict=True))
    if kinds == "FMF":
        before, after = (text[one.end : other.start] for one, other in pairwise(signs))
        apart = [bool(_APART.search(one)) for one in (before, after)]
        if apart[0] == apart[1]:
            return None
        beside = 1 if apart[0] else 0
        return [(years[0], values[beside]), (1 - years[0], values[1 - beside])]
    return None


_APART: Final = re.compile(r"[,;.]|\b(?:ma|con|thi|sang|qua)\b")
"""What stands between the figure of one year and the words of the other."""


def _both(text: str, _given: int | None) -> Found | None:
    """One figure, or none, for both years."""
    if BOTH not in text:
        return None
    figures = figures_in(text.replace(BOTH, " "))
    if not figures:
        return Pair(0, 0) if _NONE.search(text) else Reason.AMBIGUOUS
    return Pair(figures[0], figures[0]) if len(set(figures)) == 1 else Reason.AMBIGUOUS


_BY: Final = re.compile(
    r"\b(?P<way>giam|tang)(?: (?:duoc|di|them|len"
    rf"|hon))? (?P<figure>{FIGURE})\b{_EVENTS}(?! ?(?:con \d|xuong|->))"
)


def _differing(text: str, given_last: int | None) -> Found | None:
    """ "15 vụ, giảm 3": the figure of one year and the difference to the other."""
    found = _BY.search(text)
    if found is None:
        return None
    rest = f"{text[: found.start()]} ; {text[found.end() :]}"
    figures = figures_in(rest)
    by = whole(found["figure"]) * (1 if found["way"] == "giam" else -1)
    if not figures:
        return Reason.AMBIGUOUS
    if len(figures) > 1:
        return Reason.TOO_MANY if len(figures) > _TWO else Reason.AMBIGUOUS
    head = text[: found.start()]
    of_last = LAST in head and THIS not in head and figures_in(head) != []
    last, this = (figures[0], figures[0] - by) if of_last else (figures[0] + by, figures[0])
    if last < 0 or this < 0 or (given_last is not None and given_last != last):
        return Reason.CONTRADICTION
    return Pair(last, this)


_YEAR_WORD = rf"(?:(?:cua |la )?(?P<{{0}}>{LAST}|{THIS})[ :]*(?:la |co |: ?)?)?"
_AGAINST: Final = re.compile(
    rf"(?P<first>{FIGURE}){_EVENTS},? ?{_YEAR_WORD.format('of_first')},? ?(?:so voi"
    rf"|thay vi|;) ?(?:con so )?{_YEAR_WORD.format('of_second')}(?:la |co "
    rf"|voi )?(?P<second>{FIGURE})(?:{_EVENTS} ?{_YEAR_WORD.format('after')})?"
)
_BARE_YEAR: Final = frozenset(range(1990, 2100))


def _compared(text: str, _given: int | None) -> Found | None:
    """ "8 so với 10": this year first, unless the words say otherwise."""
    found = _AGAINST.search(text)
    if found is None:
        return None
    first, second = whole(found["first"]), whole(found["second"])
    if {first, second} & _BARE_YEAR:
        return Reason.AMBIGUOUS
    if len(figures_in(text)) > _TWO:
        return Reason.TOO_MANY
    before = re.search(rf"(?P<year>{LAST}|{THIS})[ :,a-z]*$", text[: found.start()])
    first_is = found["of_first"] or (before["year"] if before else None)
    second_is = found["of_second"] or found["after"]
    turned = first_is == LAST or second_is == THIS
    return Pair(first, second) if turned else Pair(second, first)


_MOVED: Final = re.compile(
    rf"(?:\btu )?(?P<first>{FIGURE}){_EVENTS},? ?(?:da |qua |sang |{THIS} |{LAST} |gio "
    r"|thi |keo |ha )*(?:con|giam(?: xuong)?(?: con| toi| den)?|xuong(?: con)?"
    r"|tang(?: len)?(?: thanh| toi| den)?|len|keo(?: giam)?(?: xuong)?(?: con)?|->|=>"
    r"|→)(?: (?:con|toi|den|thanh|chi|lai"
    rf"|co))* ?(?P<second>{FIGURE}){_EVENTS}(?! ?(?:{LAST}|so voi))"
)


def _moved(text: str, _given: int | None) -> Found | None:
    """ "15 giảm còn 12", "từ 15 xuống 12": the year before first."""
    found = _MOVED.search(text)
    if found is None or len(figures_in(text)) > _TWO:
        return None
    return Pair(whole(found["first"]), whole(found["second"]))


_SAME: Final = re.compile(
    rf"\b(?:bang|nhu|giong|ngang|van|y|cung)\b.{{0,12}}\b(?:{LAST}|nhau|nguyen|the"
    r"|vay)\b|\bbang nhau\b"
    r"|\bkhong (?:tang )?(?:cung )?khong giam\b|\bkhong (?:doi|thay doi|tang khong giam"
    r"|tang giam)\b|\bgiu nguyen\b"
)


def _same(text: str, given_last: int | None) -> Found | None:
    """ "bằng năm ngoái": the figure of the year before once more."""
    if not _SAME.search(text):
        return None
    figures = figures_in(text)
    if len(figures) == 1:
        return Pair(figures[0], figures[0])
    if not figures and given_last is not None:
        return Pair(None, given_last)
    return Reason.AMBIGUOUS

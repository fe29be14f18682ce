"""Figures of a text, and the doubts about them that all kinds with figures share."""

import re
from collections.abc import Mapping
from typing import Final

from domain.answers import FieldName, Value
from domain.replies import MOST_CASES
from handlers.subjects.checklist.reading.asked import Asked, Reading
from handlers.understanding.values.reasons import Reason

FIGURE: Final = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,9})"
_ALONE: Final = re.compile(
    rf"(?<![\w/.,%])(?<!\d-)(?P<sign>-\s?)?(?P<figure>{FIGURE})(?![\w/%]|[.,]\d|-[a-z])"
)
_APPROXIMATE: Final = re.compile(
    r"\b(?:khoang|gan|hon|tam|chung|vai|may|it nhat|toi thieu|(?<!\d )(?<!vu )tren|duoi"
    r"|xap xi|co|uoc|de chung|khoang chung)"
    rf"(?: chung)? (?={FIGURE}\b)"
    rf"|\b{FIGURE} ?(?:-|den|hoac|hay|toi) ?{FIGURE}\b|\b(?:vai|may|nhieu|mot so|hang"
    r"|chuc may) (?:vu|chuc|tram|nguoi|mo hinh|cai|truong hop)\b"
    r"|\bchuc (?:mo hinh|cai|vu|nguoi)\b|\b(?:doi ba|dam ba|hai ba)\b|\bkhoang\b"
    r"|\bgi do\b|\bhai \d\b(?! )|\bkha nhieu\b|^nhieu\b|\b\d+ \d+ (?:cai|vu|mo hinh"
    r"|nguoi)\b"
)
_PLAIN_CO: Final = re.compile(rf"\bco (?={FIGURE}\b)")
_PERCENT: Final = re.compile(r"\d\s?(?:%|phan tram)")
_MORE: Final = 10
_FAR: Final = 100
"""A figure is far from the known one if it is `Asked.far_times` as large or as small and differs by
at least `_MORE` (from 1 case to 6 is no slip), or if it is `_FAR` times as large. 0 counts as 1.
"""


def whole(figure: str) -> int:
    """ "1.200" is 1200."""
    return int(figure.replace(".", ""))


def figures_in(plain: str) -> list[int]:
    """The whole numbers that stand alone; a negative one is none."""
    return [whole(one["figure"]) for one in _ALONE.finditer(plain) if not one["sign"]]


def is_negative(plain: str) -> bool:
    """Whether a figure stands below zero."""
    return any(one["sign"] for one in _ALONE.finditer(plain))


def is_approximate(plain: str) -> bool:
    """Whether a figure is only about right: "khoảng 60", "năm sáu cái"."""
    return _APPROXIMATE.search(_PLAIN_CO.sub("", plain)) is not None


def is_percent(plain: str) -> bool:
    """Whether a per cent is told."""
    return _PERCENT.search(plain) is not None


def is_far(figure: int, known: int, times: int) -> bool:
    """Whether a figure is so far from the known one that it is asked about."""
    low, high = sorted((max(figure, 1), max(known, 1)))
    return high >= _FAR * low or (high >= times * low and abs(figure - known) >= _MORE)


_OF_LAST_YEAR: Final = {
    FieldName.THIS_YEAR: FieldName.LAST_YEAR,
    FieldName.DEATHS_THIS_YEAR: FieldName.DEATHS_LAST_YEAR,
    FieldName.INJURED_THIS_YEAR: FieldName.INJURED_LAST_YEAR,
}
"""A figure of this year is weighed against the figure of the year before."""


def weighed(asked: Asked, reading: Reading) -> Reading:
    """The reading with figures that are impossible or far from what is known asked about."""
    sure: dict[FieldName, Value] = dict(reading.fields)
    doubtful: dict[FieldName, Value] = {}
    for name, value in reading.fields.items():
        if type(value) is not int or name in (FieldName.CHOICE, FieldName.FORCE_MAJEURE):
            continue
        if _is_doubtful(asked, name, value, reading.fields):
            doubtful[name] = sure.pop(name)
    if not doubtful:
        return reading
    return Reading(fields=sure, ask=Reason.OUTLIER, doubtful=doubtful)


def _is_doubtful(
    asked: Asked, name: FieldName, value: int, given: Mapping[FieldName, Value]
) -> bool:
    if value > MOST_CASES:
        # No commune has so many: the domain refuses it.
        return False
    if value in (asked.year, asked.year - 1) and value != asked.known.get(name):
        return True
    if name in asked.known:
        return is_far(value, asked.known[name], asked.far_times)
    before = _OF_LAST_YEAR.get(name)
    if before is None:
        return False
    last = given.get(before, asked.draft.get(before))
    last = asked.known.get(before) if last is None else last
    return isinstance(last, int) and is_far(value, last, asked.far_times)

"""Kind percentage: "45/50", "45 trên 50", or the percentage itself, "92,5%"."""

import re
from typing import Final

from domain.answers import FieldName
from domain.kinds.percentage import HUNDREDTHS, WHOLE_PERCENT
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.figures import FIGURE, figures_in, is_approximate, whole
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_OF: Final = re.compile(
    rf"(?<![\w/])(?P<part>{FIGURE})(?: [a-z]+){{0,3}} ?(?:/|tren(?: tong(?: so)?)?"
    r"|trong(?: so| tong)?|of) ?"
    rf"(?P<whole>{FIGURE})(?![\w/])"
)
_PERCENT: Final = re.compile(
    r"(?<![\w/.,])(?P<figure>\d{1,3})(?:[.,](?P<decimals>\d{1,2}))? ?(?:%|phan tram|percent)"
)
_ALL: Final = re.compile(r"\b(?:het|tat ca|toan bo|du|100)\b")


def read(asked: Asked, said: Saying) -> Reading:
    """Part and whole, or the percentage in hundredths."""
    text = " ".join(said.plain.strip(" .!").split())
    if is_approximate(text):
        return AMBIGUOUS
    if pair := _OF.search(text):
        part, total = whole(pair["part"]), whole(pair["whole"])
        if part > total:
            return asking(Reason.CONTRADICTION)
        return giving({FieldName.WHOLE: total, FieldName.PART: part})
    percents = list(_PERCENT.finditer(text))
    if len(percents) > 1:
        return asking(Reason.TOO_MANY)
    if percents:
        return _percent(percents[0])
    return _one(asked, text)


def _percent(found: re.Match[str]) -> Reading:
    decimals = (found["decimals"] or "").ljust(2, "0")
    hundredths = int(found["figure"]) * HUNDREDTHS + int(decimals)
    if hundredths > WHOLE_PERCENT:
        return asking(Reason.CONTRADICTION)
    return giving({FieldName.HUNDREDTHS: hundredths})


def _one(asked: Asked, text: str) -> Reading:
    figures = figures_in(text)
    total = asked.draft.get(FieldName.WHOLE)
    if len(figures) > 1:
        return AMBIGUOUS
    if asked.open_field is FieldName.PART and isinstance(total, int):
        if not figures:
            return giving({FieldName.PART: total}) if _ALL.search(text) else NOT_READABLE
        if figures[0] > total:
            return asking(Reason.CONTRADICTION)
        return giving({FieldName.PART: figures[0]})
    if not figures or asked.open_field is not FieldName.WHOLE:
        return NOT_READABLE
    return giving({FieldName.WHOLE: figures[0]}) if asked.alone else AMBIGUOUS

"""Kind count: "3 mô hình", "hai", "không có"."""

import re
from typing import Final

from domain.answers import FieldName, Value
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.claims import claim_in, without_claim
from handlers.subjects.checklist.reading.figures import (
    FIGURE,
    figures_in,
    is_approximate,
    is_negative,
    is_percent,
    weighed,
    whole,
)
from handlers.understanding.text import plain
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_NONE: Final = re.compile(r"\b(?:khong|chua|chang|hong)\b")
_LEFT: Final = re.compile(r"\bchua (?:tinh|ke|bao gom)\b")


_OTHER_THING: Final = re.compile(rf"\b(?P<figure>{FIGURE}) (?P<noun>[a-z]+(?: [a-z]+)?)")
_GENERIC: Final = re.compile(
    r"(?:cai|vu|viec|truong hop|nguoi|nha|nhe|em|a|e|roi|thoi|dong|chi|la|o|trong|tat"
    r"|anh|do|day|nam|tren|duoc|luon|diem|ca|dc|so|het|nhen|nghen)\b"
)


def read(asked: Asked, said: Saying) -> Reading:
    """The figure, and whether force majeure is claimed for it."""
    claim = claim_in(asked, said.plain)
    text = without_claim(said.plain) if asked.requirement.force_majeure else said.plain
    fields: dict[FieldName, Value] = {}
    if claim is not None:
        fields[FieldName.FORCE_MAJEURE] = claim
    if asked.open_field is FieldName.FORCE_MAJEURE and claim is not None and not figures_in(text):
        return giving(fields)
    figure = _figure(asked, text)
    if figure.fields:
        return weighed(asked, giving({**figure.fields, **fields}))
    return figure


def _figure(asked: Asked, text: str) -> Reading:
    figures = figures_in(text)
    if is_percent(text):
        return asking(Reason.PERCENT_ONLY)
    if is_approximate(text):
        return AMBIGUOUS
    if is_negative(text):
        return NOT_READABLE
    counted = [
        whole(one["figure"]) for one in _OTHER_THING.finditer(text) if _is_head(asked, one["noun"])
    ]
    if len(set(figures)) > 1:
        return (
            giving({FieldName.COUNT: counted[0]}) if len(counted) == 1 else asking(Reason.TOO_MANY)
        )
    if (
        figures
        and not counted
        and (other := _OTHER_THING.search(text))
        and not _GENERIC.match(other["noun"])
    ):
        return AMBIGUOUS
    none = _NONE.search(_LEFT.sub(" ", text)) is not None
    if figures:
        return (
            asking(Reason.CONTRADICTION)
            if none and figures[0]
            else giving({FieldName.COUNT: figures[0]})
        )
    return giving({FieldName.COUNT: 0}) if none else NOT_READABLE


def _is_head(asked: Asked, noun: str) -> bool:
    """Whether a noun begins the name of what is counted: "24 mắt camera" counts no models."""
    words = plain(asked.requirement.counted).split()
    return noun.split()[0] == words[0]

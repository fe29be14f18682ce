"""Kind none_or_some: "không có ai", "0", "có 3 đồng chí"."""

import re
from typing import Final

from domain.answers import FieldName
from domain.steps import NONE, SOME
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.figures import (
    figures_in,
    is_approximate,
    is_negative,
    is_percent,
    weighed,
)
from handlers.understanding.values.politeness import without_politeness
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_NONE: Final = re.compile(
    r"\b(?:khong|chua|chang|hong|lam gi co|dau co)\b|(?<![\d.,])\b0\b(?![.,]\d)|\byen on\b"
)
_HALF: Final = re.compile(
    r"\b(?:hinh nhu|co le|chac|khong chac|nghe noi|chua ro|khong ro|dang xac minh"
    r"|co the|hay sao|nghi la|du kien)\b"
)
_SURELY: Final = re.compile(r"\bchac chan\b")
_SOME: Final = re.compile(r"\b(?:co(?! le\b| the\b| khi\b)|xay ra|phat sinh|bi)\b")
_BUT: Final = re.compile(r"\b(?:nhung|ma (?:co|van)|chi co|tru)\b")
_BARE_YES: Final = frozenset({"co", "co a", "co roi", "da co", "co chu"})
_COUNTED: Final = re.compile(
    r"\b\d+ (?:nguoi|vu|viec|ca|truong hop|diem|can bo|chien si|dang vien|dong chi|ong"
    r"|anh|cuoc|doan|chau|doi tuong|cong dan|ca nhan)\b"
)


def read(asked: Asked, said: Saying) -> Reading:
    """Whether there were none or some, and how many."""
    text = " ".join(said.plain.strip(" .!,;").split())
    if asked.open_field is FieldName.COUNT:
        return _count(asked, text)
    if _HALF.search(_SURELY.sub(" ", text)) or is_percent(text):
        return AMBIGUOUS
    figures = [one for one in figures_in(text) if one]
    text = re.sub(r"\b0 (?=co\b|ai\b)", "khong ", text)
    none = _NONE.search(text) is not None
    if none and (figures or _BUT.search(text)):
        return asking(Reason.CONTRADICTION)
    if none:
        return giving({FieldName.CHOICE: NONE})
    return _some(asked, text, without_politeness(said.bare), figures)


def _some(asked: Asked, text: str, bare: str, figures: list[int]) -> Reading:
    if figures and is_approximate(text):
        return asking(Reason.AMBIGUOUS, choice=SOME)
    if (
        len(figures) == 1
        and not is_negative(text)
        and (_SOME.search(text) or _COUNTED.search(text))
    ):
        told = {FieldName.CHOICE: SOME}
        return giving(told if asked.withheld else {**told, FieldName.COUNT: figures[0]})
    if len(figures) > 1 and _SOME.search(text):
        return asking(Reason.AMBIGUOUS, choice=SOME)
    if figures:
        return AMBIGUOUS
    if bare in _BARE_YES or (
        _SOME.search(text) and text.split()[0] in ("co", "da", "u", "vang", "phat")
    ):
        return giving({FieldName.CHOICE: SOME})
    if re.search(r"\b(?:roi|dat|xong|ok|duoc)\b", text):
        return AMBIGUOUS
    return NOT_READABLE


def _count(asked: Asked, text: str) -> Reading:
    """The figure after "có" was given."""
    figures = figures_in(text)
    if is_approximate(text) or is_percent(text):
        return AMBIGUOUS
    if figures == [0] or (not figures and _NONE.search(text)):
        # On a page the part was named again: it is a correction.
        return asking(Reason.CONTRADICTION) if asked.alone else giving({FieldName.CHOICE: NONE})
    if len(figures) == 1 and not is_negative(text) and not _NONE.search(text):
        return weighed(asked, giving({FieldName.COUNT: figures[0]}))
    return asking(Reason.TOO_MANY) if len(figures) > 1 else NOT_READABLE

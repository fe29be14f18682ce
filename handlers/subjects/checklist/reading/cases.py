"""Kind cases: "12/15", "15 vụ còn 3", "9 vụ, hòa giải thành 8"."""

import re
from typing import Final

from domain.answers import FieldName
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.figures import (
    FIGURE,
    figures_in,
    is_approximate,
    is_percent,
    weighed,
    whole,
)
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_UNIT = r"(?: ?(?:vu|viec|vu viec|truong hop|don|cai))*"
_OF: Final = re.compile(
    rf"(?<![\w/])(?P<part>{FIGURE}){_UNIT} ?(?:/|tren(?: tong(?: so)?)?"
    rf"|trong(?: tong(?: so)?| so)?|of) ?(?P<whole>{FIGURE})(?![\w/])"
)
_DONE = (
    r"(?:da |duoc |giai quyet |xu ly |hoa giai |thanh |xong |dut diem |on thoa |duoc |giai "
    r"|ket thuc |het |roi |so )"
)
_SETTLED: Final = re.compile(
    rf"\b{_DONE}{{0,5}}(?:xong|thanh|giai quyet|dut diem|hoa giai|xu ly|duoc|giai"
    r"|ket thuc|on thoa)(?: (?:duoc|dut diem|xong|thanh|la|het|roi|co|cong|so"
    rf"|tong cong|ca|du|toan bo))*[ :]*(?P<figure>{FIGURE})\b(?!%)"
)
_SETTLED_AFTER: Final = re.compile(
    rf"(?P<figure>{FIGURE}){_UNIT} (?:da |duoc |deu |la )*(?:xong|thanh|giai quyet"
    r"|dut diem|hoa giai|xu ly|on thoa)\b"
)
_LEFT: Final = re.compile(
    r"\b(?:tru(?: ra)?|con|ton|con ton|con lai|chua (?:xong|giai quyet|thanh"
    r"|hoa giai)(?: duoc| dut diem| thanh)?|khong thanh|dang (?:giai quyet|xu ly"
    r"|thu ly|xem xet)|ton dong)(?: (?:ton|lai|co|dong|la"
    rf"|chua))*[ :]*(?P<figure>{FIGURE})\b"
)
_LEFT_AFTER: Final = re.compile(
    rf"(?P<figure>{FIGURE}){_UNIT} (?:con |dang |chua |khong |van )+(?:ton|xong"
    r"|giai quyet|thanh|xu ly|dut diem|dang|chua|lai)\b(?! \d)"
)
_ALL_DONE: Final = re.compile(
    r"\b(?:xong|thanh|giai quyet|dut diem|hoa giai|xu ly|giai)(?: (?:duoc|xong|thanh"
    r"|dut diem|cong))* (?:ca|het|tat ca|toan bo|roi het|tron|100 ?%)\b"
    r"|\b(?:deu|ca|tat ca|het|toan bo)\b.{0,25}\b(?:xong|thanh|giai quyet|dut diem"
    r"|on thoa|hoa giai)\b|\bxong het\b|\bdu het\b|\b100 ?%|\bkhong (?:con )?ton\b"
    r"|\bhet (?:roi|ca|tron|san)\b|^(?:da )?(?:xong|het|du|giai quyet xong)(?: roi)?$"
)
_NONE: Final = re.compile(r"\b(?:khong|chua|chang|hong)\b|^0\b")


def read(asked: Asked, said: Saying) -> Reading:
    """How many there were and how many of them were settled."""
    text = " ".join(said.plain.strip(" .!").split())
    if (pair := _OF.search(text)) is not None:
        return _checked(
            asked, _both(whole(pair["whole"]), whole(pair["part"]), _PERCENT.sub(" ", text), pair)
        )
    if is_percent(text) and not _ALL_DONE.search(text):
        return asking(Reason.PERCENT_ONLY)
    if is_approximate(text) or _ABOUT.search(text):
        return _about(asked, text)
    return _checked(asked, _read(asked, text))


_PERCENT: Final = re.compile(r"\b\d+(?:[.,]\d+)? ?(?:%|phan tram)")
_ABOUT: Final = re.compile(
    r"\b(?:phan lon|da so|hau het|gan het|(?:qua |hon )?(?:mot )?nua|mot so|co ban|nhieu)\b"
)


def _about(asked: Asked, text: str) -> Reading:
    """The settled ones are told roughly; the number of all may be exact."""
    figures = figures_in(text)
    exact = not is_approximate(text) and len(figures) == 1 and asked.open_field is FieldName.TOTAL
    return asking(Reason.AMBIGUOUS, total=figures[0]) if exact else AMBIGUOUS


def _read(asked: Asked, text: str) -> Reading:
    figures = figures_in(text)
    known = asked.draft.get(FieldName.TOTAL)
    total = known if isinstance(known, int) else None
    left = _figure(_LEFT.search(text) or _LEFT_AFTER.search(text))
    settled = _figure(_SETTLED.search(text) or _SETTLED_AFTER.search(text))
    if len(figures) == _TWO:
        return _two(figures, left, settled, text)
    if len(figures) > _TWO:
        return _three(figures, left, settled)
    if len(figures) == 1:
        return _one(asked, text, figures[0], total, left)
    return _no_figure(text, total)


_TWO: Final = 2


def _figure(found: re.Match[str] | None) -> int | None:
    return None if found is None else whole(found["figure"])


def _both(total: int, settled: int, text: str, pair: re.Match[str]) -> Reading:
    rest = text[: pair.start()] + text[pair.end() :]
    if figures_in(rest) not in ([], [total], [settled]):
        return asking(Reason.TOO_MANY)
    if settled > total:
        return asking(Reason.CONTRADICTION)
    return _given(total, settled)


def _given(total: int, settled: int) -> Reading:
    return giving({FieldName.TOTAL: total} | ({FieldName.SETTLED: settled} if total else {}))


def _two(figures: list[int], left: int | None, settled: int | None, text: str) -> Reading:
    first, second = figures
    if left is not None and (settled is None or settled == left):
        total = first if left == second else second
        return _given(total, total - left) if left <= total else asking(Reason.CONTRADICTION)
    if settled is not None and left is not None:
        return _given(settled + left, settled)
    if {first, second} <= {whole(one["figure"]) for one in _SETTLED.finditer(text)}:
        return _given(max(first, second), min(first, second))
    if settled is not None:
        total = first if settled == second else second
        if first == second:
            return _given(first, second)
        return _given(total, settled) if settled <= total else asking(Reason.CONTRADICTION)
    return AMBIGUOUS


def _three(figures: list[int], left: int | None, settled: int | None) -> Reading:
    """ "14, xong 13, 1 đang thụ lý": all, the settled and the rest, if they add up."""
    total = max(figures)
    parts = sorted(figures)[:-1]
    if len(figures) != _TWO + 1 or sum(parts) != total:
        return asking(Reason.TOO_MANY)
    if settled in figures and settled != total:
        return _given(total, settled)
    return _given(total, total - left) if left in parts and left is not None else AMBIGUOUS


def _one(asked: Asked, text: str, figure: int, total: int | None, left: int | None) -> Reading:
    correcting = asked.step is None
    if re.search(r"\btong\b", text):
        return giving({FieldName.TOTAL: figure})
    if left is not None:
        if total is None:
            return AMBIGUOUS
        return (
            giving({FieldName.SETTLED: total - left})
            if left <= total
            else asking(Reason.CONTRADICTION)
        )
    if figure == 0 and (asked.open_field is FieldName.TOTAL or correcting):
        return giving({FieldName.TOTAL: 0})
    if asked.open_field is FieldName.TOTAL:
        if _ALL_DONE.search(text):
            return _given(figure, figure)
        if _SETTLED.search(text) or _SETTLED_AFTER.search(text):
            return AMBIGUOUS
        return AMBIGUOUS if _NONE.search(text) else giving({FieldName.TOTAL: figure})
    if correcting and re.search(r"\d ?vu\b", text) and not _SETTLED.search(text):
        return giving({FieldName.TOTAL: figure})
    if correcting and not _SETTLED.search(text) and not _SETTLED_AFTER.search(text):
        return AMBIGUOUS
    if total is not None and figure > total:
        return asking(Reason.CONTRADICTION)
    return giving({FieldName.SETTLED: figure})


def _no_figure(text: str, total: int | None) -> Reading:
    if total is not None:
        if re.search(
            r"\b(?:chua|khong) (?:co )?(?:vu|cai|giai quyet|xong|thanh|hoa giai|duoc)\b", text
        ) or text in ("khong", "chua"):
            return giving({FieldName.SETTLED: 0})
        if _ALL_DONE.search(text):
            return giving({FieldName.SETTLED: total})
        return NOT_READABLE
    return giving({FieldName.TOTAL: 0}) if _NONE.search(text) else NOT_READABLE


def _checked(asked: Asked, reading: Reading) -> Reading:
    """Weigh only the total: how many of them are settled may be any number."""
    if FieldName.TOTAL not in reading.fields:
        return reading
    return weighed(asked, reading)

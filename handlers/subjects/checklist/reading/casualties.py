"""Dead and injured in a text about accidents: "chết 2", "2 người chết", "không ai bị thương"."""

import re
from typing import Final

from domain.answers import FieldName, Value
from handlers.subjects.checklist.reading.figures import FIGURE, figures_in, whole
from handlers.subjects.checklist.reading.two_years import BOTH, LAST, THIS

DEATHS: Final = (FieldName.DEATHS_LAST_YEAR, FieldName.DEATHS_THIS_YEAR)
INJURED: Final = (FieldName.INJURED_LAST_YEAR, FieldName.INJURED_THIS_YEAR)

_WORD: Final = re.compile(
    r"(?P<none>\b(?:khong|chua|chang)(?: (?:co|ai|nguoi|nao|bi"
    r"|truong hop))* )?\b(?P<what>chet(?: nguoi)?|tu vong|(?:bi )?thuong(?: tich| nang"
    r"| nhe)?)\b"
)
_PARTED: Final = re.compile(r"\bnang\b.*\bnhe\b|\bnhe\b.*\bnang\b")
_RIGHT_BEFORE: Final = re.compile(rf"(?P<figure>{FIGURE}) (?:nguoi )?(?:bi )?$")


def _names(word: str) -> tuple[FieldName, FieldName]:
    return DEATHS if word.startswith(("chet", "tu vong")) else INJURED


def clauses(text: str) -> tuple[str, list[tuple[tuple[FieldName, FieldName], str]]]:
    """The text about the accidents, and each clause about dead or injured with its fields."""
    found = list(_WORD.finditer(text))
    if not found:
        return text.strip(" ,;."), []
    head = text[: found[0].start()]
    told = []
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        after = text[one.end() : end]
        before = _RIGHT_BEFORE.search(head) if at == 0 else None
        figure = "0" if one["none"] else ""
        if before is not None and not figure and not figures_in(after):
            head, figure = head[: before.start()], before["figure"]
        parted = text[one.start() : end] if _PARTED.search(text[one.start() : end]) else ""
        told.append((_names(one["what"]), parted or f"{figure} {after}".strip(" ,;.")))
    return head.strip(" ,;."), told


def is_parted(clause: str) -> bool:
    """Whether the injured are told in parts: "nặng 2, nhẹ 7"."""
    return _PARTED.search(clause) is not None


def year_by_year(text: str) -> dict[FieldName, Value] | None:
    """The figures of a text that tells one year after the other, each with its dead and injured.

    None for every other text; empty if the figures of a year cannot be told apart.
    """
    marks = list(re.finditer(rf"{LAST}|{THIS}", text))
    words = list(_WORD.finditer(text))
    one_after_the_other = (
        len(marks) == _TWO
        and marks[0][0] != marks[1][0]
        and words
        and not figures_in(text[: marks[0].start()])
        and words[0].start() < marks[1].start() < words[-1].start()
        and "so voi" not in text
    )
    if not one_after_the_other:
        return None
    fields: dict[FieldName, Value] = {}
    for mark, end in zip(marks, (marks[1].start(), len(text)), strict=True):
        which = int(mark[0] == THIS)
        told = _of_one_year(text[mark.end() : end])
        if told is None:
            return {}
        fields |= {names[which]: value for names, value in told.items()}
    return fields


def one_year(text: str) -> dict[tuple[FieldName, FieldName], int] | None:
    """The figures of a text that tells accidents, dead and injured of one year without naming it;
    None for every other text.
    """
    if (
        re.search(rf"{LAST}|{THIS}|{BOTH}|so voi|\bcon\b", text)
        or len(list(_WORD.finditer(text))) < _TWO
    ):
        return None
    told = _of_one_year(text)
    return told if told is not None and _CASES in told else None


_TWO: Final = 2
_CASES: Final = (FieldName.LAST_YEAR, FieldName.THIS_YEAR)


def _of_one_year(text: str) -> dict[tuple[FieldName, FieldName], int] | None:
    """Accidents, dead and injured of one year; None if a figure is left over."""
    words = list(_WORD.finditer(text))
    told: dict[tuple[FieldName, FieldName], int] = {}
    after_its_figure = bool(words) and _RIGHT_BEFORE.search(text[: words[0].start()]) is not None
    end, rest = 0, ""
    for at, one in enumerate(words):
        before = text[end : one.start()]
        stop = words[at + 1].start() if at + 1 < len(words) else len(text)
        figure = _RIGHT_BEFORE.search(before) if after_its_figure else None
        following = re.match(rf"[ :,la]*(?P<figure>{FIGURE})", text[one.end() : stop])
        if one["none"]:
            told[_names(one["what"])] = 0
        elif figure is not None:
            told[_names(one["what"])] = whole(figure["figure"])
            before = before[: figure.start()]
        elif following is not None and not after_its_figure:
            told[_names(one["what"])] = whole(following["figure"])
        else:
            return None
        rest += before if at == 0 or after_its_figure else ""
        end = one.end()
    left = figures_in(rest if words else text)
    if len(left) > 1:
        return None
    return {**({_CASES: left[0]} if left else {}), **told}

"""Reads a typed reply as the value that the open step takes."""

import re
from itertools import pairwise

from domain.answers import FieldName, Value
from domain.criteria import Requirement
from domain.steps import Step, StepKind
from handlers.understanding.choices import read_choice
from handlers.understanding.dates import find_date, without_date
from handlers.understanding.text import plain, tidy
from handlers.understanding.typed import typed

_WHOLE_NUMBER = re.compile(
    r"^(?:(?:co|la|tong|tong so|tong cong)\s*:?\s*)?"
    r"(?P<figures>\d{1,3}(?:\.\d{3})+|\d{1,9})"
    # "2 nghìn" and "5 phần trăm" are not the numbers 2 and 5.
    r"(?!\s*(?:k|tr|tram|nghin|ngan|trieu|ty|chuc|ruoi|phan)\b)"
    r"(?:\s*[a-z(][a-z ,()]{0,60}?)?(?: nam 20\d\d)?$"
)
_NO_CASE = re.compile(
    r"^(?:da )?(?:khong|ko|k|chua)(?: co| xay ra| phat sinh| ghi nhan)*"
    r"(?: vu| ai| nguoi| mo hinh| truong hop| diem)?(?: viec)?(?: nao)?(?: ca)?(?: a)?$"
    r"|^(?:none|no)$"
)
_NO_NAME = re.compile(
    r"^(?:da )?(?:khong|ko|chua)(?: co)?(?: mo hinh)?(?: nao)?(?: ca)?(?: a)?$"
    r"|^0(?: mo hinh)?$|^none(?: yet)?$"
)
_NOT_A_NAME = re.compile(
    r"^(?:co|co roi|da co|roi|dat|vang|ok|yes|nhieu)$"
    # A number of models is not the name of a model.
    r"|^(?:co )?\d+(?: mo hinh)?$|\?$"
)
_NOTHING_TOLD = re.compile(
    # Said instead of a name: the person does not know it, or it does not exist yet.
    r"^(?:toi |minh )?(?:khong|ko|k|chua) (?:nho|biet|ro|nam duoc|xac dinh|co so lieu)\b"
    r"|^(?:dang|se|sap) (?:xay dung|lam|trien khai|cap nhat|soan|chuan bi|cho)\b"
    r"|^(?:nan|null|nil|n/a|na|test|de sau|bo trong)$"
)
_NUMBER_AHEAD = re.compile(r"\bs[oốôó]\s*[:.]?\s*(?=\w*\d)", re.IGNORECASE)
_CONNECTOR = re.compile(r"\s*([-/])\s*")
_SYMBOL_LENGTH = 6
"""Letters of an abbreviation typed separately from its number: "12 NQ ĐU"; the longest
is ANTTQP.
"""
_SEPARATORS = re.compile(r"[;\n]+")
_BULLET = re.compile(r"^\s*(?:[-•*+]\s*|\d{1,2}[.)](?!\d)\s*)")


def read_reply(
    step: Step, labels: tuple[str, ...], text: str
) -> tuple[tuple[FieldName, Value], ...]:
    """The fields that `text` gives, the open step's first; empty if it cannot be read.

    Only a document's number may come with a second field, its date.
    """
    value: Value | None
    match step.kind:
        case StepKind.CHOICE:
            value = read_choice(labels, text)
        case StepKind.WHOLE_NUMBER:
            value = _whole_number(text)
        case StepKind.DATE:
            value = find_date(text)
        case StepKind.DOCUMENT_NUMBER:
            return _number_and_date(text)
        case StepKind.NAMES:
            value = _names(text)
    return () if value is None else ((step.field, value),)


def labels_of(
    requirement: Requirement, step: Step, force_majeure: tuple[str, ...]
) -> tuple[str, ...]:
    """The labels of a choice step: from the pack, or ours for the claim of force majeure."""
    if step.kind is not StepKind.CHOICE:
        return ()
    return force_majeure if step.field is FieldName.FORCE_MAJEURE else requirement.choices


def read_document(text: str) -> tuple[tuple[FieldName, Value], ...]:
    """The number of a document, and its date if the text has one; empty if there is no number."""
    return _number_and_date(text)


NO_CLAIM = 1
"""The index of "Không" when force majeure is asked; see `labels_of`."""


def _whole_number(text: str) -> int | None:
    said = plain(typed(text)).strip(" .!")
    if _NO_CASE.match(said):
        return 0
    found = _WHOLE_NUMBER.match(said)
    return int(found["figures"].replace(".", "")) if found else None


def _number_and_date(text: str) -> tuple[tuple[FieldName, Value], ...]:
    number = _document_number(without_date(text))
    if number is None:
        return ()
    fields: tuple[tuple[FieldName, Value], ...] = ((FieldName.NUMBER, number),)
    day = find_date(text)
    return (*fields, (FieldName.ISSUED_ON, day)) if day else fields


def _document_number(text: str) -> str | None:
    """The number and symbol alone: words around it are not stored, they might be names."""
    ahead = _NUMBER_AHEAD.search(text)
    words = _CONNECTOR.sub(r"\1", text[ahead.end() :] if ahead else text).split()
    at = next((at for at, word in enumerate(words) if _has_figure(word)), None)
    if at is None or (at > 0 and not _connected(words[at])):
        # Words alone, or a figure among words ("có 2 văn bản"), mean something else.
        return None
    taken = [words[at]]
    for word in words[at + 1 :]:
        symbol = word.isupper() and len(word) <= _SYMBOL_LENGTH
        if not (_connected(word) or (symbol and not any(map(_connected, taken)))):
            break
        taken.append(word)
    number = " ".join(taken).strip(" .,;:()\"'-/")
    # A figure alone is a mistake (the number of a menu) or half a number.
    return number if _is_document_number(number) else None


def _is_document_number(text: str) -> bool:
    """Whether it can be a document's number: a figure and a symbol of at least two letters
    ("12-NQ/ĐU").
    """
    symbol = any(one.isalpha() and other.isalpha() for one, other in pairwise(text))
    return symbol and _has_figure(text) and text.isprintable()


def _has_figure(word: str) -> bool:
    return any(letter.isdecimal() for letter in word)


def _connected(word: str) -> bool:
    return "-" in word or "/" in word


def _names(text: str) -> tuple[str, ...] | None:
    said = plain(typed(text)).strip(" .!")
    if _NO_NAME.match(said):
        return ()
    if _NOT_A_NAME.search(said) or _NOTHING_TOLD.search(said):
        return None
    parts = (tidy(_BULLET.sub("", part)).strip(" .,") for part in _SEPARATORS.split(text))
    names = tuple(part for part in parts if any(letter.isalpha() for letter in part))
    return names or None

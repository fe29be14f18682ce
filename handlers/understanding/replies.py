"""A typed reply read as the value that the open step takes."""

import re

from domain.answers import FieldName, Value
from domain.criteria import Requirement
from domain.steps import Step, StepKind
from handlers.understanding.dates import find_date, without_date
from handlers.understanding.text import plain

_CHOICE_NUMBER = re.compile(r"^(?:so |cau |chon )?(\d{1,2})[.)]?$")
_WHOLE_NUMBER = re.compile(r"^(?:co |la )?(\d{1,3}(?:[.\s]\d{3})+|\d{1,9})(?:\s+[^\d]{1,60})?$")
_NO_NUMBER = frozenset({"khong", "khong co", "chua co", "khong vu nao", "none", "no"})
_YES_WORDS = frozenset({"co", "co roi", "da co", "roi", "dat", "yes", "y", "ok"})
_NO_WORDS = frozenset({"khong", "chua", "chua co", "khong co", "chua dat", "no"})
_YES_STARTS = ("co", "dat", "da", "yes")
_NO_STARTS = ("khong", "chua", "no")
_NONE_YET = frozenset({"chua co", "khong co", "khong", "chua", "none", "none yet"})
_SEPARATORS = re.compile(r"[;\n]+")
_BULLET = re.compile(r"^\s*(?:[-•*+]|\d{1,2}[.)])\s+")
_MIDDLE_LENGTH = 100
"""A choice is never typed longer than its own label; no label has more characters."""


def read_reply(
    step: Step, labels: tuple[str, ...], text: str
) -> tuple[tuple[FieldName, Value], ...]:
    """The fields that `text` gives, the open step's first; empty when it cannot be read.

    Only a document's number may bring a second field with it, the day it was signed.
    """
    value: Value | None
    match step.kind:
        case StepKind.CHOICE:
            value = _choice(labels, text)
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
    """The labels of a choice step: the pack's own, or ours for the claim of force majeure."""
    if step.kind is not StepKind.CHOICE:
        return ()
    return force_majeure if step.field is FieldName.FORCE_MAJEURE else requirement.choices


def _choice(labels: tuple[str, ...], text: str) -> int | None:
    said = plain(text).strip(" .!")
    if found := _CHOICE_NUMBER.match(said):
        # Out of range is the domain's to refuse, with the right sentence.
        return int(found[1]) - 1
    if not said or len(said) > _MIDDLE_LENGTH:
        return None
    plain_labels = [plain(label) for label in labels]
    for exact in (plain_labels, [_head(label) for label in plain_labels]):
        if exact.count(said) == 1:
            return exact.index(said)
    return _yes_or_no(plain_labels, said)


def _head(label: str) -> str:
    """A label without what it explains: "co (ghi so, ngay)" is "co"."""
    return re.split(r"[(,:]", label, maxsplit=1)[0].strip()


def _yes_or_no(plain_labels: list[str], said: str) -> int | None:
    for words, starts in ((_NO_WORDS, _NO_STARTS), (_YES_WORDS, _YES_STARTS)):
        if said in words:
            fitting = [i for i, label in enumerate(plain_labels) if label.startswith(starts)]
            return fitting[0] if fitting else None
    return None


def _whole_number(text: str) -> int | None:
    said = plain(text).strip(" .!")
    if said in _NO_NUMBER:
        return 0
    found = _WHOLE_NUMBER.match(said)
    return int(re.sub(r"[.\s]", "", found[1])) if found else None


def _number_and_date(text: str) -> tuple[tuple[FieldName, Value], ...]:
    day = find_date(text)
    number = without_date(text) if day else text
    number = re.sub(r"(?i)^\s*(?:số|so)\s*:?\s+", "", number).strip(" .,;")
    # A document number always has a figure in it; words alone are something else said.
    if not any(letter.isdigit() for letter in number):
        return ()
    fields: tuple[tuple[FieldName, Value], ...] = ((FieldName.NUMBER, number),)
    return (*fields, (FieldName.ISSUED_ON, day)) if day else fields


def _names(text: str) -> tuple[str, ...] | None:
    if plain(text).strip(" .!") in _NONE_YET:
        return ()
    parts = (_BULLET.sub("", part).strip(" .,") for part in _SEPARATORS.split(text))
    names = tuple(part for part in parts if any(letter.isalpha() for letter in part))
    return names or None

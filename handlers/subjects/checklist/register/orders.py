"""What is typed at a register: keep, add, edit, end, remove, or simply names. Changes nothing."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.registers import Entries, RegisterEntry
from handlers.subjects.checklist.reading.names import names_in
from handlers.subjects.checklist.register.entry_text import (
    CommaDoubt,
    EntryText,
    Named,
    NotPossible,
    last_day,
    not_known,
    read_entries,
)
from handlers.understanding.text import plain
from handlers.understanding.typed import typed


@dataclass(frozen=True, kw_only=True)
class Keep:
    """The register is right: all its entries are the answer."""


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """The unit has none."""


@dataclass(frozen=True, kw_only=True)
class Add:
    """Further entries."""

    told: EntryText


@dataclass(frozen=True, kw_only=True)
class Edit:
    """New words for the entry with this number."""

    number: int
    told: EntryText


@dataclass(frozen=True, kw_only=True)
class End:
    """The entry with this number ended, on a day if one was named."""

    number: int
    last_day: date | None


@dataclass(frozen=True, kw_only=True)
class Remove:
    """The entry with this number was a mistake."""

    number: int


Fixed = Keep | Nothing | End | Remove
"""Orders without words of the person's own, which need no screening."""
Free = Add | Edit
"""Orders with a name in them."""

_KEEP: Final = re.compile(
    r"^(?:giu(?: lai| du| ca)*(?: \d+)?(?: [a-z ]*da ghi)?|keep(?: [a-z0-9 ]*on record)?)$"
)
_END: Final = re.compile(r"^(?:ket thuc|end)(?: so)? (?P<number>\d{1,3})(?P<rest>(?: .*)?)$")
_REMOVE: Final = re.compile(r"^(?:xoa|bo|remove)(?: so)? (?P<number>\d{1,3})$")
_EDIT: Final = re.compile(
    r"^(?:sửa|sua|edit)(?: số)? (?P<number>\d{1,3})[\s:,]+(?P<rest>.*[^\W\d].*)$", re.IGNORECASE
)
_ADD: Final = re.compile(r"^(?:thêm|them|add)[\s:]+(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL)


def read_fixed(text: str) -> Fixed | None:
    """The order that a whole text is, None if it is none of them."""
    said = plain(typed(text)).strip(" .!")
    if _KEEP.match(said):
        return Keep()
    if found := _REMOVE.match(said):
        return Remove(number=int(found["number"]))
    if found := _END.match(said):
        ended = last_day(found["rest"])
        # A day that does not exist must not become today.
        unclear = ended is None and re.search(r"\d", found["rest"])
        return None if unclear else End(number=int(found["number"]), last_day=ended)
    return Nothing() if names_in(text) == () else None


def read_free(text: str) -> Free | None:
    """Names to add, or new words for an entry; None if the text names nothing."""
    said = text.strip()
    if found := _EDIT.match(said):
        told = read_entries(found["rest"])
        return None if told is None else Edit(number=int(found["number"]), told=told)
    found = _ADD.match(said)
    listed = found["rest"] if found else said
    if not names_in(listed):
        # "đang xây dựng", "nhiều", "3 mô hình": no names.
        return None
    told = read_entries(listed)
    return None if told is None else Add(told=told)


def read_on_page(
    text: str, offered: tuple[RegisterEntry, ...]
) -> Entries | CommaDoubt | NotPossible | None:
    """The answer that a text on a page gives: all that is offered, none, or the names besides it.

    It changes nothing: new entries have no id until the answer is saved. None for any other text;
    an entry is edited, ended or removed where the question is asked alone.
    """
    match read_fixed(text):
        case Keep():
            return Entries(items=offered) if offered else None
        case Nothing():
            return Entries()
        case End() | Remove():
            return None
    match read_free(text):
        case Add(told=Named(entries=entries)):
            return Entries(items=(*offered, *not_known(entries, offered)))
        case Add(told=CommaDoubt() | NotPossible() as doubt):
            return doubt
    return None

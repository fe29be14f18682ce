"""Words that act on the conversation itself, in both languages, with or without diacritics."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.understanding.dates import find_date
from handlers.understanding.text import plain


class Command(StrEnum):
    """What a person can order in one word or two."""

    MENU = "menu"
    RESUME = "resume"
    RESULT = "result"
    DATES = "dates"
    HELP = "help"
    LANGUAGE = "language"
    VIETNAMESE = "vietnamese"
    ENGLISH = "english"
    SKIP = "skip"
    BACK = "back"
    EXPLAIN = "explain"
    NOT_APPLICABLE = "not_applicable"
    LATER = "later"
    KEEP = "keep"
    FIX = "fix"
    STATUS = "status"
    HANDED_IN = "handed_in"


@dataclass(frozen=True, kw_only=True)
class Order:
    """A command with what it was given: a question or item ("I.5.b"), a duty ("N3"), a day."""

    command: Command
    about: str | None = None
    on: date | None = None


_PHRASES: dict[Command, tuple[str, ...]] = {
    Command.MENU: ("menu", "trang dau", "ve dau", "start", "xin chao", "chao", "hello", "hi"),
    Command.RESUME: (
        "lam tiep",
        "tiep tuc",
        "tiep",
        "bat dau",
        "tra loi",
        "cham diem",
        "continue",
        "resume",
    ),
    Command.RESULT: ("ket qua", "xem ket qua", "ket qua tu cham", "result", "results"),
    Command.DATES: (
        "han",
        "han nop",
        "lich",
        "viec",
        "viec can lam",
        "dates",
        "deadlines",
        "due",
    ),
    Command.HELP: ("tro giup", "giup", "huong dan", "help", "?"),
    Command.LANGUAGE: ("ngon ngu", "language", "doi ngon ngu"),
    Command.VIETNAMESE: ("tieng viet", "vietnamese"),
    Command.ENGLISH: ("tieng anh", "english"),
    Command.SKIP: ("bo qua", "skip"),
    Command.BACK: ("quay lai", "lui lai", "back"),
    Command.EXPLAIN: ("giai thich", "explain"),
    Command.NOT_APPLICABLE: ("khong ap dung", "not applicable", "n/a"),
    Command.LATER: ("de sau", "dung", "tam dung", "thoat", "later", "stop"),
    Command.KEEP: ("giu nguyen", "khong sua", "keep"),
}

_BY_PHRASE = {phrase: command for command, phrases in _PHRASES.items() for phrase in phrases}

_FIX = re.compile(r"^(?:sua|sua cau|sua lai|fix|correct)(?:\s+(?P<about>[\w.]+))?$")
_RESULT_OF = re.compile(r"^(?:ket qua|result)(?: noi dung| item)?\s+(?P<about>[ivx]+\.\d+)$")
_HANDED_IN = re.compile(
    r"^(?:da nop|da gui|nop roi|handed in|done)(?:\s+(?P<about>n\s?\d+))?(?P<rest>\s.*)?$"
)


def read_order(text: str) -> Order | None:
    """The command that the whole of `text` is, or None."""
    said = plain(text).strip(" .!/")
    if said in _BY_PHRASE:
        return Order(command=_BY_PHRASE[said])
    if found := _FIX.match(said):
        return Order(command=Command.FIX, about=_upper(found["about"]))
    if found := _RESULT_OF.match(said):
        return Order(command=Command.RESULT, about=_upper(found["about"]))
    if found := _HANDED_IN.match(said):
        return _handed_in(found["about"], found["rest"])
    return None


def _handed_in(about: str | None, rest: str | None) -> Order | None:
    day = find_date(rest) if rest else None
    if rest and day is None:
        return None
    code = _upper(about.replace(" ", "")) if about else None
    return Order(command=Command.HANDED_IN, about=code, on=day)


def _upper(about: str | None) -> str | None:
    """ "i.5.b" as the document writes it, "I.5.b": the part in capitals, the letter small."""
    if about is None:
        return None
    head, dot, tail = about.partition(".")
    return head.upper() + dot + tail.lower()

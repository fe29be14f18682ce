"""The words of a register: its entries by name, with the year of their beginning."""

from typing import Final

from domain.answers import Answer
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.kinds.register import entries_of
from domain.registers import RegisterEntry
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words

ENTRIES_SHOWN = 80
"""Characters of the entries that are read back: enough to recognise them."""


def _said(asked: Asked, answer: Answer) -> str:
    entries = entries_of(answer).items
    if not entries:
        return asked.turn.say("actions.none_yet")
    told = "; ".join(entry_said(asked, one) for one in entries)
    return told if len(told) <= ENTRIES_SHOWN else f"{told[:ENTRIES_SHOWN].rstrip()}…"


def entry_said(asked: Asked, entry: RegisterEntry) -> str:
    """One entry with its details in brackets: "Tổ tự quản (từ 2021; đến 30/06/2024)"."""
    say = asked.turn.say
    details = []
    if entry.since_year is not None:
        details.append(say("kinds.entry_since", day=entry.since_on, year=entry.since_year))
    if entry.ended_on is not None:
        details.append(say("kinds.entry_until", day=entry.ended_on))
    if entry.decision_number:
        number, day = entry.decision_number, entry.decision_date
        details.append(say("kinds.entry_decision", number=number, day=day))
    if entry.note:
        details.append(say("kinds.entry_note", note=entry.note))
    return f"{entry.name} ({'; '.join(details)})" if details else entry.name


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.register_heading")


def _example(_asked: Asked, _place: Place, _at: int) -> str:
    # A name in an example would be copied.
    return "…"


REGISTER: Final = Words(
    asked_as=AskedAs.REGISTER,
    said=_said,
    heading=_heading,
    text=words.named,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)

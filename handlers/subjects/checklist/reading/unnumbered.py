"""Reads a message that names no part: an order, one word for all parts, a new value for an answer
that was read back.
"""

import re
from collections.abc import Mapping
from typing import Final

from domain.answers import FieldName, Value
from domain.criteria import AskedAs
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import Asked, Reading
from handlers.subjects.checklist.reading.cutting import read_for_all
from handlers.subjects.checklist.reading.page_reading import PageReading
from handlers.understanding.commands import Command
from handlers.understanding.values.orders import asks
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_EXPLAINED: Final = re.compile(r"^(?:giai thich|explain)(?: cau| muc)? (?P<number>\d{1,2})\b")
_FOR_ALL: Final = re.compile(
    r"\b(?:het(?! han)|deu|tat ca|toan bo|ca (?:muc|\d+ cau|\d+)|het tron|cac cau|moi cau|ca)\b"
)
_FOR_ALL_WORDS: Final = re.compile(
    r"\b(?:het|deu|tat ca|toan bo|ca muc|ca \d+ cau|ca|cac cau|moi cau)\b"
)


def read_whole(questions: Mapping[int, Asked], text: str) -> PageReading | None:
    """An order or a question of the whole message, or one word for all parts."""
    said = Saying(text)
    if found := _EXPLAINED.match(said.plain):
        return PageReading(order=Command.EXPLAIN, about=int(found["number"]))
    first = next(iter(questions.values()))
    reading = read_alone(first, text)
    if reading.order is not None:
        return PageReading(order=reading.order)
    if reading.question:
        return PageReading(question=reading.question)
    return None


def read_unnumbered(
    questions: Mapping[int, Asked], pending: frozenset[int], text: str
) -> PageReading:
    said = Saying(text)
    if asks(said.plain):
        return PageReading(question="explain")
    if inside := _part_inside(questions, said):
        return PageReading(parts=inside)
    open_parts = {number: one for number, one in questions.items() if number not in pending}
    if pending and (corrected := _correction(questions, pending, said)):
        return PageReading(parts=corrected)
    if _FOR_ALL.search(said.plain):
        word = _FOR_ALL_WORDS.sub(" ", said.plain)
        for_all = read_for_all(open_parts, word) if open_parts else {}
        if for_all:
            return PageReading(parts=for_all)
    if len(open_parts) == 1 and not pending:
        ((number, asked),) = open_parts.items()
        reading = read_alone(asked, text)
        return PageReading(parts={number: reading}, refuse=reading.refuse)
    screened = next(
        (one for one in (read_alone(asked, text) for asked in questions.values()) if one.refuse),
        None,
    )
    if screened is not None:
        return PageReading(refuse=screened.refuse)
    return PageReading(ask=Reason.AMBIGUOUS if said.words else Reason.NOT_READABLE)


_INSIDE: Final = re.compile(r"\b(?:cau|muc|y) (?P<number>\d{1,2})\b")


def _part_inside(questions: Mapping[int, Asked], said: Saying) -> dict[int, Reading]:
    """The one part that a text names in its middle: "số văn bản câu 1 là 17-NQ/ĐU"."""
    named = list(_INSIDE.finditer(said.plain))
    if len(named) != 1 or int(named[0]["number"]) not in questions:
        return {}
    number = int(named[0]["number"])
    reading = read_alone(questions[number], said.without(named[0].span()))
    return {number: reading} if reading.fields else {}


_CORRECTABLE: Final = (
    AskedAs.DOCUMENT,
    AskedAs.COUNT,
    AskedAs.CASES,
    AskedAs.YEAR_ON_YEAR,
    AskedAs.LIST,
    AskedAs.RATING,
)


def _correction(
    questions: Mapping[int, Asked], pending: frozenset[int], said: Saying
) -> dict[int, Reading]:
    """A new value without a part's number: it corrects the one answer read back that it fits."""
    if not re.search(r"\d", said.plain):
        return {}
    found: dict[int, Reading] = {}
    for number in pending & questions.keys():
        asked = questions[number]
        if asked.requirement.asked_as not in _CORRECTABLE:
            continue
        reading = read_alone(asked, said.clean)
        if reading.fields and not _says_nothing_new(asked, reading.fields):
            found[number] = reading
    return found if len(found) == 1 else {}


def _says_nothing_new(asked: Asked, fields: Mapping[FieldName, Value]) -> bool:
    return all(asked.draft.get(name) == value for name, value in fields.items())

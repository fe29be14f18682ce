"""Answers as officers type them, each with the outcomes that are equally right.

The rows are of two authors who had not seen the reader. A row of the way `alone` has the open
`question` and what was `given`; one of the way `page` the `open` questions in the order of their
numbers and the `pending` answers. `expect_any` lists the outcomes as `antt read` prints them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from domain.answers import Answer, Field, FieldName, Value
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import Asked
from handlers.subjects.checklist.reading.page import read_page
from handlers.subjects.checklist.reading.reported import page_report, report
from tests.domain.tra_vinh import CRITERIA

ROWS: Final = Path(__file__).parent / "rows"
YEAR: Final = 2024
TODAY: Final = date(YEAR, 12, 20)
"""The day of a text that names none."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One text and what it means."""

    id: str
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        return str(self.body["text"])

    @property
    def outcomes(self) -> list[Mapping[str, Any]]:
        return self.body.get("expect_any") or [self.body["expect"]]


def rows() -> Iterator[Row]:
    """All rows, in the order of their files."""
    for file in sorted(ROWS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            body = json.loads(line)
            yield Row(id=body["id"], body=body)


def read(row: Row) -> dict[str, Any]:
    """What the reader makes of a row, as `antt read` prints it."""
    if row.body["way"] == "alone":
        asked = _asked(row, row.body["question"], row.body.get("given"), row.body.get("known"))
        return report(read_alone(asked, row.text))
    pending, known = row.body.get("pending") or {}, row.body.get("known") or {}
    questions = {
        number: _asked(row, one, pending.get(str(number)), known.get(str(number)), alone=False)
        for number, one in enumerate(row.body["open"], start=1)
    }
    return page_report(read_page(questions, frozenset(map(int, pending)), row.text))


def _asked(row: Row, question: str, given: Any, known: Any, *, alone: bool = True) -> Asked:
    fields = tuple(
        Field(name=FieldName(name), value=_value(name, value))
        for name, value in (given or {}).items()
    )
    return Asked(
        requirement=CRITERIA.requirement(question),
        draft=Answer(fields=fields),
        year=YEAR,
        today=date.fromisoformat(row.body["today"]),
        known={FieldName(name): value for name, value in (known or {}).items()},
        alone=alone,
    )


def _value(name: str, value: Any) -> Value:
    if name == FieldName.ISSUED_ON:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def stored(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields that an outcome stores, by part; a reply to one question is part "1"."""
    if "fields" in found:
        return {"1": dict(found["fields"])}
    return {number: dict(fields) for number, fields in found.get("parts", {}).items()}


def is_false(row: Row, found: Mapping[str, Any]) -> bool:
    """Whether the reading stores what none of the right outcomes stores, or writes what was
    rejected.
    """
    return all(_is_false(row, found, wanted) for wanted in row.outcomes)


def _is_false(row: Row, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if found.get("confirm") and not wanted.get("confirm"):
        return True
    right = stored(wanted)
    before = row.body.get("pending") or {"1": row.body.get("given") or {}}
    for number, fields in stored(found).items():
        allowed = {**before.get(number, {}), **right.get(number, {})}
        asks = wanted.get("ask") if row.body["way"] == "alone" else number in wanted.get("ask", {})
        if asks:
            # That there is a document is certain even if its number is asked.
            allowed.setdefault("choice", 0)
        if any(
            name not in allowed or not _same(value, allowed[name]) for name, value in fields.items()
        ):
            return True
    return False


def is_right(row: Row, found: Mapping[str, Any]) -> bool:
    """Whether the reading is one of the right outcomes."""
    return any(_is_right(row, found, wanted) for wanted in row.outcomes)


def _is_right(row: Row, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if _is_false(row, found, wanted):
        return False
    for name in ("order", "confirm"):
        if found.get(name) != wanted.get(name):
            return False
    if bool(found.get("reject")) != bool(wanted.get("reject")):
        return False
    if bool(found.get("refuse")) != bool(wanted.get("refuse")):
        return False
    told = stored(found)
    complete = all(
        name in told.get(number, {}) for number, fields in stored(wanted).items() for name in fields
    )
    return complete and bool(found.get("ask")) == bool(wanted.get("ask"))


def _same(value: Any, wanted: Any) -> bool:
    return _bare(value) == _bare(wanted)


def _bare(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False).casefold().replace("đ", "d")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"\b0+(?=\d)|mo hinh |\s", "", plain)

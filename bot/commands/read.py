"""`antt read`: what a text is understood as where a question or a page is open; saves nothing."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import cast

from bot.clock import SystemClock
from bot.commands.parser import Misuse, Parser, day
from bot.settings import Settings
from domain.answers import Answer, Field, FieldName, Value
from domain.criteria import CriteriaSet
from domain.deadlines import local_date
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import Asked
from handlers.subjects.checklist.reading.page import read_page
from handlers.subjects.checklist.reading.reported import page_report, report
from locales import Words
from packs import load_pack, pack_ids

DOCUMENT = "tra-vinh-1672-2022"
"""The document whose questions are read if none is named: the only one with a checklist today."""

_load = lru_cache(maxsize=8)(load_pack)


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("text", key="read_text", nargs="?", metavar="TEXT")
    parser.option("--document", key="read_document", metavar="ID", default=DOCUMENT)
    parser.option("--question", key="read_question", metavar="ID")
    parser.option("--item", key="read_item", metavar="ID")
    parser.option("--open", key="read_open", metavar="IDS")
    parser.option("--pending", key="read_pending", metavar="JSON", default="{}")
    parser.option("--given", key="read_given", metavar="JSON", default="{}")
    parser.option("--known", key="read_known", metavar="JSON", default="{}")
    parser.option("--year", key="read_year", type=int, metavar="YEAR")
    parser.option("--at", key="read_at", metavar="DAY")
    parser.option("--json", key="json", action="store_true")
    parser.option("--jsonl", key="jsonl", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:  # noqa: ARG001
    """Print what the text says; 1 if it says nothing that can be stored or done."""
    criteria = _criteria(options.document, words)
    if options.jsonl:
        for line in _answers(sys.stdin, criteria, words):
            print(line)
        return 0
    if options.text is None or (options.question is None) == (options.item is None):
        raise Misuse(words.say("cli.read_needs"))
    found = _row(criteria, _as_row(options, words), words)
    print(json.dumps(found, ensure_ascii=False) if options.json else _as_text(found))
    return 0 if found.keys() - {"ask"} else 1


def _criteria(document: str, words: Words) -> CriteriaSet:
    if document not in pack_ids() or (criteria := _load(document).criteria) is None:
        known = [one for one in pack_ids() if _load(one).criteria is not None]
        raise Misuse(words.say("cli.no_checklist_in", document=document, known=known))
    return criteria


def _as_row(options: argparse.Namespace, words: Words) -> dict[str, object]:
    """The options as a row of `--jsonl`."""
    row: dict[str, object] = {"text": options.text, "known": _json(options.known, words)}
    if options.at is not None:
        row["today"] = day(options.at[:10], words).isoformat()
    if options.year is not None:
        row["year"] = options.year
    if options.question is not None:
        return {**row, "question": options.question, "given": _json(options.given, words)}
    opened = options.open.split(",") if options.open else None
    return {**row, "item": options.item, "open": opened, "pending": _json(options.pending, words)}


def _json(text: str, words: Words) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Misuse(words.say("cli.read_not_json", text=text))
    return found


def _answers(lines: Iterable[str], criteria: CriteriaSet, words: Words) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _json(line, words)
            found = {"id": row.get("id"), **_row(criteria, row, words)}
        except KeyError:
            reason = words.say("cli.read_needs")
            raise Misuse(words.say("cli.read_row_wrong", line=number, reason=reason)) from None
        except (Misuse, TypeError, ValueError) as error:
            raise Misuse(words.say("cli.read_row_wrong", line=number, reason=str(error))) from None
        yield json.dumps(found, ensure_ascii=False)


def _row(criteria: CriteriaSet, row: Mapping[str, object], words: Words) -> dict[str, object]:
    """What the text of one row says, as docs/reading.md describes it."""
    text = str(row["text"])
    told = row.get("today")
    today = day(str(told)[:10], words) if told is not None else local_date(SystemClock().now())
    year = int(str(row.get("year") or today.year))
    known = _mapping(row.get("known"))
    if row.get("question") is not None:
        asked = _asked(criteria, str(row["question"]), row.get("given"), known, year, today, words)
        return report(read_alone(asked, text))
    pending = _mapping(row.get("pending"))
    questions = {
        number: _asked(
            criteria,
            question,
            pending.get(str(number)),
            _mapping(known.get(str(number))),
            year,
            today,
            words,
            alone=False,
        )
        for number, question in enumerate(_open(criteria, row, words), start=1)
    }
    waiting = frozenset(int(number) for number in pending)
    return page_report(read_page(questions, waiting, text))


def _open(criteria: CriteriaSet, row: Mapping[str, object], words: Words) -> list[str]:
    """The open questions in the order of their numbers; by default all of the item."""
    if (told := row.get("open")) is not None:
        return [str(one).strip() for one in cast("list[object]", told)]
    items = (item for part in criteria.parts for item in part.items)
    item = next((one for one in items if one.id == row["item"]), None)
    if item is None:
        raise Misuse(words.say("cli.no_such_item", item=str(row["item"])))
    return [one.id for one in item.requirements if one.asked]


def _mapping(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _asked(
    criteria: CriteriaSet,
    question: str,
    given: object,
    known: Mapping[str, object],
    year: int,
    today: date,
    words: Words,
    *,
    alone: bool = True,
) -> Asked:
    try:
        requirement = criteria.requirement(question)
    except KeyError:
        raise Misuse(words.say("cli.no_such_question", question=question)) from None
    if not requirement.asked:
        raise Misuse(words.say("cli.question_not_asked", question=question))
    fields = tuple(
        Field(name=FieldName(name), value=_value(FieldName(name), value))
        for name, value in _mapping(given).items()
    )
    figures = {FieldName(name): int(str(value)) for name, value in known.items()}
    return Asked(
        requirement=requirement,
        draft=Answer(fields=fields),
        year=year,
        today=today,
        known=figures,
        alone=alone,
    )


def _value(name: FieldName, value: object) -> Value:
    if name is FieldName.ISSUED_ON:
        return date.fromisoformat(str(value))
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return cast("Value", value)


def _as_text(found: Mapping[str, object]) -> str:
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in found.items())
    return "\n".join(lines) or "-"

"""`antt resolve`: which units a text names."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import cast

from bot.commands.parser import Misuse, Parser
from bot.commands.unit_codes import unit_code
from bot.settings import Settings
from domain.units import Structure, Unit
from handlers.understanding.units import UnitsFound, find_units
from locales import Words
from packs.units import UnitBook, load_units

"""The prefix of a code, because codes of different levels may look alike."""

REGISTRIES = {"old2021": Structure.Y2021, "old2025": Structure.Y2025, "new": Structure.Y2026}
"""The names of the structures in the rows of `--jsonl`."""

_book = lru_cache(maxsize=len(Structure))(load_units)


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    structures = [structure.value for structure in Structure]
    parser.option("text", key="resolve_text", nargs="?", metavar="TEXT")
    parser.option("--structure", key="structure", choices=structures)
    parser.option("--province", key="province", metavar="CODE")
    parser.option("--json", key="json", action="store_true")
    parser.option("--jsonl", key="jsonl", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:  # noqa: ARG001
    """Print the units; 1 if a single text names none."""
    if options.jsonl:
        for answer in _answers(sys.stdin, words):
            print(answer)
        return 0
    if options.text is None or options.structure is None or options.province is None:
        raise Misuse(words.say("cli.resolve_needs"))
    structure = Structure(options.structure)
    found = find_units(options.text, _known(structure, options.province, words), options.province)
    if options.json:
        print(_as_json(None, found))
    else:
        print(_as_text(found, _book(structure), words))
    return 0 if found.units else 1


def _known(structure: Structure, province: str, words: Words) -> UnitBook:
    """The unit book of a structure that has this province. Raises `Misuse`."""
    book = _book(structure)
    if province not in {unit.code for unit in book.provinces}:
        raise Misuse(
            words.say("cli.no_such_province", province=province, structure=structure.value)
        )
    return book


def _answers(lines: Iterable[str], words: Words) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _answer(line, words)
        except Misuse as error:
            raise Misuse(words.say("cli.query_wrong", line=number, reason=str(error))) from None


def _answer(line: str, words: Words) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    needed = ("registry", "user_province", "text")
    if (
        not isinstance(row, dict)
        or "id" not in row
        or not all(isinstance(row.get(key), str) for key in needed)
        or row["registry"] not in REGISTRIES
    ):
        raise Misuse(words.say("cli.query_not_json"))
    query = cast("dict[str, str]", row)
    province = query["user_province"]
    book = _known(REGISTRIES[query["registry"]], province, words)
    return _as_json(row["id"], find_units(query["text"], book, province))


def _as_json(query_id: object, found: UnitsFound) -> str:
    units = [unit_code(unit) for unit in found.units]
    return json.dumps({"id": query_id, "units": units, "exact": found.exact}, ensure_ascii=False)


def _as_text(found: UnitsFound, book: UnitBook, words: Words) -> str:
    if not found.units:
        return words.say("cli.resolved_none")
    return "\n".join(_line(unit, book, words) for unit in found.units)


def _line(unit: Unit, book: UnitBook, words: Words) -> str:
    named = [unit]
    while (above := book.parent_of(named[-1])) is not None:
        named.append(above)
    names = (words.say("common.unit", kind=one.kind, name=one.name) for one in named)
    return f"{unit_code(unit)}  {', '.join(names)}"

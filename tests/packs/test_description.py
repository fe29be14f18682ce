"""docs/packs.md describes every key and every word of a pack, as the loader accepts them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
import yaml

from domain.criteria import AnswerKind, AskedAs, RuleName, Sensitivity, Undecided
from domain.obligations import DueKind, Recurrence
from domain.rules.left_open import ALWAYS, WHERE_NAMED
from domain.units import Structure, UnitKind
from packs import ProblemCode, check_pack
from packs.keys import KEYS
from tests.house import ROOT
from tests.packs.samples import SOUND

PAPER = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
SOMETIMES = "where "
"""The mark of a key that some rows need and others do not."""


def _section(title: str) -> str:
    """The text under a heading, down to the next one."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAPER, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def _table(title: str) -> dict[str, list[str]]:
    """The cells after each key in the first table of a section."""
    table = _section(title).strip().split("\n\n")
    rows = next(block for block in table if block.startswith("|")).splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {key.strip("`"): rest for key, *rest in cells}


@pytest.mark.parametrize("title", KEYS)
def test_a_section_describes_the_keys_that_are_read_and_no_other(title: str) -> None:
    assert sorted(_table(title)) == sorted(KEYS[title])


# What is required


def _tables(pack: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of the sample with the title of its section."""
    yield "The file", pack
    yield "`document`", pack["document"]
    yield "`criteria`", pack["criteria"]
    for part in pack["criteria"]["parts"]:
        yield "A part", part
        for item in part["items"]:
            yield "An item", item
            for row in item["requirements"]:
                yield "A requirement", row
                if isinstance(row["rule"], dict):
                    yield "`rule`", row["rule"]
    for title, chapter in (
        ("An obligation", "obligations"),
        ("A target", "targets"),
        ("An assignment", "assignments"),
    ):
        for each in pack[chapter]:
            yield title, each


def _problems(pack: dict[str, Any]) -> set[ProblemCode]:
    text = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    return {problem.code for problem in check_pack(text, "x.yaml")}


@pytest.mark.parametrize("title", KEYS)
def test_what_is_said_to_be_required_is_missed_and_nothing_else_is(title: str) -> None:
    told = {key: cells[1] for key, cells in _table(title).items()}
    assert _problems(yaml.safe_load(SOUND)) == set()
    tried = set()
    for at, (where, table) in enumerate(_tables(yaml.safe_load(SOUND))):
        for key in table if where == title else ():
            if told[key].startswith(SOMETIMES):
                continue
            pack = yaml.safe_load(SOUND)
            _, damaged = list(_tables(pack))[at]
            del damaged[key]
            missed = _problems(pack)
            assert bool(missed) is (told[key] == "yes"), (key, missed)
            tried.add(key)
    assert {key for key, said in told.items() if said == "yes"} <= tried


# Words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("`kind` and `asked_as`", AnswerKind),
        ("`kind` and `asked_as`", AskedAs),
        ("`rule`", RuleName),
        ("`undecided`", Undecided),
        ("`sensitivity`", Sensitivity),
        ("A part", UnitKind),
        ("`document`", Structure),
        ("An obligation", DueKind),
        ("An obligation", Recurrence),
    ],
)
def test_every_word_that_a_key_takes_is_described(title: str, words: type[StrEnum]) -> None:
    named = set(re.findall(r"[`\s]([a-z0-9_]+)(?=[`\s])", _section(title)))
    assert {word.value for word in words} <= named


def test_the_table_of_rules_names_what_each_leaves_open() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", _section("`rule`"), re.MULTILINE)
    told = {name: set(re.findall(r"`(\w+)`", cell)) for name, cell in rows if name in set(RuleName)}
    assert set(told) == set(RuleName)
    for rule, classes in told.items():
        name = RuleName(rule)
        known = ALWAYS.get(name, frozenset()) | WHERE_NAMED.get(name, frozenset())
        if name is RuleName.REDUCED:
            known |= {Undecided.CASUALTIES_ROSE}
            classes = classes - {"casualties"}
        assert classes == {one.value for one in known}, rule


def test_the_example_is_a_pack() -> None:
    found = re.search(r"```yaml\n(.*?)```", PAPER, re.DOTALL)
    assert found is not None
    assert check_pack(found[1], "vi-du-1-2026.yaml") == ()

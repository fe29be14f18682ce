"""Every requested sentence exists and gets its values; every sentence is used."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.house import ROOT, source_files
from tests.locales.templates import files, sentences

SPEAKING = ("handlers", "scheduling", "bot")
"""Packages that use sentences."""
NAMING = (*SPEAKING, "domain", "packs", "locales")
"""Packages whose words (verdicts, problems, commands) name sentences of a family."""

# Prefixes of keys with a computed end -> the source of the ends.
FAMILIES = {
    "actions.": "handlers.ground.turn.Turn.action",
    "check.": "packs.ProblemCode",
    "check_units.": "packs.unit_files",
    "cli.about_": "bot.commands.COMMANDS",
    "cli.option_": "bot.commands.parser",
    "cli.sentence_": "bot.checks",
    "reasons.": "domain.verdicts.ReasonCode",
    "roles.": "handlers.subjects.handing_in.confirming: who hears of a hand-in",
    "setup.": "handlers.subjects.setup.screens",
    "setup_people.to_": "handlers.subjects.setup.person: what is done with a post",
    "setup_plan.case_": "domain.criteria.Undecided",
    "setup_plan.ruling_": "handlers.subjects.setup.rulings: the fields of a ruling",
    "telegram.command_": "bot.channels.telegram.menus: commands_for",
    "workbook_mistakes.": "handlers.documents: Defect, complaints of a row",
    "workbooks.": "handlers.documents: columns, states",
}
SAYING = {"say": 0, "note": 1, "_note": 1}
"""Functions that use a sentence -> which of their arguments is its key."""
HOMES = {"handlers/subjects/setup": "setup."}
"""Folders whose keys may leave out the file -> the prefix for them."""
ENDINGS = ("_needed",)
"""The suffix of a question's key in bot.commands.init, when it cannot ask a person."""
NOT_SENTENCES = (".js", ".css", ".json", ".html", ".png", ".ico", ".svg", ".webmanifest")
"""Endings of file names, which look like keys."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A call that uses a sentence: its key and the names of its values."""

    where: str
    key: str
    values: frozenset[str]
    open_ended: bool


@cache
def _trees(rooms: tuple[str, ...]) -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text(encoding="utf-8")) for path in source_files(rooms, ".py")
    }


def _asked() -> Iterator[Asked]:
    """Every call that uses a sentence with a literal key, or one of two in an `if`."""
    for path, tree in _trees(SPEAKING).items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            at = SAYING.get(_called(node.func), len(node.args))
            for key in _keys(node.args[at]) if at < len(node.args) else ():
                home = HOMES.get(str(path.relative_to(ROOT).parent), "")
                if not key.replace(".", "").replace("_", "").isalnum() or ("." not in key + home):
                    continue
                yield Asked(
                    where=f"{path.relative_to(ROOT)}:{node.lineno}",
                    key=key if "." in key else home + key,
                    values=frozenset(word.arg for word in node.keywords if word.arg is not None),
                    open_ended=any(word.arg is None for word in node.keywords)
                    or len(node.args) > at + 1,
                )


def _called(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _keys(argument: ast.expr) -> tuple[str, ...]:
    match argument:
        case ast.Constant(value=str(key)):
            return (key,)
        case ast.IfExp(body=yes, orelse=no):
            return (*_keys(yes), *_keys(no))
        case _:
            return ()


ASKED = tuple(_asked())


@cache
def _constants(rooms: tuple[str, ...]) -> set[str]:
    return {
        node.value
        for tree in _trees(rooms).values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _beginnings() -> dict[str, str]:
    """The prefixes of computed keys, and their places."""
    found = {}
    for path, tree in _trees(SPEAKING).items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
                continue
            begins = str(node.values[0].value)
            file, dot, _rest = begins.partition(".")
            if dot and file in files("vi") and begins.replace(".", "").replace("_", "").isalpha():
                found[begins] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_the_product_speaks() -> None:
    assert len(ASKED) > 150


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.where)
def test_a_sentence_that_is_said_exists_and_gets_its_values(asked: Asked) -> None:
    assert asked.key in sentences("vi"), f"{asked.where} says {asked.key}, which no file holds"
    sentence = sentences("vi")[asked.key]
    unknown = asked.values - set(sentence.arguments)
    missing = set(sentence.arguments) - sentence.optional - asked.values

    assert not unknown, f"{asked.where} gives {asked.key} values it does not take"
    assert asked.open_ended or not missing, f"{asked.where} gives {asked.key} too little"


def test_a_key_named_without_being_said_exists() -> None:
    """Tables of keys, and keys passed to a helper function."""
    shaped = {
        text
        for text in _constants(SPEAKING)
        if text.partition(".")[0] in files("vi")
        and text.count(".") == 1
        and text.replace(".", "_").isidentifier()
        and not text.endswith((*NOT_SENTENCES, ".", "_"))
    }

    assert shaped - set(sentences("vi")) == set()


def test_computed_keys_begin_with_a_family_that_is_listed_here() -> None:
    unlisted = {
        f"{where}: {begins}"
        for begins, where in _beginnings().items()
        if not begins.startswith(tuple(FAMILIES))
    }

    assert unlisted == set()


def test_every_family_listed_here_is_still_there() -> None:
    ours = [family for family in FAMILIES if family.partition(".")[0] in files("vi")]
    used = tuple(_beginnings())

    assert [family for family in ours if not any(b.startswith(family) for b in used)] == []


@pytest.mark.parametrize(
    "action", sorted(key for key in sentences("vi") if key.startswith("actions."))
)
def test_an_action_is_one_short_word_of_ours(action: str) -> None:
    assert sentences("vi")[action].arguments == ()


def test_no_sentence_is_left_unused() -> None:
    named = _constants(NAMING)
    used = {asked.key for asked in ASKED} | (named & set(sentences("vi")))
    used |= {
        key for key in sentences("vi") if any(_completes(key, family, named) for family in FAMILIES)
    }
    called = {
        f"{key.partition('.')[0]}.{name}"
        for key, sentence in sentences("vi").items()
        for name in sentence.calls
    }

    for ending in ENDINGS:
        used |= {key for key in sentences("vi") if key.removesuffix(ending) in used}
    unused = sentences("vi").keys() - used - called
    assert sorted(unused) == []


def _completes(key: str, family: str, named: set[str]) -> bool:
    """Whether the key is of the family, and its end, or a piece of it, is a word of the code."""
    if not key.startswith(family):
        return False
    words = key.removeprefix(family).split("_")
    endings = ("_".join(words[at:]) for at in range(len(words)))
    beginnings = ("_".join(words[:at]) for at in range(1, len(words)))
    return any(piece in named for piece in (*endings, *beginnings))

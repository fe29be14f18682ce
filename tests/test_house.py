"""The structure of the code: packages, rules that import contracts cannot express, sizes."""

import importlib
import re
from pathlib import Path

import pytest

from bot.clock import SystemClock
from tests import house
from tests.clocks import clock_reads
from tests.house import BESIDE, CHANCE, CLOCK_READS, OUTSIDE_WORLD, ROOMS, ROOT

LONGEST_FILE = 300  # lines; a longer file is hard to follow
# File -> why it may be longer.
LONG_FILES: dict[str, str] = {}

BANNED_IN_DOMAIN = frozenset(house.contract("pure-domain")["forbidden_modules"])
IMPURE = CLOCK_READS | CHANCE | OUTSIDE_WORLD


def _complaints(path: Path, found: list[str]) -> list[str]:
    return [f"{path.relative_to(ROOT)}, {line}" for line in found]


# Packages


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_from_this_checkout(room: str) -> None:
    file = importlib.import_module(room).__file__
    assert file is not None
    assert Path(file).resolve().is_relative_to(ROOT), (
        f"`import {room}` found {file}: another package of that name is installed; remove it"
    )


def test_every_list_of_rooms_names_every_room() -> None:
    settings = house.settings()
    on_disk = {path.parent.name for path in ROOT.glob("*/__init__.py")} - set(BESIDE)
    layers = re.findall(r"\w+", " ".join(house.contract("arrows")["layers"]))
    lists = {
        "folders": on_disk,
        "import-linter root_packages": set(settings["tool"]["importlinter"]["root_packages"]),
        "the arrows contract": set(layers),
        "hatchling packages": set(
            settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
        ),
        "mypy files": set(settings["tool"]["mypy"]["files"]) - set(BESIDE),
        "coverage source": set(settings["tool"]["coverage"]["run"]["source"]),
    }
    wrong = {name: rooms ^ set(ROOMS) for name, rooms in lists.items() if rooms != set(ROOMS)}
    assert not wrong, f"packages that are extra or missing: {wrong}"


def test_contracts_about_every_room_name_every_room() -> None:
    assert set(house.contract("product")["source_modules"]) == set(ROOMS)
    assert set(house.contract("telegram")["source_modules"]) == set(ROOMS)
    assert set(house.contract("ticker")["source_modules"]) == set(ROOMS)
    assert set(house.contract("sql")["source_modules"]) == set(ROOMS) - {"storage"}


# The domain is pure


def test_the_domain_imports_only_the_pure_standard_library() -> None:
    found = [
        line
        for path in house.source_files(("domain",), ".py")
        for line in _complaints(
            path, house.foreign_imports(_read(path), room="domain", banned=BANNED_IN_DOMAIN)
        )
    ]
    assert not found, f"pass the value in instead: {found}"


def test_the_domain_reads_no_clock_and_throws_no_dice() -> None:
    found = [
        line
        for path in house.source_files(("domain",), ".py")
        for line in _complaints(path, house.impure_calls(_read(path), names=IMPURE))
    ]
    assert not found, f"make it an argument instead: {found}"


@pytest.mark.parametrize(
    "source",
    ["import sqlalchemy", "from yaml import load", "import os.path", "from time import sleep"],
)
def test_a_planted_foreign_import_is_found(source: str) -> None:
    assert house.foreign_imports(source, room="domain", banned=BANNED_IN_DOMAIN)


@pytest.mark.parametrize(
    "source", ["import datetime", "from domain.rules import x", "from . import y"]
)
def test_an_allowed_import_is_let_pass(source: str) -> None:
    assert not house.foreign_imports(source, room="domain", banned=BANNED_IN_DOMAIN)


@pytest.mark.parametrize(
    "source",
    [
        "start = datetime.now(UTC)",
        "field(default_factory=dt.date.today)",
        "key = uuid.uuid4()",
        "open('x')",
        "print(verdict)",
    ],
)
def test_a_planted_impure_call_is_found(source: str) -> None:
    assert house.impure_calls(source, names=IMPURE)


def test_an_argument_named_now_is_no_clock() -> None:
    assert not house.impure_calls("late = now > occurrence.hard_limit", names=IMPURE)


# Clock and async in the other packages


def test_only_the_rim_and_the_ticker_read_the_clock() -> None:
    found = [
        line
        for path in house.source_files(ROOMS, ".py")
        if not _is_among(path, house.MAY_READ_THE_CLOCK)
        for line in _complaints(path, house.impure_calls(_read(path), names=CLOCK_READS))
    ]
    assert not found, f"take `now` as an argument instead: {found}"


def test_functions_have_one_colour() -> None:
    found = [
        line
        for path in house.source_files(ROOMS, ".py")
        if not _is_among(path, house.MAY_AWAIT)
        for line in _complaints(path, house.awaits(_read(path)))
    ]
    assert not found, f"only {sorted(house.MAY_AWAIT)} await: {found}"


@pytest.mark.parametrize("source", ["async def f(): ...", "async def f(): await g()"])
def test_a_planted_await_is_found(source: str) -> None:
    assert house.awaits(source)


# Clock in the tests


def test_no_test_reads_the_machines_clock_without_a_reason() -> None:
    may = house.TESTS_MAY_READ_THE_CLOCK
    reading = {
        str(path.relative_to(ROOT)): found
        for path in house.source_files(("tests", "benchmarks"), ".py")
        if (found := clock_reads(_read(path)))
    }
    wrong = {name: found for name, found in reading.items() if name not in may}
    assert not wrong, f"give it a FixedClock, a StartedClock or --at: {wrong}"
    assert not may.keys() - reading, f"strike it from the list: {may.keys() - reading}"


def test_the_programs_own_clock_refuses_in_a_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="read the machine's clock"):
        SystemClock().now()


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime as dt\nbegun = dt.now(UTC)",
        "import datetime\nbegun = datetime.datetime.now(datetime.UTC)",
        "import datetime as d\nfield(default_factory=d.date.today)",
        "from datetime import date\ndate.today()",
        "import time\nserver = Server(clock=time.time)",
        "import time as t\nt.time_ns()",
        "from time import time",
        "from email.utils import formatdate",
        "from bot.clock import FixedClock, SystemClock",
        "from bot import clock\nclock.SystemClock()",
        "import bot.clock\nbot.clock.SystemClock()",
        "monkeypatch.setattr('bot.commands.serve.SystemClock', x)",
        "Popen(['antt', 'serve', '--db', file])",
    ],
)
def test_a_planted_reading_of_the_clock_is_found(source: str) -> None:
    assert clock_reads(source)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nbegun = time.monotonic() + time.process_time()",
        "from datetime import datetime\nat = datetime(2027, 2, 6).astimezone(UTC)",
        "def test_it(time, clock):\n    time.time()\n    clock.now()",
        "Popen(['antt', 'serve', '--db', file, '--at', moment])",
    ],
)
def test_a_clock_that_a_test_sets_is_let_pass(source: str) -> None:
    assert not clock_reads(source)


# Sizes


def test_no_file_is_long_without_a_reason() -> None:
    files = house.source_files((*ROOMS, *BESIDE), ".py", ".j2", ".js", ".css", ".html", ".sh")
    lengths = {str(path.relative_to(ROOT)): _read(path).count("\n") for path in files}
    long = {name for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert not long - LONG_FILES.keys(), f"split along its nouns, one file each: {long}"
    assert not LONG_FILES.keys() - long, f"no longer long, strike it from LONG_FILES: {LONG_FILES}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _is_among(path: Path, places: dict[str, str]) -> bool:
    return any(path.is_relative_to(ROOT / place) for place in places)

"""Each benchmark runs with small numbers and prints the lines that docs/benchmarks.md explains."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from benchmarks import broadcast, starting, turns, updates, waiting
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.bots import BOTS
from benchmarks.crowd import build
from benchmarks.figures import percentile
from benchmarks.ground import TINY, Databases, PostgresDatabases, SqliteFiles
from handlers.ground.library import Library

AIM = "(reached|MISSED)"


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.long])]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """One kind of database in turn."""
    if request.param == "sqlite":
        return SqliteFiles(tmp_path)
    return PostgresDatabases(request.getfixturevalue("postgres_server"))


def _lines(benchmark: str, places: Sequence[Databases]) -> str:
    lines: list[str] = []
    BENCHMARKS[benchmark](places, TINY, lines.append)
    return "\n".join(lines)


def _has(said: str, pattern: str) -> None:
    assert re.search(f"^{pattern}$", said, re.MULTILINE), f"{pattern} in\n{said}"


def test_turns(place: Databases) -> None:
    said = _lines("turns", [place])
    _has(said, rf"turn, {place.name}: {TINY.turns} replies, \d+ of them taps")
    for who in ("ours", "bare"):
        counts = r"3\.0 transactions, \d+\.\d statements, \d+\.\d rows written"
        _has(said, f"turn, {place.name}, {who}: {counts}")
        _has(said, rf"turn, {place.name}, {who}: \d+ us wall, \d+ us CPU")
    for clock in ("wall", "CPU"):
        ratio = rf"\d\S* \(\S+\), {TINY.rounds} rounds; aim {turns.AIM}: {AIM}"
        _has(said, f"turn, {place.name}, ours/bare, {clock}: {ratio}")


@pytest.mark.slow
def test_waiting(place: Databases) -> None:
    said = _lines("waiting", [place])
    for when in ("no tick", "first tick of a process", "during a tick"):
        _has(said, rf"tap, {place.name}, {when}: p50 \d+ ms, p99 \d+ ms, max \d+ ms of \d+ taps")
    tick = rf"{TINY.ticks} ticks for {TINY.people} people each, \S+ s a tick"
    _has(said, f"tap, {place.name}: {tick}; aim p99 {waiting.AIM_MS} ms: {AIM}")


@pytest.mark.slow
def test_broadcast(place: Databases) -> None:
    said = _lines("broadcast", [place])
    for how in (place.name, f"{place.name}, way uneven by 50 ms"):
        _has(said, rf"broadcast, {how}: \d+ messages in \S+ simulated s, \S+ % of 30 a second.*")
        _has(said, rf"broadcast, {how}: \d+ times 429.*")
        reply = r"a reply meanwhile is there after p50 \d+ ms, p99 \d+ ms of \d+"
        _has(said, f"broadcast, {how}: {reply}, 50 of them its way")
        _has(said, rf"broadcast, {how}: \d+ us CPU a message, the server's share included")
    _has(said, rf"broadcast, {place.name}, CPU a message without HTTP and server: \d+ us")


@pytest.mark.slow
def test_a_broadcast_uses_telegram_to_the_full_without_a_429(tmp_path: Path) -> None:
    """In simulated time, so the same on any machine."""
    place = SqliteFiles(tmp_path)
    database = place.build(partial(build, people=300, channel=broadcast.CHANNEL))
    seen = broadcast.broadcast(database, Library())
    assert seen.refused == 0
    assert len(seen.arrived) == 300 + len(seen.waits)
    assert seen.share >= broadcast.AIM_SHARE
    assert percentile(seen.waits, 50) < broadcast.THERE_S + 2 / broadcast.A_SECOND


@pytest.mark.slow
@pytest.mark.long
def test_updates(tmp_path: Path) -> None:
    # Two imports of aiogram would take most of the time, so one: `turns` uses both databases.
    place = SqliteFiles(tmp_path)
    said = _lines("updates", [place])
    work = rf"{TINY.turns} updates a dialogue, \d+ of them taps, \d+\.\d rows an update"
    _has(said, f"update, {place.name}: {work}")
    for who in BOTS:
        counts = r"\d\.\d requests, \d\.\d transactions, \d+\.\d statements"
        _has(said, f"update, {place.name}, {who}: {counts}")
    for how in ("same rows", "nothing stored"):
        _has(said, rf"update, {place.name}, ours beside {how}: \d+ us CPU")
        for who, aim in updates.AIMS.items():
            _has(said, rf"update, {place.name}, {who}, {how}: \d+ us CPU")
            ratio = rf"\d\S* \(\S+\), {TINY.rounds} rounds"
            aimed = f"; aim {aim}: {AIM}" if how == "same rows" else ""
            _has(said, f"update, {place.name}, ours/{who}, {how}: {ratio}{aimed}")


@pytest.mark.slow
@pytest.mark.long
def test_memory(tmp_path: Path) -> None:
    said = _lines("memory", [SqliteFiles(tmp_path)])
    known = r"(\d+ MB|memory not known here)"
    for state in ("off", "on"):
        _has(said, f"memory, Telegram {state}, after the start: {known}")
    told = rf"after \d+ updates of \d+ people: {known}, at most {known}"
    _has(said, f"memory, Telegram on, {told}")
    _has(said, f"memory: aim 260 MB: {AIM}")


@pytest.mark.slow
@pytest.mark.long
def test_starting(tmp_path: Path) -> None:
    said = _lines("starting", [SqliteFiles(tmp_path)])
    for name in ("python", "import sqlmodel", *starting.OURS):
        _has(said, rf"start, {name}: \S+ s \(\S+\), (\d+ MB|memory not known here)")
    _has(said, f"start: aim 2 s: {AIM}, 150 MB: {AIM}")


def test_pieces() -> None:
    said = _lines("pieces", [])
    for name in ("judge a full Part I", "find the unit in a question", "load a pack"):
        _has(said, rf"piece, {name}: \d+ us CPU \(least \d+, \d+ runs\)")


def test_only_what_is_named_runs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["pieces", "--tiny", "--engine", "sqlite"])
    first, machine, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("Python ")
    assert re.fullmatch(
        r"machine, before pieces: work takes \d+\.\d\d of its processor time", machine
    )
    assert others
    assert all(line.startswith("piece, ") for line in others)


def test_an_unknown_name_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["speed"])
    assert ended.value.code == 2
    assert "turns, waiting, broadcast, updates, memory, starting, pieces" in capsys.readouterr().err

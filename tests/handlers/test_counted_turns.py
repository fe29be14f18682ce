"""The database cost of each kind of turn equals the number in `kinds_of_turn`."""

import re
from dataclasses import astuple, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from benchmarks.counting import counting, counting_rows
from domain.messages import Content, Incoming, Said, Tap
from domain.people import Post, Role
from handlers import Library, handle
from storage import Store
from tests.handlers.filling import MY_LONG_BAC, fill
from tests.handlers.kinds_of_turn import CODE, KINDS, NEWCOMER, NOW, STRANGER, TABLE, Kind
from tests.handlers.talking import READING, Talk

CODE_LIVES: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """The cost of one turn: statements, rows read, rows written."""

    statements: int
    read: int
    written: int


def _written_down() -> dict[str, Cost]:
    """The table, by kind."""
    _, *lines = TABLE.strip().splitlines()
    rows = [re.split(r"\s{2,}", line) for line in lines]
    return {
        name: Cost(statements=int(statements), read=int(read), written=int(written))
        for name, statements, read, written, *_ in rows
    }


COSTS: Final = _written_down()


@pytest.fixture(scope="module")
def library() -> Library:
    """One for all kinds of turn, as a process has one for all turns."""
    return Library()


def _measured(store: Store, kind: Kind, library: Library) -> Cost:
    """The cost of the turn, after everything before it was said and answered."""
    talk = Talk(store=store, library=library, now=kind.at)
    _prepare(talk, kind)
    incoming = Incoming(
        channel=kind.channel,
        address=kind.who,
        delivery_id="counted",
        at=kind.at + READING,
        content=_content(talk, kind, kind.says),
    )
    if kind.again:
        _take(talk, incoming)
    with counting() as counted, counting_rows() as rows:
        _take(talk, incoming)
    assert counted.commits == 1, "a turn is one transaction"
    return Cost(statements=counted.statements, read=rows.read, written=rows.written)


def _prepare(talk: Talk, kind: Kind) -> None:
    _read_the_set(talk)
    if kind.filled:
        fill(talk)
    if kind.who == NEWCOMER:
        _invite(talk)
    elif kind.who != STRANGER:
        talk.let_in(kind.who, channel=kind.channel)
    for text in kind.before:
        talk.reply(kind.who, _content(talk, kind, text), channel=kind.channel)


def _read_the_set(talk: Talk) -> None:
    """A process reads it once from the database, in the turn that needs it first."""
    with talk.store.begin() as tx:
        for assessment in tx.assessments.of_unit(MY_LONG_BAC, NOW.year):
            talk.library.criteria(assessment.set_id, assessment.set_hash, tx)


def _invite(talk: Talk) -> None:
    with talk.store.begin() as tx:
        person = tx.people.add(handle=NEWCOMER, name="Trần Thị Hoa", locale="vi")
        post = Post(role=Role.OFFICER, unit=MY_LONG_BAC)
        tx.invitations.invite(person.id, post, tx.invitations.hash(CODE), talk.now + CODE_LIVES)


def _content(talk: Talk, kind: Kind, text: str) -> Content:
    if not text.startswith("["):
        return Said(text=text)
    with talk.store.begin() as tx:
        address = tx.addresses.lock(kind.channel, "", kind.who)
    assert address is not None
    assert address.menu is not None
    return Tap(menu=address.menu, choice=text.strip("[]"))


def _take(talk: Talk, incoming: Incoming) -> None:
    with talk.store.begin() as tx:
        handle(incoming, tx, talk.now, talk.library)


RAISED: Final = "raising a count needs a reason: write it beside the number"
FALLEN: Final = "the count has fallen: write the lower number down"


def _must_agree(found: Cost, written_down: Cost) -> None:
    counts, limits = astuple(found), astuple(written_down)
    more = any(count > limit for count, limit in zip(counts, limits, strict=True))
    assert found == written_down, RAISED if more else FALLEN


def test_every_kind_has_a_row_in_the_table() -> None:
    assert list(COSTS) == list(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_turn_costs_what_the_table_says(name: str, demo_file: Path, library: Library) -> None:
    with Store(str(demo_file)) as store:
        _must_agree(_measured(store, KINDS[name], library), COSTS[name])


@pytest.mark.postgres
@pytest.mark.parametrize("name", KINDS)
def test_postgresql_takes_as_many_statements_and_writes_as_many_rows(
    name: str, demo_postgres: str, library: Library
) -> None:
    """It reads more rows: each INSERT returns the key, which SQLite reports without a row."""
    with Store(demo_postgres) as store:
        found = _measured(store, KINDS[name], library)
    _must_agree(replace(found, read=COSTS[name].read), COSTS[name])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Cost(statements=3, read=1, written=0), RAISED),
        (Cost(statements=2, read=2, written=0), RAISED),
        (Cost(statements=1, read=1, written=1), RAISED),
        (Cost(statements=1, read=1, written=0), FALLEN),
    ],
)
def test_a_count_that_is_not_the_one_written_down_is_found(found: Cost, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        _must_agree(found, Cost(statements=2, read=1, written=0))

"""A country with a duty: its communes, people in each, and a plan that reminds them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, insert, select, text, update

from benchmarks.conversation import criteria, part_one
from benchmarks.real import CHANNEL
from bot.demo.nghe_an import PACK as PLAN_PACK
from bot.demo.nghe_an import TRACE, duties
from bot.demo.nghe_an import YEAR as PLAN_YEAR
from bot.demo.tra_vinh import YEAR
from domain.assessments import AssessmentState
from domain.checklist import Checklist
from domain.criteria import CriteriaSet
from domain.deadlines import Stage
from domain.messages import Incoming, Tap
from domain.people import Role
from domain.units import Structure, Unit, UnitId, UnitKind
from packs import criteria_to_json
from packs.units import load_units
from storage import PlannedDuty, SendState, Store, Tx, engines, migrate
from storage.tables.assessments import ASSESSMENT
from storage.tables.messages import ADDRESS, OUTBOX
from storage.tables.people import PERSON, POST

BUILT_AT: Final = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
TAPPING: Final = 2_000
"""Units whose officer is at the first question; each allows one tap."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The data for ticks and taps: when reminders are due for all people, and one reply of each
    person who may tap.
    """

    moments: tuple[datetime, ...]
    taps: tuple[Incoming, ...]


def build(database: str, people: int, *, channel: str = CHANNEL) -> None:
    """Fill an empty database: person number n is an officer of commune n (starting again from the
    first commune after the last), with the address `handle_of(n)` on the channel.
    """
    migrate(database)
    book = load_units(Structure.Y2026)
    communes = [unit for one in book.provinces for unit in book.communes(one.id.code)]
    communes = [unit for unit in communes if unit.kind is UnitKind.COMMUNE][:people]
    with Store(database) as store, store.begin() as tx:
        tx.units.add_many((*book.provinces, *communes))
        law = criteria()
        tx.sets.stamp(law.id, law.content_hash, criteria_to_json(law), BUILT_AT)
    engine = engines.open_for_writing(engines.parse_url(database))
    with engine.begin() as connection:
        homes = [communes[n % len(communes)].id for n in range(people)]
        _let_in(connection, homes, channel)
        _open(connection, [unit.id for unit in communes[: min(people, TAPPING)]], law)
    with Store(database) as store, store.begin() as tx:
        for province in book.provinces:
            _confirm(tx, province, communes)
    if engine.dialect.name == engines.POSTGRESQL:
        # PostgreSQL does it by itself within a minute.
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    engine.dispose()


def crowd(database: str) -> Crowd:
    """Who may tap in a database that `build` made, and when its reminders are due."""
    place = Checklist(part=part_one(), year=YEAR, answers={}).place()
    assert place is not None
    stages = next(iter(duties())).stages
    engine = engines.open_for_reading(engines.parse_url(database))
    with engine.begin() as connection:
        ids = connection.execute(select(ASSESSMENT.c.id).order_by(ASSESSMENT.c.id)).scalars()
        taps = tuple(
            Incoming(
                channel=CHANNEL,
                address=handle_of(number),
                delivery_id=f"tap-{number}",
                at=BUILT_AT,
                content=Tap(
                    menu=f"q:{one}:{place.requirement.id}:{place.step.field}:0", choice="1"
                ),
            )
            for number, one in enumerate(ids)
        )
    engine.dispose()
    before_limit = tuple(day.at for day in stages if day.stage is not Stage.OVERDUE)
    return Crowd(moments=before_limit, taps=taps)


def drop_waiting(database: str) -> None:
    """Mark everything that waits as sent long ago."""
    engine = engines.open_for_writing(engines.parse_url(database))
    with engine.begin() as connection:
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.state == SendState.WAITING)
            .values(state=SendState.DROPPED)
        )
    engine.dispose()


def handle_of(number: int) -> str:
    """The short name of a person, which is also the address."""
    return f"nguoi-{number}"


def _let_in(connection: Connection, homes: Sequence[UnitId], channel: str) -> None:
    """Insert many people at once, as the product inserts them one by one."""
    numbered = list(enumerate(homes))
    connection.execute(
        insert(PERSON),
        [{"handle": handle_of(n), "name": f"Số {n}", "locale": "vi"} for n, _ in numbered],
    )
    found = connection.execute(select(PERSON.c.handle, PERSON.c.id))
    ids = {handle: person for handle, person in found}
    connection.execute(
        insert(POST),
        [
            {"person_id": ids[handle_of(n)], "role": Role.OFFICER, "unit": unit}
            for n, unit in numbered
        ],
    )
    connection.execute(
        insert(ADDRESS),
        [
            {
                "channel": channel,
                "bot": "",
                "address": handle_of(n),
                "person_id": ids[handle_of(n)],
                "linked_at": BUILT_AT,
                "position": 0,
            }
            for n, _ in numbered
        ],
    )


def _open(connection: Connection, homes: Sequence[UnitId], law: CriteriaSet) -> None:
    connection.execute(
        insert(ASSESSMENT),
        [
            {
                "unit": unit,
                "set_id": law.id,
                "set_hash": law.content_hash,
                "year": YEAR,
                "state": AssessmentState.OPEN,
                "version": 1,
                "opened_at": BUILT_AT,
            }
            for unit in homes
        ],
    )


def _confirm(tx: Tx, province: Unit, communes: Sequence[Unit]) -> None:
    duty = next(iter(duties()))
    first = tx.people.by_handle(handle_of(0))
    assert first is not None
    planned = PlannedDuty(
        obligation_id=duty.obligation.id,
        clause=duty.obligation.clause,
        what=duty.obligation.what,
        verbatim=duty.obligation.verbatim,
        to_whom=duty.obligation.to_whom,
        limits=duty.limits,
        stages=duty.stages,
        units=tuple(unit.id for unit in communes if unit.province == province.id.code),
        trace=TRACE,
        next_at=duty.stages[0].at,
    )
    tx.plans.confirm(
        province.id, PLAN_PACK, PLAN_YEAR, (planned,), person_id=first.id, now=BUILT_AT
    )

"""The conversation to measure: an officer answers all of Part I, with buttons and typed text."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from benchmarks.real import CHANNEL
from bot.demo.invented import GOOD, invented
from bot.demo.tra_vinh import EMPTY, PACK, PROVINCE, YEAR
from domain.answers import Answer, FieldName, Value
from domain.criteria import CriteriaSet, Part
from domain.messages import Content, Incoming, Outgoing, Said, Tap
from domain.people import Post, Role
from domain.units import UnitKind
from packs import criteria_to_json, load_pack
from packs.units import load_units
from storage import Store, migrate

OPENED_AT: Final = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
BEGUN_AT: Final = datetime(2024, 12, 3, 1, 0, tzinfo=UTC)
BETWEEN: Final = timedelta(seconds=15)
"""Time from one reply of the officer to the next."""

OFFICER: Final = "can-bo"
"""The officer's short name, which is also the address."""


def build(database: str, *, channel: str = CHANNEL, address: str = OFFICER) -> None:
    """One commune with its district and province, its officer, and its year's checklist."""
    migrate(database)
    book = load_units(PROVINCE.structure)
    commune = next(one for one in book.communes(PROVINCE.code) if one.name == EMPTY)
    district = book.find(commune.parent or "")
    assert district is not None
    with Store(database) as store, store.begin() as tx:
        tx.units.add_many((book.get(PROVINCE), district, commune))
        post = Post(role=Role.OFFICER, unit=commune.id)
        officer = tx.people.add(handle=OFFICER, name="Cán bộ", locale="vi", posts=(post,))
        tx.addresses.link(channel, "", address, officer.id, OPENED_AT)
        law = criteria()
        tx.sets.stamp(law.id, law.content_hash, criteria_to_json(law), OPENED_AT)
        tx.assessments.open(commune.id, law.id, law.content_hash, YEAR, OPENED_AT)


def criteria() -> CriteriaSet:
    """The checklist of Trà Vinh."""
    found = load_pack(PACK).criteria
    assert found is not None
    return found


def part_one() -> Part:
    """Its Part I, which a commune answers."""
    return criteria().parts_for(UnitKind.COMMUNE)[0]


def answers() -> Mapping[str, Answer]:
    """Answers that meet all of Part I."""
    return invented(part_one(), "bench", YEAR, GOOD)


def incoming(at: int, content: Content) -> Incoming:
    """Reply number `at` of the officer, from 0."""
    return Incoming(
        channel=CHANNEL,
        address=OFFICER,
        delivery_id=f"bench-{at}",
        at=BEGUN_AT + at * BETWEEN,
        content=content,
    )


class Officer:
    """Reads the question and knows the reply."""

    def __init__(self) -> None:
        self._answers = answers()

    def reply(self, shown: Outgoing | None) -> Content | None:
        """The reply to the message shown; None if there is no further question."""
        if shown is None:
            return Tap(menu="main", choice="1")
        if shown.menu is None or not shown.menu.startswith("q:"):
            return None
        _q, _assessment, requirement, field, _version = shown.menu.split(":")
        value = self._answers[requirement].get(FieldName(field))
        assert value is not None, f"nothing to say to {shown.menu}"
        if field in (FieldName.CHOICE, FieldName.FORCE_MAJEURE):
            return Tap(menu=shown.menu, choice=str(int(str(value)) + 1))
        return Said(text=_typed(value))


def _typed(value: Value) -> str:
    match value:
        case date():
            return f"{value:%d/%m/%Y}"
        case tuple():
            return "; ".join(value)
        case _:
            return str(value)

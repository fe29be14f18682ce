"""The small set of test data: two provinces, and a person in every role."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.assessments import Assessment
from domain.people import Person, Post, Role
from domain.units import Structure, Unit, UnitId, UnitKind
from storage import Address, Store

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def unit_id(code: str) -> UnitId:
    return UnitId(Structure.Y2021, code)


PROVINCE = unit_id("84")
DISTRICT = unit_id("844")
COMMUNE = unit_id("29416")
NEIGHBOUR = unit_id("29419")
OTHER_DISTRICT = unit_id("845")
OTHER_COMMUNE = unit_id("29461")
DEPARTMENT = unit_id("84-pv05")
FAR_PROVINCE = unit_id("40")
FAR_COMMUNE = unit_id("17543")


def _unit(unit: UnitId, kind: UnitKind, name: str, parent: str | None, province: str) -> Unit:
    return Unit(id=unit, kind=kind, name=name, parent=parent, province=province)


UNITS = (
    _unit(PROVINCE, UnitKind.PROVINCE, "Trà Vinh", None, "84"),
    _unit(DISTRICT, UnitKind.RURAL_DISTRICT, "Cầu Ngang", "84", "84"),
    Unit(
        id=COMMUNE,
        kind=UnitKind.COMMUNE,
        name="Mỹ Long Bắc",
        parent="844",
        province="84",
        aliases=("Mỹ Long", "Vĩnh Kim Đông"),
    ),
    _unit(NEIGHBOUR, UnitKind.COMMUNE, "Mỹ Long Nam", "844", "84"),
    _unit(OTHER_DISTRICT, UnitKind.RURAL_DISTRICT, "Trà Cú", "84", "84"),
    _unit(OTHER_COMMUNE, UnitKind.TOWNSHIP, "Trà Cú", "845", "84"),
    _unit(DEPARTMENT, UnitKind.DEPARTMENT, "PV05", "84", "84"),
    _unit(FAR_PROVINCE, UnitKind.PROVINCE, "Nghệ An", None, "40"),
    _unit(FAR_COMMUNE, UnitKind.COMMUNE, "Nghi Lộc", "40", "40"),
)


@dataclass(frozen=True, kw_only=True)
class World:
    """All people. The stranger has a name and holds no post."""

    officer: Person
    colleague: Person
    neighbour: Person
    head: Person
    reviewer: Person
    supervisor: Person
    council: Person
    administrator: Person
    far_supervisor: Person
    stranger: Person
    address: Address
    assessment: Assessment


def people_a_world(store: Store) -> World:
    """Units, people, the officer's address and their commune's open assessment of 2024."""
    with store.begin() as tx:
        tx.units.add_many(UNITS)

        def person(handle: str, *posts: tuple[Role, UnitId]) -> Person:
            return tx.people.add(
                handle=handle,
                name=handle.title(),
                locale="vi",
                posts=[Post(role=role, unit=unit) for role, unit in posts],
            )

        officer = person("officer", (Role.OFFICER, COMMUNE))
        tx.sets.stamp("tra-vinh", "hash-1", "{}", NOW)
        return World(
            officer=officer,
            colleague=person("colleague", (Role.OFFICER, COMMUNE)),
            neighbour=person("neighbour", (Role.OFFICER, NEIGHBOUR)),
            head=person("head", (Role.HEAD, COMMUNE)),
            reviewer=person("reviewer", (Role.REVIEWER, DISTRICT)),
            supervisor=person("supervisor", (Role.SUPERVISOR, PROVINCE)),
            council=person("council", (Role.COUNCIL, PROVINCE)),
            administrator=person("administrator", (Role.ADMINISTRATOR, PROVINCE)),
            far_supervisor=person("far", (Role.SUPERVISOR, FAR_PROVINCE)),
            stranger=person("stranger"),
            address=tx.addresses.link("zalo", "bot-1", "user-1", officer.id, NOW),
            assessment=tx.assessments.open(COMMUNE, "tra-vinh", "hash-1", 2024, NOW),
        )

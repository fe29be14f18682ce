"""Units by id and by province."""

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import bindparam, select

from domain.units import Level, Structure, Unit, UnitId, UnitKind
from storage.encoding import to_json
from storage.statements import AnyRow, Repository, on_both
from storage.tables.units import UNIT

COLUMNS: Final = (
    UNIT.c.id,
    UNIT.c.kind,
    UNIT.c.name,
    UNIT.c.parent,
    UNIT.c.province,
    UNIT.c.aliases,
)

_GET: Final = select(*COLUMNS).where(UNIT.c.id == bindparam("unit"))
_GET_MANY: Final = select(*COLUMNS).where(UNIT.c.id.in_(bindparam("units", expanding=True)))
_CHILDREN: Final = (
    select(*COLUMNS)
    .where(
        UNIT.c.province
        == select(UNIT.c.province).where(UNIT.c.id == bindparam("unit")).scalar_subquery()
    )
    .where(UNIT.c.parent == bindparam("code"))
    .order_by(UNIT.c.code)
)
_OF_PROVINCE: Final = (
    select(*COLUMNS).where(UNIT.c.province == bindparam("province")).order_by(UNIT.c.code)
)


def read_unit(row: AnyRow) -> Unit:
    """A unit from a row of `COLUMNS`."""
    unit_id, kind, name, parent, province, aliases = row
    return Unit(
        id=unit_id,
        kind=kind,
        name=name,
        parent=parent,
        province=province.code,
        aliases=tuple(json.loads(aliases)) if aliases else (),
    )


class Units(Repository):
    """All units, for any caller; other people's units are read through `visible_to`."""

    __slots__ = ()

    def add_many(self, units: Iterable[Unit]) -> None:
        """Add units, or update names and parents of existing ones."""
        if rows := [_row(one) for one in units]:
            self._connection.execute(_ADD(self._connection), rows)

    def get(self, unit: UnitId) -> Unit | None:
        """The unit, or None."""
        row = self._connection.execute(_GET, {"unit": unit}).first()
        return None if row is None else read_unit(row)

    def get_many(self, units: Iterable[UnitId]) -> tuple[Unit, ...]:
        """Several units in one query, in no order; those that do not exist are left out."""
        rows = self._connection.execute(_GET_MANY, {"units": list(units)})
        return tuple(map(read_unit, rows))

    def children(self, unit: UnitId) -> tuple[Unit, ...]:
        """The units directly below, by code."""
        rows = self._connection.execute(_CHILDREN, {"unit": unit, "code": unit.code})
        return tuple(map(read_unit, rows))

    def of_province(
        self, structure: Structure, province: str, kinds: Iterable[UnitKind] | None = None
    ) -> tuple[Unit, ...]:
        """The province itself and everything below, by code; only `kinds` if given."""
        rows = self._connection.execute(_OF_PROVINCE, {"province": UnitId(structure, province)})
        wanted = None if kinds is None else frozenset(kinds)
        found = map(read_unit, rows)
        return tuple(one for one in found if wanted is None or one.kind in wanted)


def _row(unit: Unit) -> dict[str, object]:
    district = None
    if unit.level is Level.DISTRICT:
        district = unit.id
    elif unit.parent is not None and unit.parent != unit.province:
        district = UnitId(unit.structure, unit.parent)
    return {
        "id": unit.id,
        "structure": unit.structure,
        "code": unit.code,
        "kind": unit.kind,
        "name": unit.name,
        "parent": unit.parent,
        "province": UnitId(unit.structure, unit.province),
        "district": district,
        "aliases": to_json(unit.aliases) if unit.aliases else "",
    }


def _build_add(insert: Any) -> Any:
    statement = insert(UNIT)
    changing = ("kind", "name", "parent", "province", "district", "aliases")
    return statement.on_conflict_do_update(
        index_elements=[UNIT.c.id], set_={name: statement.excluded[name] for name in changing}
    )


_ADD: Final = on_both(_build_add)

"""Figures of earlier years: offered where a question asks for them, never filled in
automatically.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from domain.units import UnitId
from storage.records import EarlierFigure
from storage.statements import Repository, on_both
from storage.tables.figures import EARLIER_FIGURE

_KEY: Final = ("unit", "set_id", "requirement_id", "year", "measure")
_VALUES: Final = ("count", "document_number", "document_date")
_GET: Final = (
    select(*(EARLIER_FIGURE.c[name] for name in (*_KEY, *_VALUES)))
    .where(EARLIER_FIGURE.c.unit == bindparam("unit_"))
    .where(EARLIER_FIGURE.c.set_id == bindparam("set_"))
    .where(EARLIER_FIGURE.c.requirement_id == bindparam("requirement"))
    .where(EARLIER_FIGURE.c.year == bindparam("year_"))
    .where(EARLIER_FIGURE.c.measure == bindparam("measure_"))
)
_COUNTED: Final = (
    select(
        EARLIER_FIGURE.c.set_id,
        EARLIER_FIGURE.c.year,
        func.count(EARLIER_FIGURE.c.unit.distinct()),
    )
    .where(EARLIER_FIGURE.c.unit.in_(bindparam("units", expanding=True)))
    .group_by(EARLIER_FIGURE.c.set_id, EARLIER_FIGURE.c.year)
    .order_by(EARLIER_FIGURE.c.set_id, EARLIER_FIGURE.c.year)
)


class EarlierFigures(Repository):
    """The newest workbook overwrites older values."""

    __slots__ = ()

    def save(self, figures: Iterable[EarlierFigure], person_id: int, now: datetime) -> None:
        """Store the figures; they replace those of the same unit, year and measure."""
        rows = [
            {
                **{name: getattr(one, name) for name in (*_KEY, *_VALUES)},
                "person_id": person_id,
                "at": now,
            }
            for one in figures
        ]
        if rows:
            self._connection.execute(_SAVE(self._connection), rows)

    def get(
        self, unit: UnitId, set_id: str, requirement_id: str, year: int, measure: str
    ) -> EarlierFigure | None:
        """The figure, or None if there is none."""
        values = {
            "unit_": unit,
            "set_": set_id,
            "requirement": requirement_id,
            "year_": year,
            "measure_": measure,
        }
        row = self._connection.execute(_GET, values).first()
        return None if row is None else EarlierFigure(**row._mapping)

    def counted(self, units: Iterable[UnitId]) -> tuple[tuple[str, int, int], ...]:
        """(set id, year, number of these units with figures), ordered by set and year."""
        rows = self._connection.execute(_COUNTED, {"units": list(units)})
        return tuple((set_id, year, number) for set_id, year, number in rows)


def _build_save(insert: Any) -> Any:
    statement = insert(EARLIER_FIGURE)
    changing = (*_VALUES, "person_id", "at")
    return statement.on_conflict_do_update(
        index_elements=[EARLIER_FIGURE.c[name] for name in _KEY],
        set_={name: statement.excluded[name] for name in changing},
    )


_SAVE: Final = on_both(_build_save)

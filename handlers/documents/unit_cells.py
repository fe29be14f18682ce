"""The cell of a row that names its unit."""

from typing import Final

from domain.units import Unit
from handlers.documents.cells import Cell, CellKind
from handlers.documents.table import Column, Complaints, TableRow, quoted
from handlers.documents.unit_names import UnitNames

UNIT_CELL_LIMIT: Final = 150
"""Letters: "xã Nậm Cắn, huyện Kỳ Sơn (16837)" and what a person may add to it."""


def read_unit(
    row: TableRow, column: Column, units: UnitNames, complaints: Complaints
) -> Unit | None:
    """The unit; None if the cell names none or several, which is reported as a mistake."""
    text = complaints.text(row, column)
    if not text:
        return None
    is_number = row.cells[column.key].kind is CellKind.NUMBER
    named = units.find(Cell(CellKind.NUMBER if is_number else CellKind.TEXT, text))
    if named.unit is not None:
        return named.unit
    if named.several:
        choices = "; ".join(named.several)
        complaints.add(row.number, "unit_several", column.key, text=quoted(text), choices=choices)
    elif named.former:
        complaints.add(row.number, "unit_former", column.key, text=quoted(text), unit=named.nearest)
    else:
        complaints.add(
            row.number, "unit_unknown", column.key, text=quoted(text), nearest=named.nearest
        )
    return None

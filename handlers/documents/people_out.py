"""The workbook in which people are filled in: drop-down lists, an example, rows for departments."""

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook

from domain.people import Role
from domain.units import Level, Unit
from handlers.documents.departments import unit_columns
from handlers.documents.people_in import CHANNELS, people_columns
from handlers.documents.sheets_out import (
    add_sheet,
    choose_from,
    for_input,
    new_book,
    put,
    put_guide,
    put_head,
    put_note,
    text_column,
    to_bytes,
)
from handlers.documents.unit_names import UnitNames
from locales import Words

DEPARTMENT_ROWS: Final = 30
"""Rows in which departments can be added: a province has some twenty."""

_PEOPLE_WIDTHS: Final = (44, 36, 26, 24, 24)
_UNIT_WIDTHS: Final = (44, 14, 22)


def people_template(units: Sequence[Unit], words: Words) -> bytes:
    """The .xlsx to download, for `read_people`.

    `units`: the province and everything below it, departments included, of one structure.
    """
    names = UnitNames(units, words)
    listed = _in_order(units)
    book, sheet = new_book(words.say("workbooks.sheet_people"))
    columns = people_columns(words)
    put_head(sheet, [column.title for column in columns], _PEOPLE_WIDTHS)
    for number in range(1, len(columns) + 1):
        text_column(sheet, number)
    example = next((one for one in listed if one.level is Level.COMMUNE), listed[0])
    for number, text in enumerate(_example(names.labels[example.id], words), start=1):
        put_note(sheet, 2, number, text)
    units_title = words.say("workbooks.sheet_units")
    last = len(listed) + DEPARTMENT_ROWS + 1
    choose_from(
        sheet, 1, f"'{units_title}'!$A$2:$A${last}", words.say("workbooks.pick_unit"), strict=False
    )
    roles = ",".join(words.say("common.role", role=role) for role in Role)
    choose_from(sheet, 4, f'"{roles}"', words.say("workbooks.pick_role"), strict=True)
    channels = ",".join(CHANNELS)
    choose_from(sheet, 5, f'"{channels}"', words.say("workbooks.pick_channel"), strict=True)
    _add_units(book, listed, names, words)
    province = next(one for one in units if one.level is Level.PROVINCE)
    guide = add_sheet(book, words.say("workbooks.sheet_guide"))
    put_guide(guide, words.say("workbooks.people_guide", province=names.labels[province.id]))
    return to_bytes(book)


def _in_order(units: Sequence[Unit]) -> list[Unit]:
    """The province first, then its departments, then districts and communes by code."""
    order = (Level.PROVINCE, Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE)
    return sorted(units, key=lambda one: (order.index(one.level), one.code))


def _example(unit: str, words: Words) -> tuple[str, ...]:
    return (
        f"{words.say('workbooks.example')}: {unit}",
        words.say("workbooks.example_name"),
        words.say("workbooks.example_handle"),
        words.say("common.role", role=Role.OFFICER),
        CHANNELS[0],
    )


def _add_units(book: Workbook, units: Sequence[Unit], names: UnitNames, words: Words) -> None:
    sheet = add_sheet(book, words.say("workbooks.sheet_units"))
    columns = unit_columns(words)
    titles = [column.title for column in columns]
    put_head(sheet, [*titles, words.say("workbooks.add_departments_here")], (*_UNIT_WIDTHS, 34))
    for number in range(1, len(columns) + 1):
        text_column(sheet, number)
    for row, unit in enumerate(units, start=2):
        put_note(sheet, row, 1, names.labels[unit.id])
        put_note(sheet, row, 2, unit.code)
        put_note(sheet, row, 3, words.say("common.kind", kind=unit.kind))
    for row in range(len(units) + 2, len(units) + 2 + DEPARTMENT_ROWS):
        for number in range(1, len(columns) + 1):
            for_input(put(sheet, row, number, ""))

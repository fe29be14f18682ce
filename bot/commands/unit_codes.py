"""The code of a unit on the command line: "c:29422" a commune, "d:844" a district, "p:84" a
province.
"""

from domain.units import Level, Unit

_LETTERS = {Level.COMMUNE: "c", Level.DISTRICT: "d", Level.PROVINCE: "p", Level.DEPARTMENT: "s"}


def unit_code(unit: Unit) -> str:
    """The letter of the unit's level and its code."""
    return f"{_LETTERS[unit.level]}:{unit.code}"

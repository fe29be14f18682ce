"""Units as a workbook names them: by code, or by a name as people type it into a cell.

A cell is read more strictly than a chat message: it must name one unit and nothing else, because no
question can be asked. So a name in use today that fits exactly one unit is accepted. A former name,
a typing mistake and a name of several units are mistakes, each reported with the probable unit.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.units import Level, Unit, UnitKind, level_of
from handlers.documents import limits
from handlers.documents.cells import Cell, CellKind
from handlers.understanding.text import Word, only_drops_marks, words_of
from locales import Words

_TYPE_WORDS: Final = {
    UnitKind.PROVINCE: ("tỉnh", "t"),
    UnitKind.CITY: ("thành phố", "tp", "t"),
    UnitKind.RURAL_DISTRICT: ("huyện", "h"),
    UnitKind.TOWN: ("thị xã", "tx"),
    UnitKind.PROVINCIAL_CITY: ("thành phố", "tp"),
    UnitKind.URBAN_DISTRICT: ("quận", "q"),
    UnitKind.COMMUNE: ("xã", "x"),
    UnitKind.WARD: ("phường", "p"),
    UnitKind.TOWNSHIP: ("thị trấn", "tt"),
    UnitKind.SPECIAL_ZONE: ("đặc khu", "đk"),
    UnitKind.DEPARTMENT: ("",),
}
_BODIES: Final = (
    ("uy", "ban", "nhan", "dan"),
    ("cong", "an"),
    ("ubnd",),
    ("ca",),
)
"""The police or the People's Committee of a unit means the unit."""
_RUN_TOGETHER: Final = {"cax": "x", "cap": "p", "cah": "h", "cat": "t", "catt": "tt"}
"""CAX Mỹ Long Bắc."""
_CODE_LENGTHS: Final = (5, 3, 2)
"""Digits of communes, districts, provinces: a spreadsheet drops leading zeros."""
_LEAST_LIKE: Final = 0.65
"""One letter of three may differ; a name less similar is another name."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a cell means: exactly one of `unit`, `several` or neither.

    `several`: the labels of all units that it may mean. `nearest`: the label of the probable unit.
    `former`: it is the name of a unit that was merged into `nearest`.
    """

    unit: Unit | None = None
    several: tuple[str, ...] = ()
    nearest: str = ""
    former: bool = False


def label_of(unit: Unit, units: Iterable[Unit], words: Words) -> str:
    """ "xã Mỹ Long Bắc", with its district where the structure has one."""
    parents = {one.code: one for one in units if one.level is Level.DISTRICT}
    return _label(unit, parents, words)


def _label(unit: Unit, parents: dict[str, Unit], words: Words) -> str:
    label = words.say("common.unit", kind=unit.kind, name=unit.name)
    parent = parents.get(unit.parent or "") if unit.level is Level.COMMUNE else None
    if parent is None:
        return label
    return f"{label}, {words.say('common.unit', kind=parent.kind, name=parent.name)}"


class UnitNames:
    """Finds the units of one province by the content of a cell.

    `units` are all that may be named: the province, its districts, communes and departments, of one
    structure.
    """

    def __init__(self, units: Sequence[Unit], words: Words) -> None:
        self._parents = {one.code: one for one in units if one.level is Level.DISTRICT}
        self.labels = {one.id: _label(one, self._parents, words) for one in units}
        self._codes: dict[str, Unit] = {one.code.casefold(): one for one in units}
        self._names: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
        """Name without marks -> (name with marks, unit)."""
        self._former: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, str] = {}
        """Name without marks -> label, for suggestions."""
        self._suggestions = limits.MOST_SUGGESTIONS
        self._known: dict[Cell, Named] = {}
        for one in units:
            self._add(one)
        self._choices = tuple(self._near)

    def find(self, cell: Cell) -> Named:
        """What a text or number cell means."""
        if cell not in self._known:
            self._known[cell] = self._find(cell)
        return self._known[cell]

    def _add(self, unit: Unit) -> None:
        label = self.labels[unit.id]
        forms = _forms(unit, self._parents.get(unit.parent or ""))
        for name in (*forms, label, self._choice(unit)):
            marked, plain = _spelt(name)
            self._names[plain].append((marked, unit))
        for name in (unit.name, f"{_TYPE_WORDS[unit.kind][0]} {unit.name}"):
            self._near.setdefault(_spelt(name)[1], label)
        if unit.level is not Level.PROVINCE:
            for alias in unit.aliases:
                for word in {"", *_words_of_level(unit.level)}:
                    self._former[_spelt(f"{word} {alias}")[1]].add(label)

    def _find(self, cell: Cell) -> Named:
        if cell.kind is CellKind.NUMBER:
            return self._by_number(cell.text)
        if unit := self._codes.get(cell.text.casefold()):
            return Named(unit=unit)
        if cell.text.isdecimal():
            return self._by_number(cell.text)
        marked, plain = _spelt(cell.text)
        found = self._by_name(marked, plain)
        if not found:
            # Only at this point: "Cấp Tiến" is a commune, not a ward (CAP) named Tiến.
            marked, plain = _spelt_without_body(cell.text)
            found = self._by_name(marked, plain)
        if len(found) == 1:
            return Named(unit=found[0])
        if found:
            return Named(several=tuple(sorted({self._choice(unit) for unit in found})))
        former = self._former.get(plain, set())
        if len(former) == 1:
            return Named(nearest=min(former), former=True)
        if former:
            return Named(several=tuple(sorted(former)))
        return Named(nearest=self._nearest(plain))

    def _by_number(self, digits: str) -> Named:
        """Every code that the number may mean, because the leading zeros are lost."""
        codes = sorted({digits.zfill(length) for length in _CODE_LENGTHS})
        found = [self._codes[code] for code in codes if code in self._codes]
        if len(found) == 1:
            return Named(unit=found[0])
        return Named(several=tuple(self._choice(unit) for unit in found))

    def _by_name(self, marked: str, plain: str) -> list[Unit]:
        bearers = self._names.get(plain, [])
        exact = {unit.id: unit for name, unit in bearers if name == marked}
        found = exact or {unit.id: unit for name, unit in bearers if only_drops_marks(marked, name)}
        return [found[key] for key in sorted(found)]

    def _choice(self, unit: Unit) -> str:
        return f"{self.labels[unit.id]} ({unit.code})"

    def _nearest(self, plain: str) -> str:
        if self._suggestions <= 0 or not plain:
            return ""
        self._suggestions -= 1
        found = process.extractOne(
            plain, self._choices, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_LIKE
        )
        return self._near[found[0]] if found else ""


def _words_of_level(level: Level) -> set[str]:
    return {words[0] for kind, words in _TYPE_WORDS.items() if level_of(kind) is level}


def _forms(unit: Unit, district: Unit | None) -> list[str]:
    """All ways to write a unit: with or without its type word, with or without its district."""
    own = [f"{word} {unit.name}" for word in _TYPE_WORDS[unit.kind]]
    if unit.kind in {UnitKind.PROVINCE, UnitKind.CITY}:
        own += _TYPE_WORDS[unit.kind]  # "Công an tỉnh"
    if not unit.name.isdecimal():
        own.append(unit.name)
    if unit.level is not Level.COMMUNE or district is None:
        return own
    places = [district.name, *(f"{word} {district.name}" for word in _TYPE_WORDS[district.kind])]
    return [*own, *(f"{form} {place}" for form in own for place in places)]


def _spelt(text: str) -> tuple[str, str]:
    """A name in the one spelling that is compared, with marks and without, its words joined."""
    return _joined(words_of(text))


def _spelt_without_body(text: str) -> tuple[str, str]:
    """The same without the words for the unit's police or People's Committee before the name."""
    words = words_of(text)
    plain = tuple(word.plain for word in words)
    for body in _BODIES:
        if plain[: len(body)] == body:
            return _joined(words[len(body) :])
    if plain and plain[0] in _RUN_TOGETHER:
        kind = _RUN_TOGETHER[plain[0]]
        return _joined([Word(kind, kind, ""), *words[1:]])
    return _joined(words)


def _joined(words: Sequence[Word]) -> tuple[str, str]:
    return "".join(word.marked for word in words), "".join(word.plain for word in words)

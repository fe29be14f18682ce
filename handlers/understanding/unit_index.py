"""An index of the names of one province's units; a message is compared with it in microseconds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from domain.units import Level, Unit, UnitId, UnitKind
from handlers.understanding.text import words_of
from packs.units import UnitBook

MOST_INDEXES = 16
"""Provinces kept in memory at a time (1 to 2 MB each): more than one process serves in an hour."""


_STATE_FARM = "nongtruong"


@dataclass(frozen=True, slots=True)
class CommuneName:
    """A name that a commune has now, or that a unit merged into it had."""

    unit: Unit
    kind: UnitKind
    """The kind of the unit with this name: the former township, not the commune of today."""
    marked: str
    """In the spelling of `Word.marked`, without spaces."""
    words: int
    former: bool
    places: frozenset[str]
    """The districts in which it is or was: their codes, and their names without marks or spaces."""


@dataclass(frozen=True, slots=True)
class DistrictName:
    """The name of a district, also of a former one, which only says which commune is meant."""

    unit: Unit | None
    kind: UnitKind | None
    marked: str
    words: int
    place: str
    """Its name in `CommuneName.places`."""
    former: bool = False


@dataclass(frozen=True, slots=True)
class ProvinceName:
    """The name of any province of the country, or of one merged into it."""

    unit: Unit
    marked: str
    words: int
    former: bool


@dataclass(slots=True)
class Bearers:
    """All units with one name, compared without marks and spaces."""

    communes: list[CommuneName] = field(default_factory=list)
    districts: list[DistrictName] = field(default_factory=list)
    provinces: list[ProvinceName] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitIndex:
    """Every name that a person of one province may mean."""

    province: str
    by_name: dict[str, Bearers]
    """By the name without marks and spaces."""
    most_words: int
    continuations: dict[str, frozenset[str]]
    """For a name that begins a longer one ("mylong" of Mỹ Long Bắc): the next words there."""


class Spelt(NamedTuple):
    """A name in the spelling of `Word`."""

    marked: str
    plain: str
    words: int


def spelt(name: str) -> Spelt:
    """A name with its words joined, because people also omit the spaces."""
    words = words_of(name)
    marked, bare = (
        "".join(parts) for parts in zip(*((w.marked, w.plain) for w in words), strict=True)
    )
    # Some write "Ea H leo" for Ea H'Leo.
    return Spelt(marked, bare, len(words) + name.count("'"))


@lru_cache(maxsize=MOST_INDEXES)
def unit_index(book: UnitBook, province: str) -> UnitIndex:
    """The index of a province, built at the first question and kept (10 to 30 ms).

    Raises `NoSuchUnit` for a province that the book does not have.
    """
    book.get(UnitId(book.structure, province))
    by_name: dict[str, Bearers] = defaultdict(Bearers)
    communes = book.communes(province)
    for district in book.districts(province):
        name = spelt(district.name)
        by_name[name.plain].districts.append(
            DistrictName(district, district.kind, name.marked, name.words, district.id.code)
        )
    for commune in communes:
        for plain_name, bearer in _names_of(commune, book):
            by_name[plain_name].communes.append(bearer)
            if plain_name.startswith(_STATE_FARM):
                by_name["nt" + plain_name.removeprefix(_STATE_FARM)].communes.append(
                    _abbreviated(bearer)
                )
    _add_former_districts(by_name, communes, book)
    for unit in book.provinces:
        for title in (unit.name, *unit.aliases):
            name = spelt(title)
            by_name[name.plain].provinces.append(
                ProvinceName(unit, name.marked, name.words, title != unit.name)
            )
    return UnitIndex(
        province=province,
        by_name=dict(by_name),
        most_words=max(_lengths(by_name.values()), default=0),
        continuations=_continuations(by_name, communes),
    )


def _names_of(commune: Unit, book: UnitBook) -> list[tuple[str, CommuneName]]:
    """Each name that the commune has or its former units had, with the plain form as its key."""
    formers = book.formers(commune.id.code)
    own_places = {spelt(former.district).plain for former in formers if former.district}
    parent = book.parent_of(commune)
    if parent is not None and parent.level is Level.DISTRICT:
        own_places |= {parent.id.code, spelt(parent.name).plain}
    own = spelt(commune.name)
    found = [(own.plain, _commune_name(commune, commune.kind, own, own_places, former=False))]
    for former in formers:
        name = spelt(former.name)
        places = {spelt(former.district).plain} if former.district else set()
        if name.plain != own.plain or former.kind != commune.kind:
            found.append(
                (name.plain, _commune_name(commune, former.kind, name, places, former=True))
            )
    return found


def _commune_name(
    unit: Unit, kind: UnitKind, name: Spelt, places: set[str], *, former: bool
) -> CommuneName:
    return CommuneName(unit, kind, name.marked, name.words, former, frozenset(places))


def _abbreviated(state_farm: CommuneName) -> CommuneName:
    """ "NT Trần Phú" for Nông trường Trần Phú."""
    marked = "nt" + state_farm.marked[len(_STATE_FARM) :]
    return replace(state_farm, marked=marked, words=state_farm.words - 1)


def _add_former_districts(
    by_name: dict[str, Bearers], communes: Iterable[Unit], book: UnitBook
) -> None:
    """Former districts still show which of two communes is meant."""
    former = {
        former.district
        for commune in communes
        for former in book.formers(commune.id.code)
        if former.district
    }
    for district in sorted(former):
        name = spelt(district)
        if not by_name[name.plain].districts:
            by_name[name.plain].districts.append(
                DistrictName(None, None, name.marked, name.words, name.plain, former=True)
            )


def _lengths(bearers: Iterable[Bearers]) -> Iterable[int]:
    for one in bearers:
        yield from (name.words for name in one.communes)
        yield from (name.words for name in one.districts)
        yield from (name.words for name in one.provinces)


def _continuations(
    by_name: dict[str, Bearers], communes: Iterable[Unit]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for commune in communes:
        for title in (commune.name, *commune.aliases):
            words = [word.plain for word in words_of(title)]
            for count in range(1, len(words)):
                begin = "".join(words[:count])
                if begin in by_name and by_name[begin].communes:
                    found[begin].add(words[count])
    return {begin: frozenset(words) for begin, words in found.items()}

"""Finds the units that a message names.

1. The message is split into words in one spelling (`text.words_of`). Dates, "19.2" and "2/2024"
   are removed first. (Left-over TELEX and VNI keystrokes would be decoded here.)
2. Every place with a name is a mention: after its type word ("xã", "P.", "tx"), or bare. Names
   are compared without marks and spaces, and the longest wins. If a type word is followed by
   no known name ("xã Khúc Phong"), no bare name is searched in the words after it.
3. A district or province next to a commune narrows the choice; a bare name counts next to a name
   with a type word only if it is joined to it ("xã A và B").
4. The candidates of a mention are narrowed by marks, then to today's names, then by type; if
   several units fit, all are returned, and the person is asked.
   (If no name fits, names with one typing mistake would be searched here.)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from domain.units import Unit
from handlers.understanding.mentions import Mention, scan
from handlers.understanding.text import (
    Word,
    fold,
    has_marks,
    only_drops_marks,
    strip_marks,
    words_of,
)
from handlers.understanding.unit_index import CommuneName, DistrictName, UnitIndex, unit_index
from packs.units import UnitBook

N = TypeVar("N", CommuneName, DistrictName, CommuneName | DistrictName)

_NO_NAMES = re.compile(r"\d+(?:[./-]\d+)+|\bnam(?= \d{4}\b)")
"""Criterion 19.2, quý 2/2024, 14/06/2027, and the "nam" of "nam 2023", which is not the
name Nam.
"""
_BETWEEN_PARTS = frozenset(" ,-–().:")
_JOINING_WORDS = frozenset({"va", "voi", "hay", "hoac", "cung"})
_BELONGING_WORDS = frozenset({"thuoc", "cua", "o", "tai"})


@dataclass(frozen=True, kw_only=True)
class UnitsFound:
    """Which units a message names."""

    mentions: tuple[tuple[Unit, ...], ...] = ()
    """One entry for each name, in the order of the message: all units that it may mean, by code. If
    an entry has several units, the person is asked.
    """
    exact: bool = True
    """False if a name was corrected: then the person is asked even about a single unit."""
    elsewhere: str | None = None
    """Code of another province that the message names; its units are not searched."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """All of them, each once, in the order of the message; empty if none is named."""
        return tuple(dict.fromkeys(unit for mention in self.mentions for unit in mention))

    @property
    def ambiguous(self) -> bool:
        """Whether the person must be asked which unit is meant."""
        return any(len(mention) > 1 for mention in self.mentions)


NOTHING_FOUND = UnitsFound()
MOST_LETTERS = 2_000
"""How much of a message is read for names (about 5 ms): a pasted report is not a question."""


def find_units(text: str, book: UnitBook, province: str) -> UnitsFound:
    """The communes and districts of one province that a message names.

    `province` is that of the person who asks, in the structure of `book`. A province by itself
    names no unit.
    """
    return find_in(text, unit_index(book, province))


def find_in(text: str, index: UnitIndex) -> UnitsFound:
    """`find_units` with an index that exists already."""
    folded = _NO_NAMES.sub(",", fold(text[:MOST_LETTERS]))
    words = words_of(folded)
    marks = has_marks(folded)
    reader = _Reader(words, scan(words, index, marks=marks), index.province, marks=marks)
    if reader.elsewhere is not None:
        return UnitsFound(elsewhere=reader.elsewhere)
    found = [units for units in reader.read() if units]
    return UnitsFound(mentions=tuple(found)) if found else NOTHING_FOUND


class _Reader:
    """Decides what the mentions of one message mean together."""

    def __init__(
        self, words: list[Word], mentions: list[Mention], province: str, *, marks: bool
    ) -> None:
        self.words = words
        self.marks = marks
        self.mentions = mentions
        self.elsewhere: str | None = None
        self._set_provinces_apart(province)

    def _set_provinces_apart(self, province: str) -> None:
        """Remove the provinces from the mentions; a province other than the person's ends the
        search.
        """
        kept: list[Mention] = []
        for mention in self.mentions:
            named = {name.unit.id.code for name in mention.provinces}
            before = kept[-1] if kept else None
            beside = before is not None and self._beside(before, mention)
            if not named or not self._means_province(mention, province, beside=beside):
                kept.append(mention)
            elif province not in named and (mention.typed or beside or before is None):
                self.elsewhere = min(named)
        self.mentions = kept

    def _means_province(self, mention: Mention, province: str, *, beside: bool) -> bool:
        if not (mention.communes or mention.districts):
            return True
        if mention.typed:
            return False  # "thành phố Trà Vinh" is the district
        own = [name for name in mention.provinces if name.unit.id.code == province]
        if any(not name.former for name in own):
            return True
        # A province merged into the person's own: "xã Mỹ Long Trà Vinh"; but "xã A, Trà Vinh" may
        # be a list, because a ward has that name today.
        return bool(own) and beside and self.words[mention.start].gap == " "

    def read(self) -> list[tuple[Unit, ...]]:
        """What each mention means, in order; nothing for one that only says where another is."""
        self._drop_chance_names()
        places = self._places()
        spent = {id(place) for place in places.values()}
        return [
            self._meant(mention, places.get(at))
            for at, mention in enumerate(self.mentions)
            if id(mention) not in spent
        ]

    def _drop_chance_names(self) -> None:
        """A bare name counts next to a name with a type word, or next to the longest, only if it is
        joined to it.
        """
        if len(self.mentions) < 2:
            return
        known = {at for at, mention in enumerate(self.mentions) if not mention.unknown}
        sure = {at for at in known if self.mentions[at].typed}
        if not sure and known:
            longest = max(known, key=lambda at: len(self.mentions[at].marked))
            sure = {longest}
        for order in (range(1, len(self.mentions)), range(len(self.mentions) - 2, -1, -1)):
            for at in order:
                other = at - 1 if order.step > 0 else at + 1
                first, second = sorted((at, other))
                if other in sure and self._linked(self.mentions[first], self.mentions[second]):
                    sure.add(at)
        self.mentions = [
            mention for at, mention in enumerate(self.mentions) if at in sure or mention.unknown
        ]

    def _places(self) -> dict[int, Mention]:
        """For each commune (by position) the district next to it that says which one it is."""
        found: dict[int, Mention] = {}
        spent: set[int] = set()
        for step in (1, -1):  # a district follows its commune more often than it precedes it
            for at, mention in enumerate(self.mentions):
                near = at + step
                if at in found or at in spent or not 0 <= near < len(self.mentions):
                    continue
                place = self.mentions[near]
                first, second = (mention, place) if step > 0 else (place, mention)
                placed = mention.communes or mention.unknown
                if near in spent or not placed or not place.districts:
                    continue
                if self._beside(first, second) and self._places_it(mention, place):
                    found[at] = place
                    spent.add(near)
        return found

    def _places_it(self, commune: Mention, place: Mention) -> bool:
        """Whether the second mention is the district of the first, not a unit of its own."""
        if _inside(commune.communes, place):
            return True
        # A contradiction: "xã A huyện B" with no A in B names nothing. But where districts no
        # longer exist people still name them, and a bare name may be the next unit of a list.
        return place.typed

    def _meant(self, mention: Mention, place: Mention | None) -> tuple[Unit, ...]:
        names: list[CommuneName | DistrictName] = [*mention.communes]
        if place is not None:
            inside = _inside(mention.communes, place)
            names = [*inside]
            if not inside and all(name.unit is None for name in place.districts):
                names = [*mention.communes]
        else:
            names.extend(name for name in mention.districts if name.unit is not None)
        if self.marks:
            names = _preferred(names, lambda name: only_drops_marks(mention.marked, name.marked))
            names = _preferred(names, lambda name: name.marked == mention.marked)
        names = _preferred(names, lambda name: not name.former)
        if mention.kind is not None:
            names = _preferred(names, lambda name: name.kind is mention.kind)
        units = {name.unit.id.code: name.unit for name in names if name.unit is not None}
        return tuple(units[code] for code in sorted(units))

    def _beside(self, first: Mention, second: Mention) -> bool:
        """Whether the second may say where the first is: "A, huyện B", "A của huyện B"."""
        between = self.words[first.end : second.start]
        gaps = [word.gap for word in self.words[first.end : second.start + 1]]
        return all(set(gap) <= _BETWEEN_PARTS for gap in gaps) and (
            not between or (len(between) == 1 and between[0].plain in _BELONGING_WORDS)
        )

    def _linked(self, first: Mention, second: Mention) -> bool:
        """Whether both belong to one list: "A và B", "A, B"."""
        between = self.words[first.end : second.start]
        return self._beside(first, second) or (
            len(between) == 1 and between[0].plain in _JOINING_WORDS
        )


def _inside(communes: list[CommuneName], place: Mention) -> list[CommuneName]:
    """The communes in the district of a mention."""
    districts = [d for d in place.districts if d.kind is place.kind] or place.districts
    codes = {district.place for district in districts}
    inside = [commune for commune in communes if commune.places & codes]
    if inside:
        return inside
    name = strip_marks(place.marked)
    return [commune for commune in communes if name in commune.places]


def _preferred(names: list[N], better: Callable[[N], bool]) -> list[N]:
    """The better ones if there are any, else all."""
    return [name for name in names if better(name)] or names

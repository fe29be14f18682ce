"""Finds where in a message names of units are."""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from domain.units import Level, UnitKind, level_of
from handlers.understanding.text import Word, only_drops_marks
from handlers.understanding.unit_index import (
    Bearers,
    CommuneName,
    DistrictName,
    ProvinceName,
    UnitIndex,
)
from handlers.understanding.vocabulary import (
    ANNOUNCING_TYPES,
    COMMON_WORDS,
    GLUED_TYPES,
    NUMBERED_KINDS,
    TYPE_WORDS,
    is_ordinary,
)

_WITHIN_A_NAME = frozenset(" -–'")
_AFTER_A_TYPE = frozenset(" .:-–")
_LEAST_GLUED_LETTERS = 5
"""Letters of a name written as one bare word: shorter ones are ordinary words ("nato", "haan")."""
_MOST_UNKNOWN_WORDS = 4
"""The most words of an unknown name after its type word; only ten names have more words."""
_LEAST_LETTERS_OF_A_SLIP = 2
"""A single letter is one edit away from every other: "h" is not a mistyped A of An Trường A."""


@dataclass(slots=True)
class Mention:
    """One name in a message with everything in the province that has it."""

    start: int
    end: int
    """Words from `start` to `end`, without `end`; the type word is included."""
    kind: UnitKind | None
    """The kind that the type word means; None for a bare name."""
    marked: str
    """The name as typed, in the spelling of the index."""
    communes: list[CommuneName] = field(default_factory=list)
    districts: list[DistrictName] = field(default_factory=list)
    provinces: list[ProvinceName] = field(default_factory=list)

    @property
    def typed(self) -> bool:
        return self.kind is not None

    @property
    def unknown(self) -> bool:
        """A type word followed by something that is not a name: "xã Khúc Phong", "xã nào"."""
        return not (self.communes or self.districts or self.provinces)


def scan(words: list[Word], index: UnitIndex, *, marks: bool) -> list[Mention]:
    """Every mention in a message, in order, without overlap; `marks`: the message has
    diacritics.
    """
    return _Scanner(words, index, marks=marks).scan()


class _Scanner:
    def __init__(self, words: list[Word], index: UnitIndex, *, marks: bool) -> None:
        self.words = words
        self.index = index
        self.marks = marks

    def scan(self) -> list[Mention]:
        """Names with a type word first: a bare name must not include the "thành" of "thành phố"."""
        typed = self._all_typed()
        known = [mention for mention in typed if not mention.unknown]
        unknown = {mention.start: mention for mention in typed if mention.unknown}
        found = list(known)
        limits = [mention.start for mention in known] + [len(self.words)]
        for before, limit in zip([None, *known], limits, strict=True):
            at = before.end if before else 0
            while at < limit:
                mention = unknown.get(at) or self._bare(at, limit)
                if mention is not None:
                    found.append(mention)
                    mention.end = min(mention.end, limit)
                step = 2 if self._is_ordinary(at) else 1
                at = mention.end if mention else at + step
        return sorted(found, key=lambda mention: mention.start)

    def _all_typed(self) -> list[Mention]:
        """Every type word with its name; the unknown ones may overlap what follows."""
        found: list[Mention] = []
        at = 0
        while at < len(self.words):
            mention = self._typed(at)
            bare = self._bare(at, len(self.words)) if mention else None
            # "Phương Thịnh", "Xà Phìn": what looks like a type word is part of a name.
            if mention is None or (bare and bare.end > mention.end):
                at += 1
                continue
            found.append(mention)
            at = mention.end
        limits = [mention.start for mention in found[1:]] + [len(self.words)]
        for mention, limit in zip(found, limits, strict=False):
            if mention.unknown:
                mention.end = self._end_of_unknown(mention, limit)
        return [mention for mention in found if mention.end > mention.start]

    def _is_ordinary(self, at: int) -> bool:
        """Whether two words mean something else: "phương án"; in "tổng hợp minh xuân" Hợp Minh
        would be found.
        """
        return is_ordinary(self.words[at : at + 2], marks=self.marks)

    def _typed(self, at: int) -> Mention | None:
        """The mention with a type word at this position, unknown if no name follows."""
        for count in (2, 1):
            spelt = tuple(word.plain for word in self.words[at : at + count])
            entry = TYPE_WORDS.get(spelt)
            if entry is None or not self._runs_on(at, at + count, _AFTER_A_TYPE):
                continue
            kind, forms = entry
            if not all(
                only_drops_marks(word.marked, form)
                for word, form in zip(self.words[at : at + count], forms, strict=True)
            ):
                continue
            mention = self._named(at, at + count, kind)
            if mention is not None:
                return mention
            exact = not self.marks or tuple(w.marked for w in self.words[at : at + count]) == forms
            announced = exact and spelt in ANNOUNCING_TYPES and not self._is_ordinary(at)
            return Mention(at, at + count, kind, "") if announced else None
        return self._glued(at)

    def _named(self, at: int, begin: int, kind: UnitKind) -> Mention | None:
        """The longest name that begins at `begin`, directly after a type word."""
        if begin >= len(self.words) or not set(self.words[begin].gap) <= _AFTER_A_TYPE:
            return None
        for end in self._ends(begin):
            mention = self._mention(at, begin, end, kind)
            if mention is not None:
                return None if self._goes_on(begin, end) else mention
        return None

    def _mention(self, at: int, begin: int, end: int, kind: UnitKind | None) -> Mention | None:
        """What has the name in words `begin` to `end`; None if nothing of that level has it."""
        bearers = self.index.by_name.get("".join(w.plain for w in self.words[begin:end]))
        if bearers is None:
            return None
        marked = "".join(w.marked for w in self.words[begin:end])
        return _filled(Mention(at, end, kind, marked), bearers, end - begin)

    def _bare(self, at: int, limit: int) -> Mention | None:
        for end in self._ends(at):
            if end > limit:
                continue
            mention = self._mention(at, at, end, None)
            if mention is not None and self._stands_alone(mention):
                return None if self._goes_on(at, end) else mention
        return None

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether a name counts without a type word; removes bearers whose name has other marks."""
        words = self.words[mention.start : mention.end]
        if is_ordinary(words, marks=self.marks) or words[0].plain.isdigit():
            return False
        if self.marks:
            typed = mention.marked
            mention.communes = [c for c in mention.communes if only_drops_marks(typed, c.marked)]
            mention.districts = [d for d in mention.districts if only_drops_marks(typed, d.marked)]
            mention.provinces = [p for p in mention.provinces if only_drops_marks(typed, p.marked)]
        if len(words) == 1 and len(self.words) > 1:
            # Lim, Chờ, Thắng are also names; only names written as one word can be told from such
            # words.
            if len(words[0].plain) < _LEAST_GLUED_LETTERS:
                return False
            mention.communes = [c for c in mention.communes if c.words > 1]
        return not mention.unknown

    def _glued(self, at: int) -> Mention | None:
        """A type word written together with its name: "xacai nhum"."""
        word = self.words[at]
        for glued in GLUED_TYPES:
            if not word.plain.startswith(glued) or len(word.plain) == len(glued):
                continue
            kind, forms = TYPE_WORDS[(glued,)]
            if not only_drops_marks(word.marked[: len(glued)], forms[0]):
                continue
            for end in self._ends(at):
                name = "".join(w.plain for w in self.words[at:end])[len(glued) :]
                bearers = self.index.by_name.get(name)
                if bearers is not None:
                    marked = "".join(w.marked for w in self.words[at:end])[len(glued) :]
                    mention = _filled(Mention(at, end, kind, marked), bearers, end - at)
                    if mention is not None:
                        return mention
        return None

    def _ends(self, begin: int) -> range:
        """Where a name that begins here may end, the farthest first."""
        end = begin + 1
        last = min(len(self.words), begin + self.index.most_words)
        while end < last and set(self.words[end].gap) <= _WITHIN_A_NAME:
            end += 1
        return range(end, begin, -1)

    def _runs_on(self, begin: int, end: int, gaps: frozenset[str]) -> bool:
        return all(set(word.gap) <= gaps for word in self.words[begin + 1 : end])

    def _goes_on(self, begin: int, end: int) -> bool:
        """Whether a typing mistake shortened a longer name: "my long baac" is not Mỹ Long."""
        if end >= len(self.words) or self.words[end].gap != " ":
            return False
        following = self.words[end].plain
        if following in COMMON_WORDS or len(following) < _LEAST_LETTERS_OF_A_SLIP:
            return False
        name = "".join(w.plain for w in self.words[begin:end])
        return any(
            OSA.distance(following, word, score_cutoff=1) <= 1
            for word in self.index.continuations.get(name, ())
        )

    def _end_of_unknown(self, mention: Mention, limit: int) -> int:
        """Where the unknown name after a type word ends; the start if there is none."""
        end = mention.end
        while end < min(limit, mention.end + _MOST_UNKNOWN_WORDS):
            word = self.words[end]
            if word.plain in COMMON_WORDS or not set(word.gap) <= _AFTER_A_TYPE:
                break
            place = self._bare(end, limit)
            if place is not None and (place.districts or place.provinces):
                break
            end += 1
        return end if end > mention.end else mention.start


def _filled(mention: Mention, bearers: Bearers, typed_words: int) -> Mention | None:
    """The mention with the bearers that its type word allows; None if there are none."""
    kind = mention.kind
    if mention.marked.isdigit() and kind not in NUMBERED_KINDS:
        return None  # "xa4" is keyboard input
    level = None if kind is None else level_of(kind)
    city = kind is UnitKind.PROVINCIAL_CITY
    # A name split into more words than it has is another name with a similar sound.
    if level in (None, Level.COMMUNE):
        mention.communes = [c for c in bearers.communes if c.words >= typed_words]
    if level in (None, Level.DISTRICT):
        mention.districts = [d for d in bearers.districts if d.words >= typed_words]
    if level in (None, Level.PROVINCE) or city:
        mention.provinces = [
            p
            for p in bearers.provinces
            if p.words >= typed_words and (not city or p.unit.kind is UnitKind.CITY)
        ]
    return mention if mention.communes or mention.districts or mention.provinces else None

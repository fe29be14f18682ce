"""A text as words in one form: diacritics off, abbreviations, slips and lost keystrokes mended,
figures for number words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from handlers.understanding.text import fold, spelling, strip_marks
from handlers.understanding.values.keystrokes import telex, vni
from handlers.understanding.values.lexicon import CORE, SHORT, WORDS
from handlers.understanding.values.number_words import with_figures
from handlers.understanding.values.signs import in_one_form
from handlers.understanding.values.syllables import MOST_CACHED, is_syllable
from handlers.understanding.values.word import Word

LEAST_OF_A_SLIP: Final = 3
"""Letters of a word in which a slip is mended: two letters are one slip from too many words."""

_PARTS: Final = re.compile(r"[^\W\d_]+(?:\d+[^\W\d_]*)*|\d+")
_LETTERS_OR_DIGITS: Final = re.compile(r"[^\W\d_]+|\d+")
_DOUBLED: Final = re.compile(r"(.)\1+$")
"""A key held too long at the end of a word: "vụu"."""
_COMRADE: Final = re.compile(r"(?<!\w)[đd]\s?/\s?c(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Saying:
    """One text. `clean` is the text in one form; the positions of `words` lie in it. `echo`: words
    of the question itself, which a slip may also mean.
    """

    text: str
    echo: frozenset[str] = frozenset()

    @cached_property
    def clean(self) -> str:
        """The text with its case and diacritics, every sign in one form."""
        return _COMRADE.sub("đồng chí", in_one_form(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words and figures in order."""
        return tuple(with_figures(_all_known(_words(self.clean, self.echo))))

    @cached_property
    def plain(self) -> str:
        """The words without diacritics, with the signs between them."""
        return self._plain_and_places[0]

    @cached_property
    def _plain_and_places(self) -> tuple[str, tuple[int, ...]]:
        """The plain text, and for each of its letters the place in `clean` that it stands for."""
        letters: list[str] = []
        places: list[int] = []
        end = 0
        for word in self.words:
            letters += self.clean[end : word.start].lower()
            places += range(end, word.start)
            if letters and word.start == end and letters[-1].isalnum():
                letters.append(" ")
                places.append(word.start)
            letters += word.plain
            places += [word.start] * len(word.plain)
            end = max(end, word.end)
        letters += self.clean[end:].lower()
        places += range(end, len(self.clean) + 1)
        return "".join(letters), tuple(places)

    def without(self, *spans: tuple[int, int]) -> str:
        """`clean` without these parts of `plain`; a part becomes a sign that ends what is before
        it.
        """
        _, places = self._plain_and_places
        kept: list[str] = []
        end = 0
        for first, last in sorted(spans):
            kept += (self.clean[end : places[first]], " ; ")
            end = self._end_of(last)
        return "".join((*kept, self.clean[end:]))

    def part(self, first: int, last: int) -> "Saying":
        """The part of the text that stands for `plain[first:last]`."""
        if first >= last:
            return Saying("", self.echo)
        _, places = self._plain_and_places
        return Saying(self.clean[places[first] : self._end_of(last)], self.echo)

    def _end_of(self, last: int) -> int:
        """The place in `clean` where a part of `plain` that ends at `last` ends."""
        _, places = self._plain_and_places
        begun = places[last - 1]
        word = next((one for one in self.words if one.start == begun and not one.glued), None)
        return begun + 1 if word is None else word.end

    @cached_property
    def bare(self) -> str:
        """The words alone, with one space between them."""
        return " ".join(word.plain for word in self.words)


def _words(clean: str, echo: frozenset[str]) -> Iterator[Word]:
    for found in _PARTS.finditer(clean):
        if (whole := _one(found[0], found.start(), echo)) is not None:
            yield whole
            continue
        for part in _LETTERS_OR_DIGITS.finditer(found[0]):
            at = found.start() + part.start()
            word = _one(part[0], at, echo)
            yield word or Word(part[0], part[0], at, at + len(part[0]))


def _one(typed: str, at: int, echo: frozenset[str]) -> Word | None:
    """One word; None if letters and digits stand together and no VNI key is meant."""
    end = at + len(typed)
    if typed.isdecimal() or typed == "KH":
        # "KH 23" is a plan; in small letters it is also "không".
        return Word(typed.lower(), typed, at, end)
    folded = fold(typed)
    if any(one.isdecimal() for one in folded):
        made = vni(folded)
        return None if made is None else Word(strip_marks(made), made, at, end)
    plain, marked = _known(folded, echo)
    return Word(plain, marked, at, end)


@lru_cache(maxsize=MOST_CACHED)
def _known(folded: str, echo: frozenset[str]) -> tuple[str, str]:
    """The word that was meant, without and with diacritics."""
    marked = spelling(folded)[0]
    plain = strip_marks(folded)
    if plain in WORDS or plain in echo:
        return plain, marked
    if plain in SHORT:
        return SHORT[plain], marked
    single = _DOUBLED.sub(r"\1", plain)
    if single != plain and single in WORDS | echo:
        return single, marked
    made = telex(folded)
    if made is not None and (strip_marks(made) in WORDS | echo or not is_syllable(plain)):
        return strip_marks(made), made
    if is_syllable(plain) or len(plain) < LEAST_OF_A_SLIP:
        return plain, marked
    return _nearest(plain, echo) or plain, marked


def _nearest(plain: str, echo: frozenset[str]) -> str | None:
    near = [one for one in WORDS | echo if OSA.distance(plain, one, score_cutoff=1) <= 1]
    if not near:
        return None
    return min(near, key=lambda one: (one not in CORE, one[0] != plain[0], one not in echo, one))


def _all_known(words: Iterable[Word]) -> list[Word]:
    """An abbreviation of several words becomes several words at its place; "dc" is a comrade after
    a figure and else "được".
    """
    known: list[Word] = []
    for word in words:
        plain = word.plain
        if plain == "dc":
            counted = known and (known[-1].plain.isdecimal() or known[-1].plain in ("khong", "may"))
            plain = "dong chi" if counted else "duoc"
        if word.plain.isdecimal() and known and known[-1].marked == "kh":
            known[-1] = Word("kh", "kh", known[-1].start, known[-1].end)
        if known and known[-1].plain == "nam":
            plain = _of_a_year(plain)
        first, *rest = plain.split(" ")
        known.append(Word(first, word.marked if not rest else first, word.start, word.end))
        known += [Word(one, one, word.end, word.end, glued=True) for one in rest]
    return known


_BESIDE_A_YEAR: Final = ("ngoai", "truoc")
"""Words after "năm" in which a slip is mended, although the slip may be a syllable too: "goái"."""


def _of_a_year(plain: str) -> str:
    near = [one for one in _BESIDE_A_YEAR if OSA.distance(plain, one, score_cutoff=1) <= 1]
    return near[0] if near else plain

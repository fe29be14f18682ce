"""What was typed on a TELEX or VNI keyboard, found again from what the keyboard made of it.

It serves codes of base32, which were issued before codes without vowels: "BRTWD-JHASS" arrives as
"BRTƯD-JHÁS". A keyboard forgets where a key was pressed, so there are several ways to have typed a
text. Keyboards differ, so every position behind the marked letter is tried.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations, product
from typing import Final

MOST_WAYS: Final = 1024
"""2^10. A code of base32 has fifty bits: if so many are tried for one text, forty bits remain. Two
marks in a group of five letters have about fifty ways.
"""

MOST_LOOKED_AT: Final = 4 * MOST_WAYS
"""So that no text costs more than a few milliseconds."""

MOST_LOST: Final = 2
"""Keys that a keyboard dropped: "SS" behind a vowel gives S."""

_MOST_HORNED: Final = 3
"""Letters Ư in a word: each doubles or trebles the ways, and no code of ten has more."""

_CIRCUMFLEX, _BREVE, _HORN, _STROKE = "\u0302", "\u0306", "\u031b", "\u0335"
_TONES: Final = "\u0301\u0300\u0309\u0303\u0323"
_TELEX: Final = dict(zip(_TONES, "SFRXJ", strict=True)) | {_BREVE: "W", _HORN: "W", _STROKE: "D"}
_VNI: Final = dict(zip(_TONES, "12345", strict=True)) | {
    _CIRCUMFLEX: "6",
    _HORN: "7",
    _BREVE: "8",
    _STROKE: "9",
}
_VOWELS: Final = "AEIOUY"
_LOST_TONES: Final = {True: "SFRXJZ", False: "2345"}
"""The tone keys of TELEX and of VNI that base32 has."""

_DOUBLED: Final = frozenset("SFRXJZWAEOD123456789")
"""A key pressed twice takes its mark back and leaves one letter."""


@dataclass(frozen=True, kw_only=True)
class _Key:
    """A key that made a mark: pressed behind the letter at `behind`, at the earliest behind
    `first`.
    """

    key: str
    behind: int
    first: int


def ways_to_type(words: Sequence[str], length: int) -> tuple[str, ...]:
    """The ways to press `length` keys that give these words, in capitals and run together, the
    likeliest first; at most `MOST_WAYS`.
    """
    ways = (
        whole
        for keys in (_TELEX, _VNI)
        for spelled in product(*(tuple(_spellings(_letters(word), keys)) for word in words))
        if 0 <= length - sum(map(_Spelling.presses, spelled)) <= MOST_LOST
        for parts in product(*(tuple(_pressed(one)) for one in spelled))
        for whole in _with_lost("".join(parts), length, keys)
    )
    # Several positions of a key give the same text, so the first `MOST_LOOKED_AT` are looked at.
    different = dict.fromkeys(islice(ways, MOST_LOOKED_AT))
    return tuple(different)[:MOST_WAYS]


def _letters(word: str) -> list[tuple[str, str]]:
    """Each letter in capitals with its marks."""
    letters: list[tuple[str, str]] = []
    for one in unicodedata.normalize("NFD", word.upper().replace("Đ", f"D{_STROKE}")):
        if letters and unicodedata.combining(one):
            letters[-1] = (letters[-1][0], letters[-1][1] + one)
        else:
            letters.append((one, ""))
    return letters


@dataclass(frozen=True, kw_only=True)
class _Spelling:
    """The letters of a word without their marks, and the keys that made the marks."""

    bases: list[str]
    pressed: list[_Key]

    def presses(self) -> int:
        """How many keys were pressed, without those that left no mark."""
        return len(self.bases) + len(self.pressed)


def _spellings(letters: list[tuple[str, str]], keys: Mapping[str, str]) -> Iterator[_Spelling]:
    """On TELEX, W alone makes Ư, and one W makes both letters of ƯƠ."""
    horned = [at for at, (base, marks) in enumerate(letters) if base == "U" and _HORN in marks]
    if len(horned) > _MOST_HORNED:
        return
    choices = ("U+", "W", "shared") if keys is _TELEX else ("U+",)
    for chosen in product(choices, repeat=len(horned)):
        how = dict(zip(horned, chosen, strict=True))
        bases = ["W" if how.get(at) == "W" else base for at, (base, _) in enumerate(letters)]
        pressed = []
        for at, (base, marks) in enumerate(letters):
            for mark in marks:
                if mark == _HORN and how.get(at) in ("W", "shared"):
                    continue
                key = base if mark == _CIRCUMFLEX and keys is _TELEX else keys.get(mark)
                if key is not None:
                    first = _first_vowel(letters, at) if mark in _TONES else at
                    pressed.append(_Key(key=key, behind=at, first=first))
        yield _Spelling(bases=bases, pressed=pressed)


def _first_vowel(letters: list[tuple[str, str]], at: int) -> int:
    """A keyboard moves the tone to a later vowel of the syllable."""
    return next((one for one, (base, _) in enumerate(letters[:at]) if base in _VOWELS), at)


def _pressed(spelled: _Spelling) -> Iterator[str]:
    """The letters with the keys at every place where, and in every order in which, they may have
    been pressed.
    """
    end = len(spelled.bases)
    for keys in permutations(spelled.pressed):
        for chosen in product(*(_places(one, end) for one in keys)):
            behind = list(spelled.bases)
            for one, at in zip(keys, chosen, strict=True):
                behind[at] += one.key
            yield "".join(behind)


def _places(key: _Key, end: int) -> list[int]:
    """Behind its letter first, then further on, then before."""
    return [*range(key.behind, end), *range(key.behind - 1, key.first - 1, -1)]


def _with_lost(typed: str, length: int, keys: Mapping[str, str]) -> Iterator[str]:
    """The text itself if it has the length; shorter by one or two, with the keys that a keyboard
    drops: a key pressed twice, and a tone behind a vowel that another replaced or took away.
    """
    missing = length - len(typed)
    if missing == 0:
        yield typed
    elif 0 < missing <= MOST_LOST:
        for at, letter in enumerate(typed):
            if letter in _DOUBLED:
                yield from _with_lost(typed[:at] + letter + typed[at:], length, keys)
        vowel = next((at for at, letter in enumerate(typed) if letter in _VOWELS), len(typed))
        for at in range(vowel + 1, len(typed) + 1):
            for tone in _LOST_TONES[keys is _TELEX]:
                yield from _with_lost(typed[:at] + tone + typed[at:], length, keys)

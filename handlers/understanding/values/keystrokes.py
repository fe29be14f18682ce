"""Words as the keyboard sent them when TELEX or VNI was on but did not act: "khoong", "kho6ng".

Each decoder returns the word that the keys would have made, with its diacritics, or None if the
keys make no syllable.
"""

import unicodedata
from functools import lru_cache

from handlers.understanding.text import strip_marks
from handlers.understanding.values.syllables import MOST_CACHED, STOPPED, is_syllable

_VOWELS = frozenset("aeiouy")
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_AFTER_A_STOP = frozenset({"\u0301", "\u0323", ""})


class _Word:
    """The letters of one syllable, its vowel marks and its tone while the keys are read."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.marks: list[str] = []
        self.tone = ""
        self.keys = 0

    def add(self, letter: str) -> None:
        decomposed = unicodedata.normalize("NFD", letter)
        base, marks = decomposed[0], decomposed[1:]
        self.letters.append(base)
        self.marks.append("".join(one for one in marks if one in (_CIRCUMFLEX, _BREVE, _HORN)))
        for one in marks:
            if one in _TELEX_TONES.values():
                self.tone = one

    @property
    def has_vowel(self) -> bool:
        return any(one in _VOWELS for one in self.letters)

    def last(self, wanted: str) -> int | None:
        """The place of the last of these vowels that has no mark yet."""
        for at in range(len(self.letters) - 1, -1, -1):
            if self.letters[at] in wanted and not self.marks[at]:
                return at
        return None

    def mark(self, wanted: str, mark: str) -> bool:
        at = self.last(wanted)
        if at is None:
            return False
        self.marks[at] = mark
        if mark == _HORN and self.letters[at] == "o" and at and self.letters[at - 1] == "u":
            self.marks[at - 1] = _HORN
        self.keys += 1
        return True

    def add_vowel(self, letter: str) -> bool:
        """A vowel that a key makes by itself: w is ư."""
        self.add(letter)
        self.keys += 1
        return True

    def stroke(self) -> bool:
        """Turn the first d into đ."""
        if not self.letters or self.letters[0] != "d":
            return False
        self.letters[0] = "đ"
        self.keys += 1
        return True

    def set_tone(self, tone: str) -> bool:
        self.tone = tone
        self.keys += 1
        return True

    def text(self) -> str | None:
        """The syllable, or None if the keys make none."""
        plain = strip_marks("".join(self.letters))
        if not self.keys or not is_syllable(plain):
            return None
        if STOPPED.search(plain) and self.tone not in _AFTER_A_STOP:
            return None
        at = self._tone_place()
        marks = [mark + (self.tone if n == at else "") for n, mark in enumerate(self.marks)]
        spelt = "".join(one + mark for one, mark in zip(self.letters, marks, strict=True))
        return unicodedata.normalize("NFC", spelt)

    def _tone_place(self) -> int | None:
        marked = [at for at, mark in enumerate(self.marks) if mark]
        if marked:
            return marked[-1]
        begins = 2 if self.letters[:2] in (["q", "u"], ["g", "i"]) else 0
        vowels = [at for at in range(begins, len(self.letters)) if self.letters[at] in _VOWELS]
        if not vowels:
            return next((at for at, one in enumerate(self.letters) if one in _VOWELS), None)
        closed = vowels[-1] < len(self.letters) - 1
        return vowels[-1] if closed or len(vowels) == 1 else vowels[-2]


@lru_cache(maxsize=MOST_CACHED)
def telex(word: str) -> str | None:
    """The word of TELEX keys in lower case ("dduowjc" is "được"), or None."""
    made = _Word()
    for key in word:
        if not _telex_key(made, key):
            made.add(key)
    return made.text()


def _telex_key(made: _Word, key: str) -> bool:
    if key == "d" and made.letters and made.letters[0] == "d":
        return made.stroke()
    if not made.has_vowel:
        return key == "w" and made.add_vowel("ư")
    if key in _TELEX_TONES:
        return made.set_tone(_TELEX_TONES[key])
    if key in "aeo" and made.last(key) is not None:
        return made.mark(key, _CIRCUMFLEX)
    if key == "w":
        return made.mark("ou", _HORN) or made.mark("a", _BREVE)
    return False


@lru_cache(maxsize=MOST_CACHED)
def vni(word: str) -> str | None:
    """The word of VNI keys in lower case ("d9u7o75c" is "được"), or None."""
    made = _Word()
    for key in word:
        if not key.isdecimal():
            made.add(key)
        elif not _vni_key(made, key):
            return None
    return made.text()


def _vni_key(made: _Word, key: str) -> bool:
    if key == "9":
        return made.stroke()
    if not made.has_vowel:
        return False
    if key in _VNI_TONES:
        return made.set_tone(_VNI_TONES[key])
    if key == "6":
        return made.mark("aeo", _CIRCUMFLEX)
    if key == "7":
        return made.mark("ou", _HORN)
    if key == "8":
        return made.mark("a", _BREVE)
    return False

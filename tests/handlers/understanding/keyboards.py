"""TELEX and VNI keyboards, as UniKey and the keyboards of phones work: keystrokes in, text out.

A key acts on the word before it. Pressed a second time it takes its mark back and stays as a
letter. A key that finds no letter to act on stays as typed. With `quick`, the options that write
a final or first consonant for a doubled key are on.
"""

import unicodedata
from dataclasses import dataclass

_VOWELS = "aeiouy"
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_QUICK = {"c": "h", "g": "i", "k": "h", "n": "g", "p": "h", "q": "u", "t": "h"}
_HAT, _BREVE, _HORN, _BAR = "\u0302", "\u0306", "\u031b", "\u0335"


@dataclass
class _Letter:
    base: str
    shape: str = ""
    tone: str = ""
    upper: bool = False
    from_w: bool = False

    def shown(self) -> str:
        text = "đ" if self.shape == _BAR else self.base + self.shape + self.tone
        text = unicodedata.normalize("NFC", text)
        return text.upper() if self.upper else text


def telex(keys: str, *, quick: bool = False) -> str:
    return _converted(keys, _telex_key, quick=quick)


def vni(keys: str) -> str:
    return _converted(keys, _vni_key, quick=False)


def _converted(keys: str, press: object, *, quick: bool) -> str:
    shown, word = "", list[_Letter]()
    for key in keys:
        if not key.isalnum():
            shown += "".join(one.shown() for one in word) + key
            word = []
        elif quick and word and word[-1].base == key.lower() and key.lower() in _QUICK:
            word.append(_Letter(_QUICK[key.lower()], upper=key.isupper()))
        elif not press(word, key.lower(), upper=key.isupper()):  # type: ignore[operator]
            word.append(_Letter(key.lower(), upper=key.isupper()))
    return shown + "".join(one.shown() for one in word)


def _telex_key(word: list[_Letter], key: str, *, upper: bool) -> bool:
    if key in _TELEX_TONES:
        return _toned(word, _TELEX_TONES[key])
    if key == "z":
        return _toned(word, "")
    if key == "d":
        return _shaped(word, "d", _BAR)
    if key in "aeo":
        return _shaped(word, key, _HAT)
    if key == "w":
        if _shaped(word, "a", _BREVE) or _shaped(word, "uo", _HORN):
            return True
        if not any(one.base in _VOWELS for one in word):
            word.append(_Letter("u", _HORN, upper=upper, from_w=True))
            return True
    return False


def _vni_key(word: list[_Letter], key: str, *, upper: bool) -> bool:  # noqa: ARG001
    if key in _VNI_TONES:
        return _toned(word, _VNI_TONES[key])
    shapes = {"6": ("aeo", _HAT), "7": ("uo", _HORN), "8": ("a", _BREVE), "9": ("d", _BAR)}
    if key == "0":
        return _toned(word, "")
    return key in shapes and _shaped(word, *shapes[key])


def _toned(word: list[_Letter], tone: str) -> bool:
    vowels = [one for one in word if one.base in _VOWELS]
    if not vowels:
        return False
    toned = next((one for one in vowels if one.tone), None)
    if toned is not None and toned.tone == tone:
        toned.tone = ""
        return False
    if toned is None and not tone:
        return False
    at = toned or vowels[-1]
    at.tone = tone
    return True


def _shaped(word: list[_Letter], bases: str, shape: str) -> bool:
    for at, one in reversed(list(enumerate(word))):
        if one.base in bases:
            if one.shape == shape:
                one.shape = ""
                if one.from_w:
                    one.base = "w"
                return one.from_w
            one.shape = shape
            if shape == _HORN and one.base == "o" and at and word[at - 1].base == "u":
                word[at - 1].shape = _HORN
            return True
    return False

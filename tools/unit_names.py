"""Converts the sources' spelling of units to ours."""

import re
import unicodedata

from domain.units import UnitKind

KIND_BY_TYPE = {
    "tinh": UnitKind.PROVINCE,
    "huyen": UnitKind.RURAL_DISTRICT,
    "thi xa": UnitKind.TOWN,
    "quan": UnitKind.URBAN_DISTRICT,
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.WARD,
    "thi tran": UnitKind.TOWNSHIP,
    "dac khu": UnitKind.SPECIAL_ZONE,
}
TYPE_WORDS = re.compile(
    r"^(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu) ", re.IGNORECASE
)


class BuildError(Exception):
    """The sources are not the versions that this script was written for."""


def key_of(text: str) -> str:
    """Letters and digits only, without marks: how vietnamadminunits writes its aliases."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in decomposed if c.isascii() and c.isalnum())
    return re.sub(r"^(phuong|quan)0+(?=\d)", r"\1", letters)


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LATE_TONE = re.compile(rf"(o)([ae])([{_TONES}])(?!\w)|((?<![qQ])u)(y)([{_TONES}])(?!\w)")


def _earlier_tone(found: re.Match[str]) -> str:
    first, second, tone = (part for part in found.groups() if part)
    return first + tone + second


def clean(name: str) -> str:
    """The name in NFC with standard capitals, spaces and tone marks (Hòa, not Hoà)."""
    name = unicodedata.normalize("NFD", " ".join(name.split()))
    name = unicodedata.normalize("NFC", _LATE_TONE.sub(_earlier_tone, name))
    name = re.sub(r"^(NT|N\.T|Nông Trường) ", "Nông trường ", name)
    name = re.sub(r" \((Xã|Phường|Thị trấn)\)$", "", name)
    name = name.replace("' ", "'").replace("Rang-Tháp", "Rang - Tháp")
    name = re.sub(r"^0+(?=\d)", "", name)
    words = [w if w == "trường" else w[0].upper() + w[1:] for w in name.split()]
    return " ".join(words)


def split_type(full: str, *, top: bool) -> tuple[UnitKind, str]:
    """Kind and clean name of "Thị trấn Mỹ Long"; `top` tells a city from a provincial city."""
    full = " ".join(unicodedata.normalize("NFC", full).split())
    found = TYPE_WORDS.match(full)
    if found is None:
        raise BuildError(f"{full!r} begins with no known type of unit")
    word = unicodedata.normalize("NFD", found.group(1).lower().replace("đ", "d"))
    word = "".join(c for c in word if not unicodedata.combining(c))
    if word == "thanh pho":
        return (UnitKind.CITY if top else UnitKind.PROVINCIAL_CITY), clean(full[found.end() :])
    return KIND_BY_TYPE[word], clean(full[found.end() :])

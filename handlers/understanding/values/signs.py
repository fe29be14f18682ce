"""The characters of a text in one form: digits of any script, quotes, dashes, Đ, key caps."""

import re
import unicodedata
from typing import Final

from handlers.understanding.typed import typed

_QUOTES: Final = dict.fromkeys(map(ord, "“”„‟«»″❝❞"), '"')
_OTHER_D: Final = {ord("Ð"): "Đ", ord("ð"): "đ", ord("Ɖ"): "Đ", ord("ɖ"): "đ"}
"""Letters of other alphabets that look like Đ; some keyboards and old documents send them."""
_KEY_CAP: Final = dict.fromkeys((0xFE0F, 0xFE0E, 0x20E3))
_AGREEING: Final = re.compile("[👍👌✅✔☑🆗][\U0001f3fb-\U0001f3ff]?")
_WITH_LETTER_O: Final = re.compile(
    r"(?<!\w)(?:\d[\doO]*[oO][\doO]*|[oO]+\d[\doO]*)(?!\w)|^\W*[oO]\W*$"
)
"""A figure in which the letter O was typed for a zero."""
_SPACED_DASH: Final = re.compile(r"[‐-―−]")


def in_one_form(text: str) -> str:
    """The text with ASCII digits, straight quotes, hyphens, Đ, no invisible characters and single
    spaces; case, diacritics and length of words are unchanged. A raised thumb becomes "ok".
    """
    said = text.translate(_QUOTES | _OTHER_D | _KEY_CAP)
    said = _AGREEING.sub(" ok ", said)
    said = typed(_SPACED_DASH.sub("-", said))
    said = "".join(_digit(one) for one in said)
    return _WITH_LETTER_O.sub(lambda found: re.sub("[oO]", "0", found[0]), said)


def _digit(letter: str) -> str:
    if letter.isascii() or unicodedata.category(letter) not in ("Nd", "No"):
        return letter
    value = unicodedata.digit(letter, None)
    return letter if value is None else str(value)

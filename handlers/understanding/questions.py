"""What a free question is about: the intent, before any unit is looked for."""

import re

from handlers.understanding.intents import Intent
from handlers.understanding.text import Word, only_drops_marks, plain, words_of
from handlers.understanding.vocabulary import COMMON_WORDS

# In the order in which they are tried: "vì sao xã X chưa đạt" also contains "chưa đạt". "Sao",
# "vướng" and "hạn" count only next to words that no name has after or before them, because Ba Sao,
# Hùng Vương and Văn Hán are names.
_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.MISSING,
        re.compile(
            r"\b(?:chua|cham|quen)\b.{0,20}\b(?:nop|gui|bao cao)\b|\bthieu bao cao\b"
            r"|\bnot handed in\b"
        ),
    ),
    (
        Intent.WHY,
        re.compile(
            r"\b(?:vi sao|tai sao|li do|thieu gi|wh[iy])\b|\bsao (?:lai |van )?(?:chua|khong|bi)\b"
            r"|^sao (?:lai|xa|phuong|thi tran|huyen|don vi)\b|\b(?:con|dang|bi) vuong\b"
            r"|\bvuong (?:mac|gi|o|cho|muc|noi dung)\b|\bvướng\b"
        ),
    ),
    (
        Intent.DATES,
        re.compile(
            r"\bhan (?:nop|cuoi|chot|gui|bao cao|cua|ngay|nao|la|may|gi)\b"
            r"|\b(?:den|sap|qua|thoi|het|cac|ki) han\b|^han$|\bhạn\b"
            r"|\b(?:khi nao|bao gio|luc nao|ngay nao)\b.{0,20}\b(?:nop|gui)\b"
            r"|\bnop\b.{0,30}\b(?:khi nao|bao gio|luc nao|ngay nao|chua)\b|\bdeadlines?\b"
        ),
    ),
    (
        Intent.STATUS,
        re.compile(
            r"\btinh hinh\b|\bket qua\b|\bthe nao\b|\bra sao\b|\btien do\b|\bdat chua\b"
            r"|\bda dat\b|\bxem\b|\bhow is\b|\bstatus\b"
        ),
    ),
)

_SPELT_OUT = frozenset({"hạn", "vướng"})
_MEANT = {"chua": "chưa", "cham": "chậm", "han": "hạn", "vuong": "vướng", "nop": "nộp"}
"""Words that decide, and their form with marks: "Chùa Hang" is not "chưa"."""


def intent_of(text: str) -> Intent:
    """The intent of the words; UNKNOWN if there is none (a bare unit name asks for its status)."""
    said = " ".join(_decisive(word) for word in words_of(text))
    for intent, pattern in _PATTERNS:
        if pattern.search(said):
            return intent
    return Intent.UNKNOWN


def _decisive(word: Word) -> str:
    """The word without marks, i for y. A word that its marks decide has its marks, or "…" if the
    marks make it another word.
    """
    if word.marked in _SPELT_OUT:
        return word.marked
    meant = _MEANT.get(word.plain)
    if meant is None or only_drops_marks(word.marked, words_of(meant)[0].marked):
        return word.plain
    return "…"


_TYPE_WORD = re.compile(
    # "Tình hình" without marks is not a province.
    r"\b(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh(?! hinh\b)|dac khu)\s+([^\W_]+)"
)


def names_a_place(text: str) -> bool:
    """Whether the words say that a unit is meant, known or not: "xã Hoằng Phú"."""
    return any(word not in COMMON_WORDS for word in _TYPE_WORD.findall(plain(text)))

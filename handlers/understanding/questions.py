"""What a free question is about: the intent, before any unit is looked for."""

import re

from handlers.reply import Intent
from handlers.understanding.mentions import COMMON_WORDS
from handlers.understanding.text import plain

# In the order in which they are tried: "vì sao xã X chưa đạt" holds "chưa đạt" too.
_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.MISSING,
        re.compile(r"\b(?:chua|cham|ai)\b.{0,20}\bnop\b|\bthieu bao cao\b|not handed in"),
    ),
    (
        Intent.WHY,
        re.compile(r"\b(?:vi sao|tai sao|ly do|sao)\b|\b(?:con )?vuong\b|\bwhy\b|\bthieu gi\b"),
    ),
    (Intent.DATES, re.compile(r"\bhan\b|\bkhi nao\b.{0,20}\bnop\b|\bdeadline")),
    (
        Intent.STATUS,
        re.compile(
            r"\btinh hinh\b|\bket qua\b|\bthe nao\b|\bra sao\b|\btien do\b|\bdat chua\b"
            r"|\bda dat\b|\bxem\b|\bhow is\b|\bstatus\b"
        ),
    ),
)


def intent_of(text: str) -> Intent:
    """The intent that the words show; UNKNOWN when none does (a bare unit name asks its status)."""
    said = plain(text)
    for intent, pattern in _PATTERNS:
        if pattern.search(said):
            return intent
    return Intent.UNKNOWN


_TYPE_WORD = re.compile(
    r"\b(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh|dac khu)\s+([^\W_]+)"
)


def names_a_place(text: str) -> bool:
    """Whether the words say that a unit is meant, known to us or not: "xã Hoằng Phú"."""
    return any(word not in COMMON_WORDS for word in _TYPE_WORD.findall(plain(text)))

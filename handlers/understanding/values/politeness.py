"""What is only polite at both ends of a text: "dạ em ơi … nha"."""

import re
from typing import Final

_FILLERS = (
    r"(?:da|vang|a|ah|oi|u|em|e|anh|chi|ban|minh|toi|dong chi|bot|nha|nhe|nhen|nghen"
    r"|nghe|nhi|ne|hen|ha|di"
    r"|luon|cai|giup|gium|dum|voi|nua|thoi|thi|ma|do|day|vay|da|xin|lam on|ok|cho|the"
    r"|het|roi|gio|gio nay)"
)
_HEAD: Final = re.compile(rf"^(?:{_FILLERS} )+(?=\S)")
_TAIL: Final = re.compile(rf"(?: {_FILLERS})+$")


def without_politeness(bare: str) -> str:
    """The words without what is only polite at both ends: "dạ em ơi làm tiếp nha"."""
    head = _HEAD.sub("", bare)
    return _TAIL.sub("", head) or bare


def polite_variants(bare: str) -> tuple[str, ...]:
    """The words as they are, and without more and more of what may be only polite before and behind
    them: "dạ bận họp rồi" may begin with "bạn".
    """
    heads = _shorter(bare, _FIRST_FILLER)
    return tuple(dict.fromkeys(one for head in heads for one in _shorter(head, _LAST_FILLER)))


def _shorter(bare: str, filler: re.Pattern[str]) -> list[str]:
    shorter = [bare]
    while len(shorter) <= _MOST_FILLERS and filler.search(shorter[-1]):
        shorter.append(filler.sub("", shorter[-1]))
    return shorter


_FIRST_FILLER: Final = re.compile(rf"^{_FILLERS} (?=\S)")
_LAST_FILLER: Final = re.compile(rf" {_FILLERS}$")
_MOST_FILLERS: Final = 5
"""Polite words at one end; "dạ anh ơi cho em" are five, and each doubles the work at the most."""

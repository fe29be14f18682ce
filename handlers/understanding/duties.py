"""Which duty a person means by its name: "báo cáo 6 tháng", "tổng kết năm", "kế hoạch"."""

import re
from collections.abc import Sequence

from handlers.understanding.text import plain

# What people say, and what the documents call it. The order matters: a half-year report is also a
# report, and a report on a plan is not a plan.
_NAMES = (
    (r"\b0?6 thang\b|\bsau thang\b|\bnua nam\b|\bso ket\b|\bhalf", r"\b0?6 thang\b|\bso ket\b"),
    (
        r"\b(?:0?1|mot|ca|cuoi) nam\b(?! 20)|\btong ket\b|\b(?:annual|yearly)\b",
        r"\b(?:0?1|mot) nam\b|\btong ket\b",
    ),
    (r"\bbao cao\b|\breports?\b", r"\bbao cao\b"),
    (r"\bke hoach\b|\bplans?\b", r"\bke hoach\b"),
)


def names_a_duty(text: str) -> bool:
    """Whether the words name a kind of duty at all."""
    said = plain(text)
    return any(re.search(name, said) for name, _ in _NAMES)


def duties_named(text: str, whats: Sequence[str]) -> tuple[int, ...]:
    """The positions of the duties that a text names, among the names that their documents use.

    All of them if it names none or one that is not in the list: then the name does not help here.
    """
    said = plain(text)
    for name, official in _NAMES:
        if not re.search(name, said):
            continue
        found = tuple(at for at, what in enumerate(whats) if re.search(official, plain(what)))
        if found:
            return found
    return tuple(range(len(whats)))

"""The 97 rows of Trà Vinh 1672 by the rule in their "pass rule" column of the document."""

from collections.abc import Iterable
from typing import Final


def _rows(**by_part: str) -> list[str]:
    """_rows(I="1.c 1.d", II="2.b") is ["I.1.c", "I.1.d", "II.2.b"]."""
    return [f"{part}.{row}" for part, rows in by_part.items() for row in rows.split()]


SAID: Final = _rows(
    I="1.c 1.d 2.a 2.b 2.c 2.d 2.e 2.f 3.c 4.a 4.b 4.c 4.d 6.b 6.c 6.e 6.g 6.h 6.i 6.k 6.m 6.n"
    " 7.a 8.a 8.b",
    II="2.b 2.c 2.d 2.e 2.f 3.a 4.c",
    III="1.c 1.d 1.e 3.b 3.c 4.b 4.c 4.d 5.a 5.b 5.c 5.d 5.e 5.f",
)
FIRST_QUARTER: Final = _rows(I="1.a 1.b", III="1.a 1.b")
DOCUMENT: Final = _rows(I="5.a 6.a", II="2.a", III="2.a 3.a 4.a", IV="2.a")
NONE_OR_SOME: Final = _rows(I="1.e 3.b 5.c 5.d 7.d 8.d 8.f", III="1.f")
COUNT_ZERO: Final = _rows(II="3.d 3.e 3.f")
COUNT_MIN: Final = _rows(I="6.f", II="4.b")
NAMED: Final = _rows(I="6.d", II="4.a")
CUT: Final = _rows(I="5.b", III="3.d")
REDUCED: Final = _rows(I="5.e 5.f 5.g 5.h", III="3.e 3.f 3.g 3.h")
CASUALTIES: Final = _rows(I="5.f", III="3.f")
"""The rows of REDUCED that also weigh the dead and injured."""
TAKEN_OVER: Final = {"II.3.b": "I.5.c", "II.3.c": "I.5.d"}
CROSSREF: Final = {
    "II.1": _rows(I="1 2 3 4 5 6 7 8"),
    "IV.1": _rows(III="1 3 4 5"),
}
SHARES: Final = _rows(III="2.b 2.c", IV="2.b")
ALONE: Final = _rows(I="3.a 6.l 6.o 7.b 7.c 7.e 8.c 8.e")
"""Rows with a rule, or a use of it, that no other row has."""

EVERY_LIST: Final[tuple[Iterable[str], ...]] = (
    SAID,
    FIRST_QUARTER,
    DOCUMENT,
    NONE_OR_SOME,
    COUNT_ZERO,
    COUNT_MIN,
    NAMED,
    CUT,
    REDUCED,
    TAKEN_OVER,
    CROSSREF,
    SHARES,
    ALONE,
)

RED: Final = _rows(I="2.a 2.c 2.d 2.e 3.c 4.c 7.b 7.e", III="4.c 5.a 5.c 5.d 5.e")
FORCE_MAJEURE: Final = _rows(I="5.e 5.f 5.g 5.h", II="3.d 3.e 3.f", III="3.e 3.f 3.g 3.h")

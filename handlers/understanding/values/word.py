"""One word of a text and its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """`plain` has no diacritics, `marked` has those that were typed; `start` and `end` are its
    place. `glued`: it belongs to the word before it, which stands for both.
    """

    plain: str
    marked: str
    start: int
    end: int
    glued: bool = False


def words_in(text: str) -> frozenset[str]:
    """The words of a text: a list of words that can be read at one glance."""
    return frozenset(text.split())

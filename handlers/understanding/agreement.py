"""The word that confirms: typed, never a digit, so that no slip of the finger is a decision."""

from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_AGREE = frozenset({"dong y", "i agree", "agree"})
_EDGES = " .!?\"'“”«»"


def agrees(text: str) -> bool:
    """Whether the whole text is "ĐỒNG Ý" ("I agree"), with or without diacritics."""
    return plain(typed(text)).strip(_EDGES) in _AGREE

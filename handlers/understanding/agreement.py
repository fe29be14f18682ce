"""The word that confirms, typed or sent by a button that shows it.

It is never a digit: a person may type a digit as the answer to the next question.
"""

from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_AGREE = frozenset({"dong y", "i agree", "agree"})
_EDGES = " .!\"'“”«»"


def agrees(text: str) -> bool:
    """Whether the whole text is "ĐỒNG Ý" ("I agree"), with or without diacritics. With a question
    mark it asks, and does not agree."""
    return plain(typed(text)).strip(_EDGES) in _AGREE

"""Converts keyboard input to one form before its digits and signs are parsed."""

from handlers.understanding.text import tidy

_FULL_WIDTH = {ord("\u3000"): " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""The full-width digits and signs of East Asian keyboards, which look like ours: "１２／０３"."""
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
"""Characters that phones put in place of a hyphen."""


def typed(text: str) -> str:
    """`tidy`, with full-width digits and signs made narrow and every dash a hyphen."""
    return tidy(text.translate(_FULL_WIDTH | _DASHES))

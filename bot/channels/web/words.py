"""The sentences of the page and of refusals, read from the locale's web.json."""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import locales

LANGUAGES: Final = locales.LOCALES
_HOME = Path(locales.__file__).parent


@cache
def sentences(language: str) -> MappingProxyType[str, str]:
    """Every sentence of the web chat in one of `LANGUAGES`, by its key."""
    text = (_HOME / language / "web.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def say(language: str, key: str, **values: object) -> str:
    """The sentence with its {names} filled in."""
    return sentences(language)[key].format(**values)


def preferred(accept_language: str) -> str:
    """The first of our languages in an Accept-Language header, else Vietnamese.

    Browsers list the best first, so that the weights (";q=") need no reading.
    """
    for part in accept_language.split(","):
        language = part.strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]

"""The sentences of the page and of refusals, read from the locale's web.json."""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import locales

LANGUAGES: Final = locales.LOCALES
FIRST: Final = LANGUAGES[0]
_HOME = Path(locales.__file__).parent


@cache
def sentences(language: str) -> MappingProxyType[str, str]:
    """Every sentence of the web chat in one of `LANGUAGES`, by its key."""
    text = (_HOME / language / "web.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def say(language: str, key: str, **values: object) -> str:
    """The sentence with its {names} filled in."""
    return sentences(language)[key].format(**values)


def known(language: str) -> str:
    """This language if we have it, else Vietnamese.

    The browser's language setting is ignored: many of our readers' machines are set to English, and
    everybody gets Vietnamese until they choose another language in the chat.
    """
    return language if language in LANGUAGES else FIRST

"""What is read once and shared by every turn: sentences, legal documents, units, rest days."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.criteria import CriteriaSet
from handlers.ground.new_codes import new_code
from locales import LOCALES, Words
from packs.holidays import work_calendar
from packs.loader import load_pack
from packs.stamp import criteria_from_json
from packs.units import load_successions, load_units

if TYPE_CHECKING:
    from storage import Tx

BOOKS_KEPT = 3
CALENDARS_KEPT = 8
"""Spans of years that are asked for at a time: this year, this and the next."""

SETS_KEPT = 32
"""As many criteria sets as a country needs at once; one takes about half a megabyte."""


class UnknownSet(LookupError):
    """An assessment is stamped with a set that neither the packs nor the database hold."""


class Library:
    """Everything that turns read and none of them changes. Loads each thing at its first use."""

    def __init__(self, new_code: Callable[[], str] = new_code) -> None:
        """`new_code` makes one-time codes; a test gives known ones."""
        self.new_code = new_code
        self._words = {locale: Words(locale) for locale in LOCALES}
        self._sets: dict[str, CriteriaSet] = {}
        # Bound to this object, so that a test's library dies with its caches.
        self.pack = lru_cache(maxsize=SETS_KEPT)(load_pack)
        self.book = lru_cache(maxsize=BOOKS_KEPT)(load_units)
        self.calendar = lru_cache(maxsize=CALENDARS_KEPT)(work_calendar)
        self.successions = lru_cache(maxsize=1)(load_successions)

    def words(self, locale: str) -> Words:
        """The sentences of a language; ValueError for one we do not speak."""
        return self._words.get(locale) or Words(locale)

    def criteria(self, set_id: str, content_hash: str, tx: "Tx") -> CriteriaSet:
        """The set an assessment was stamped with, as it was then.

        Our own pack when it still has that content, else the copy the database keeps.
        Raises UnknownSet when neither does.
        """
        if content_hash not in self._sets:
            self._sets[content_hash] = self._find(set_id, content_hash, tx)
        return self._sets[content_hash]

    def _find(self, set_id: str, content_hash: str, tx: "Tx") -> CriteriaSet:
        stored = tx.sets.body(content_hash)
        if stored is not None:
            return criteria_from_json(stored)
        criteria = self.pack(set_id).criteria
        if criteria is None or criteria.content_hash != content_hash:
            msg = f"no criteria set {set_id} with content {content_hash}"
            raise UnknownSet(msg)
        return criteria

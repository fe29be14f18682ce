"""Data that is loaded once and shared by all turns: sentences, legal documents, units,
rest days.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.criteria import CriteriaSet
from domain.replies import FAR_TIMES
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
"""Spans of years in use at one time: this year, this and the next."""

SETS_KEPT = 32
"""The most criteria sets that a country needs at one time; one takes about half a megabyte."""


class UnknownSet(LookupError):
    """Neither the packs nor the database have the set with which an assessment is stamped."""


class Library:
    """Data that all turns read and none changes. Each part is loaded at its first use."""

    def __init__(
        self, new_code: Callable[[], str] = new_code, *, far_times: int = FAR_TIMES
    ) -> None:
        """`new_code` makes one-time codes; a test passes known ones. `far_times`: how many times as
        large or as small as the known figure one is that is asked about.
        """
        self.new_code = new_code
        self.far_times = far_times
        self._words = {locale: Words(locale) for locale in LOCALES}
        self._sets: dict[str, CriteriaSet] = {}
        # Bound to this object, so that the caches of a test's library are freed with it.
        self.pack = lru_cache(maxsize=SETS_KEPT)(load_pack)
        self.book = lru_cache(maxsize=BOOKS_KEPT)(load_units)
        self.calendar = lru_cache(maxsize=CALENDARS_KEPT)(work_calendar)
        self.successions = lru_cache(maxsize=1)(load_successions)

    def words(self, locale: str) -> Words:
        """The sentences of a language. Raises ValueError for an unknown language."""
        return self._words.get(locale) or Words(locale)

    def criteria(self, set_id: str, content_hash: str, tx: "Tx") -> CriteriaSet:
        """The set with which an assessment was stamped, unchanged since.

        It is our own pack if that still has the same content, else the copy in the database. Raises
        UnknownSet if neither has it.
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

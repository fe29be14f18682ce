"""Registers of a unit: the models and groups that it has, kept from year to year.

An entry belongs to the unit, not to an answer. An answer names entries; while its assessment is
open it shows them as they are in the register, and from the hand-in on as they were then.
"""

from dataclasses import dataclass
from datetime import date


class UnreadEntries(ValueError):
    """An answer names entries that were not read from the register: a bug."""


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """One model or group of a unit.

    `id` is None until it is stored. `since_year` is known if `since_on` is; both are None if nobody
    said when it began. `ended_on` is its last day, None while it is in force. An entry with an id
    and no name was not read yet: only its number is known.
    """

    id: int | None = None
    name: str = ""
    since_year: int | None = None
    since_on: date | None = None
    ended_on: date | None = None
    decision_number: str = ""
    decision_date: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.since_on is not None and self.since_year != self.since_on.year:
            raise ValueError("the year of an entry is that of its first day")
        if self.ended_on is not None and self.ends_before_it_begins(self.ended_on):
            raise ValueError("an entry cannot end before it begins")

    def ends_before_it_begins(self, last_day: date) -> bool:
        """Whether it would end before its first day, or before its first year."""
        if self.since_on is not None:
            return last_day < self.since_on
        return self.since_year is not None and last_day.year < self.since_year

    def in_force(self, year: int) -> bool:
        """Whether it was in force on some day of a year. A beginning that nobody gave does not
        count against it.
        """
        begun = self.since_year is None or self.since_year <= year
        return begun and (self.ended_on is None or self.ended_on.year >= year)


@dataclass(frozen=True, kw_only=True)
class Entries:
    """The entries that an answer names, in their order; none: the unit has no such model."""

    items: tuple[RegisterEntry, ...] = ()

    def in_force(self, year: int) -> tuple[RegisterEntry, ...]:
        """Those in force in a year. Raises UnreadEntries."""
        for one in self.items:
            if not one.name:
                msg = f"entry {one.id} was not read from the register"
                raise UnreadEntries(msg)
        return tuple(one for one in self.items if one.in_force(year))

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the stored ones."""
        return tuple(one.id for one in self.items if one.id is not None)

"""What a unit answered to a requirement: a few named fields, given one at a time.

Every kind of answer is built from fields, because a conversation asks for one thing at a time and
may stop between any two. A complete and an incomplete answer have the same type; `domain.steps`
tells them apart.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.registers import Entries


class FieldName(StrEnum):
    """The parts an answer can have. CHOICE is the index in the requirement's choices.

    HUNDREDTHS is a percentage in hundredths of a per cent, exactly as it was given: 92,5 % is 9250.
    """

    CHOICE = "choice"
    NUMBER = "number"
    ISSUED_ON = "issued_on"
    COUNT = "count"
    FIGURE_WITHHELD = "figure_withheld"
    TOTAL = "total"
    SETTLED = "settled"
    LAST_YEAR = "last_year"
    THIS_YEAR = "this_year"
    DEATHS_LAST_YEAR = "deaths_last_year"
    DEATHS_THIS_YEAR = "deaths_this_year"
    INJURED_LAST_YEAR = "injured_last_year"
    INJURED_THIS_YEAR = "injured_this_year"
    FORCE_MAJEURE = "force_majeure"
    WHOLE = "whole"
    PART = "part"
    HUNDREDTHS = "hundredths"
    ENTRIES = "entries"
    NAMES = "names"
    NOT_APPLICABLE = "not_applicable"


Value = bool | int | str | date | tuple[str, ...] | Entries


@dataclass(frozen=True, kw_only=True)
class Field:
    """One named value of an answer. Counts are whole numbers of cases, people or models."""

    name: FieldName
    value: Value


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The fields given so far, in the order they were given."""

    fields: tuple[Field, ...] = ()

    def get(self, name: FieldName) -> Value | None:
        """The value of a field, or None if it was not given."""
        for field in self.fields:
            if field.name is name:
                return field.value
        return None

    def whole(self, name: FieldName) -> int:
        """A whole number that must be present; raises KeyError otherwise."""
        value = self.get(name)
        if not isinstance(value, int):
            raise KeyError(name)
        return value

    def day(self, name: FieldName) -> date:
        """A date that must be present; raises KeyError otherwise."""
        value = self.get(name)
        if not isinstance(value, date):
            raise KeyError(name)
        return value

    def adding(self, name: FieldName, value: Value) -> "Answer":
        """A copy of this answer with one more field."""
        return Answer(fields=(*self.fields, Field(name=name, value=value)))

    @property
    def choice(self) -> int | None:
        """The index of the chosen label, or None if the answer has no choice field."""
        value = self.get(FieldName.CHOICE)
        return value if isinstance(value, int) else None

    @property
    def has_evidence(self) -> bool:
        """Whether the answer gives a document with its number."""
        return self.get(FieldName.NUMBER) is not None


NOTHING_GIVEN = Answer()

NOT_APPLICABLE = Answer(fields=(Field(name=FieldName.NOT_APPLICABLE, value=True),))
"""The claim that a requirement does not apply. The law rarely allows it, so a reviewer decides."""

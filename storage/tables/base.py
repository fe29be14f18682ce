"""Shared by all tables: their metadata and the column types that convert to domain values."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, Table
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from domain.units import UnitId

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""On SQLite, a later migration cannot change a constraint without a name."""

METADATA: Final = MetaData(naming_convention=NAMING)


class Row(SQLModel, registry=registry(metadata=METADATA)):
    """Base of the table classes. They describe tables and never leave this package."""


def core(row: type[Row]) -> Table:
    """The Core table of a row class: statements on it cost a third of the ORM's."""
    return cast("Table", row.__dict__["__table__"])


class Moment(TypeDecorator[datetime]):
    """An aware time, UTC in both directions. A naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  the base class passes it
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        # SQLite returns it naive, PostgreSQL in the time zone of the session.
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_parse_unit = lru_cache(maxsize=20_000)(UnitId.parse)
"""All units of the country in one structure fit; parsing each row again costs more."""


class UnitKey(TypeDecorator[UnitId]):
    """A unit as "2026:17543"."""

    impl = String
    cache_ok = True

    def process_bind_param(
        self,
        value: UnitId | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        return None if value is None else f"{value.structure.value}:{value.code}"

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> UnitId | None:
        return None if value is None else _parse_unit(value)


class Word(TypeDecorator[StrEnum]):
    """A member of one enumeration, by its value, in an ordinary text column.

    A database enumeration would need a migration for each new member.
    """

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self._members = {member.value: member for member in words}

    def process_bind_param(
        self,
        value: StrEnum | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> StrEnum | None:
        return None if value is None else self._members[value]


def word(words: type[StrEnum]) -> Any:
    """`Word` as a column type; SQLModel's signature accepts only classes."""
    return Word(words)


BIG_ID: Any = BigInteger().with_variant(Integer, "sqlite")
"""For tables that grow with every message; SQLite autoincrements only the type INTEGER."""

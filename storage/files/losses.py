"""What a database has and a copy of it lacks: what a restore of the copy would lose."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from storage.errors import NotADatabase
from storage.files import wal
from storage.files.copies import uri

_LAST: Final = """
SELECT max(at) FROM (
    SELECT max(at) AS at FROM audit UNION ALL SELECT max(at) FROM answer
    UNION ALL SELECT max(at) FROM inbox UNION ALL SELECT max(queued_at) FROM outbox
)
"""
_ANSWERS: Final = """
SELECT person.id, person.handle, person.name, unit.name, lost.year, lost.requirement_id, lost.at
FROM (
    SELECT a.person_id, s.unit, s.year, a.requirement_id, a.version, a.at
    FROM answer AS a JOIN assessment AS s ON s.id = a.assessment_id
    EXCEPT
    SELECT a.person_id, s.unit, s.year, a.requirement_id, a.version, a.at
    FROM kept.answer AS a JOIN kept.assessment AS s ON s.id = a.assessment_id
) AS lost
JOIN person ON person.id = lost.person_id
JOIN unit ON unit.id = lost.unit
ORDER BY person.id, lost.unit, lost.year, lost.at, lost.requirement_id
"""
_HAND_INS: Final = """
SELECT unit.name, lost.year, lost.at FROM (
    SELECT s.unit, s.year, b.kind, b.at
    FROM submission AS b JOIN assessment AS s ON s.id = b.assessment_id
    EXCEPT
    SELECT s.unit, s.year, b.kind, b.at
    FROM kept.submission AS b JOIN kept.assessment AS s ON s.id = b.assessment_id
) AS lost
JOIN unit ON unit.id = lost.unit
ORDER BY lost.at
"""
_DECLARED: Final = """
SELECT count(*) FROM (
    SELECT unit, plan_duty_id, declared_at FROM occurrence WHERE declared_at IS NOT NULL
    EXCEPT
    SELECT unit, plan_duty_id, declared_at FROM kept.occurrence WHERE declared_at IS NOT NULL
)
"""
_PEOPLE: Final = """
SELECT name FROM (
    SELECT id, name, handle FROM person EXCEPT SELECT id, name, handle FROM kept.person
)
ORDER BY id
"""
_LOCKED: Final = """
SELECT DISTINCT person.name FROM (
    SELECT id, person_id FROM address WHERE retired_reason LIKE 'access ended:%'
    EXCEPT
    SELECT id, person_id FROM kept.address WHERE retired_reason LIKE 'access ended:%'
) AS lost
JOIN person ON person.id = lost.person_id ORDER BY person.id
"""
_CODES: Final = """
SELECT count(*) FROM (
    SELECT code_hash FROM invitation WHERE used_at IS NOT NULL OR withdrawn_at IS NOT NULL
    EXCEPT
    SELECT code_hash FROM kept.invitation WHERE used_at IS NOT NULL OR withdrawn_at IS NOT NULL
)
"""


@dataclass(frozen=True, kw_only=True)
class LostAnswers:
    """The answers of one person about one unit and year, in the order of answering."""

    person_id: int
    handle: str
    name: str
    unit: str
    year: int
    requirements: tuple[str, ...]
    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True)
class LostHandIn:
    """A checklist that was handed in, corrected, reopened or approved."""

    unit: str
    year: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Losses:
    """`until` is the last time stored in the database. `declared`: duties that units reported as
    done. `people`: names of people who were added. `locked` and `codes` stay revoked.
    """

    until: datetime | None
    answers: tuple[LostAnswers, ...]
    hand_ins: tuple[LostHandIn, ...]
    declared: int
    people: tuple[str, ...]
    locked: tuple[str, ...]
    codes: int


def last_moment(file: Path) -> datetime | None:
    """The newest time in a database, None if it records no event."""
    with closing(sqlite3.connect(uri(file), uri=True)) as connection:
        return _moment(connection.execute(_LAST).fetchone()[0])


def losses(database: Path, copy: Path) -> Losses | None:
    """What the database has and the copy lacks; None if the database cannot be read: it is damaged,
    its write-ahead log belongs to another file, or it is so new that its tables are unknown.
    """
    try:
        wal.refuse_foreign(database)
        with closing(sqlite3.connect(uri(database), uri=True)) as connection:
            connection.execute("ATTACH ? AS kept", (uri(copy),))
            return _compared(connection)
    except (sqlite3.Error, NotADatabase):
        return None


def _compared(connection: sqlite3.Connection) -> Losses:
    def rows(query: str) -> list[Any]:
        return connection.execute(query).fetchall()

    return Losses(
        until=_moment(rows(_LAST)[0][0]),
        answers=tuple(_answers(rows(_ANSWERS))),
        hand_ins=tuple(
            LostHandIn(unit=unit, year=year, at=_aware(at)) for unit, year, at in rows(_HAND_INS)
        ),
        declared=rows(_DECLARED)[0][0],
        people=tuple(name for (name,) in rows(_PEOPLE)),
        locked=tuple(name for (name,) in rows(_LOCKED)),
        codes=rows(_CODES)[0][0],
    )


def _answers(rows: Iterable[Any]) -> Iterable[LostAnswers]:
    for (person_id, handle, name, unit, year), group in groupby(rows, key=lambda row: row[:5]):
        given = [(requirement, at) for *_, requirement, at in group]
        yield LostAnswers(
            person_id=person_id,
            handle=handle,
            name=name,
            unit=unit,
            year=year,
            requirements=tuple(dict.fromkeys(requirement for requirement, _ in given)),
            first=_aware(given[0][1]),
            last=_aware(given[-1][1]),
        )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else _aware(text)


def _aware(text: str) -> datetime:
    """Times are stored in UTC, without a time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

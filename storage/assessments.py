"""Whole assessments: opening, loading all that a turn needs, handing in."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, null, select, union_all, update

from domain.assessments import Assessment, AssessmentState
from domain.units import UnitId
from storage.answers import Answers
from storage.encoding import decode_answer
from storage.errors import AssessmentLocked, Conflict
from storage.places import Places, read_bookmark
from storage.records import Loaded, Recorded
from storage.registers import filled_for
from storage.statements import AnyRow, on_both
from storage.tables.assessments import ANSWER, ASSESSMENT, BOOKMARK, SKIP, SubmissionKind
from storage.verdicts import Verdicts

COLUMNS: Final = (
    ASSESSMENT.c.id,
    ASSESSMENT.c.unit,
    ASSESSMENT.c.set_id,
    ASSESSMENT.c.set_hash,
    ASSESSMENT.c.year,
    ASSESSMENT.c.state,
    ASSESSMENT.c.version,
    ASSESSMENT.c.handed_in_at,
    ASSESSMENT.c.corrected_at,
    ASSESSMENT.c.approved_at,
)
_OPEN: Final = on_both(
    lambda insert: insert(ASSESSMENT).on_conflict_do_nothing(
        index_elements=[ASSESSMENT.c.unit, ASSESSMENT.c.year, ASSESSMENT.c.set_id]
    )
)
_THIS: Final = ASSESSMENT.c.id == bindparam("assessment")
_GET: Final = select(*COLUMNS).where(_THIS)
_PAGE: Final = (
    select(*COLUMNS)
    .where(ASSESSMENT.c.id > bindparam("after"))
    .order_by(ASSESSMENT.c.id)
    .limit(bindparam("limit"))
)
_OF_UNIT: Final = (
    select(*COLUMNS)
    .where(ASSESSMENT.c.unit == bindparam("unit"))
    .where(ASSESSMENT.c.year == bindparam("year"))
    .order_by(ASSESSMENT.c.id)
)
_OF_SET: Final = _OF_UNIT.where(ASSESSMENT.c.set_id == bindparam("set_id"))

_MARKED: Final = ASSESSMENT.outerjoin(
    BOOKMARK,
    and_(
        BOOKMARK.c.assessment_id == ASSESSMENT.c.id,
        BOOKMARK.c.person_id == bindparam("person"),
    ),
)
_PLACE: Final = (
    select(*COLUMNS, BOOKMARK.c.revisiting, BOOKMARK.c.draft_of, BOOKMARK.c.draft)
    .select_from(_MARKED)
    .where(ASSESSMENT.c.unit == bindparam("unit"))
    .order_by(ASSESSMENT.c.year.desc(), ASSESSMENT.c.id)
    .limit(1)
)
_PLACE_IN_YEAR: Final = _PLACE.where(ASSESSMENT.c.year == bindparam("year"))
_PLACE_IN_SET: Final = _PLACE_IN_YEAR.where(ASSESSMENT.c.set_id == bindparam("set_id"))
# Answers have a body, skips have none: one query reads both tables.
_ANSWERS_AND_SKIPS: Final = union_all(
    select(
        ANSWER.c.requirement_id,
        ANSWER.c.version,
        ANSWER.c.body,
        ANSWER.c.person_id,
        ANSWER.c.at,
    )
    .where(ANSWER.c.assessment_id == bindparam("assessment"))
    .where(ANSWER.c.superseded_at.is_(None)),
    select(SKIP.c.requirement_id, SKIP.c.number, null(), null(), null()).where(
        SKIP.c.assessment_id == bindparam("assessment")
    ),
)
_HAND_IN: Final = (
    update(ASSESSMENT)
    .where(_THIS)
    .where(ASSESSMENT.c.version == bindparam("version_"))
    .values(
        state=AssessmentState.HANDED_IN,
        version=ASSESSMENT.c.version + 1,
        handed_in_at=bindparam("handed_in"),
        corrected_at=bindparam("corrected"),
    )
)


def read_assessment(row: AnyRow | tuple[Any, ...]) -> Assessment:
    """An assessment from the values of `COLUMNS`."""
    return Assessment(
        id=row[0],
        unit=row[1],
        set_id=row[2],
        set_hash=row[3],
        year=row[4],
        state=row[5],
        version=row[6],
        handed_in_at=row[7],
        corrected_at=row[8],
        approved_at=row[9],
    )


class Assessments(Answers, Places, Verdicts):
    """Assessments with their answers, places and verdicts; each of these three parts has its own
    file.
    """

    __slots__ = ()

    def open(
        self, unit: UnitId, set_id: str, set_hash: str, year: int, now: datetime
    ) -> Assessment:
        """The unit's assessment by this set in this year; begins it if there is none.

        An existing one keeps the hash with which it was stamped. The set must already be stamped
        (`CriteriaSets.stamp`).
        """
        values = {
            "unit": unit,
            "set_id": set_id,
            "set_hash": set_hash,
            "year": year,
            "state": AssessmentState.OPEN,
            "version": 1,
            "opened_at": now,
        }
        self._connection.execute(_OPEN(self._connection), values)
        key = {"unit": unit, "year": year, "set_id": set_id}
        return read_assessment(self._connection.execute(_OF_SET, key).one())

    def get(self, assessment_id: int) -> Assessment | None:
        """The assessment, or None."""
        row = self._connection.execute(_GET, {"assessment": assessment_id}).first()
        return None if row is None else read_assessment(row)

    def of_unit(self, unit: UnitId, year: int) -> tuple[Assessment, ...]:
        """All assessments of a unit in a year, one for each set, in the order of their
        beginning.
        """
        rows = self._connection.execute(_OF_UNIT, {"unit": unit, "year": year})
        return tuple(map(read_assessment, rows))

    def page(self, after_id: int, limit: int) -> tuple[Assessment, ...]:
        """All assessments, ordered by id, in batches. For checks of the database, never for answers
        to a person (see `Visible`).
        """
        rows = self._connection.execute(_PAGE, {"after": after_id, "limit": limit})
        return tuple(map(read_assessment, rows))

    def load(
        self,
        unit: UnitId,
        person_id: int,
        *,
        year: int | None = None,
        set_id: str | None = None,
    ) -> Loaded | None:
        """All that a turn of this person needs, in three statements; None if there is no
        assessment.

        Without `year`: the newest; with a year but without `set_id`: the one begun first.
        """
        key: dict[str, object] = {"unit": unit, "person": person_id}
        statement = _PLACE
        if year is not None:
            key["year"], statement = year, _PLACE_IN_YEAR
        if year is not None and set_id is not None:
            key["set_id"], statement = set_id, _PLACE_IN_SET
        row = self._connection.execute(statement, key).first()
        if row is None:
            return None
        assessment = read_assessment(row)
        this = {"assessment": assessment.id}
        rows = self._connection.execute(_ANSWERS_AND_SKIPS, this).all()
        answers = {one[0]: decode_answer(one[2]) for one in rows if one[2] is not None}
        return Loaded(
            assessment=assessment,
            answers=filled_for(self._connection, assessment.id, answers),
            versions={one[0]: one[1] for one in rows if one[2] is not None},
            recorded={
                one[0]: Recorded(person_id=one[3], at=one[4]) for one in rows if one[2] is not None
            },
            skips={one[0]: one[1] for one in rows if one[2] is None},
            bookmark=read_bookmark(row.revisiting, row.draft_of, row.draft),
            verdicts={one.subject: one for one in self.verdict_rows(assessment.id)},
        )

    def hand_in(self, assessment: Assessment, person_id: int, now: datetime) -> Assessment:
        """Lock it for the reviewer, with a copy of the register entries that its answers name. The
        time of the first hand-in never changes; handing in again
        after reopening is a correction.

        Raises Conflict if it was changed since it was loaded, AssessmentLocked if it is not open.
        """
        if assessment.state is not AssessmentState.OPEN:
            raise AssessmentLocked("the assessment was handed in already")
        first = assessment.handed_in_at is None
        after = replace(
            assessment,
            state=AssessmentState.HANDED_IN,
            version=assessment.version + 1,
            handed_in_at=now if first else assessment.handed_in_at,
            corrected_at=assessment.corrected_at if first else now,
        )
        values = {
            "assessment": assessment.id,
            "version_": assessment.version,
            "handed_in": after.handed_in_at,
            "corrected": after.corrected_at,
        }
        if self._connection.execute(_HAND_IN, values).rowcount != 1:
            raise Conflict("the assessment was changed meanwhile")
        self._copy_entries(after)
        kind = SubmissionKind.HANDED_IN if first else SubmissionKind.CORRECTED
        self._record(after, kind, person_id, now)
        return after

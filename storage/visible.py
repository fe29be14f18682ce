"""The only access to what other people wrote: a person's posts limit every query here.

An officer and a head see their own unit; a reviewer, supervisor and administrator their unit and
all below; a council all below, but only what is frozen: assessments that were approved and hand-ins
that were received. Posts are read from the database and not from the person value, so a removed
post gives no access.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Column,
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    or_,
    select,
    union,
)

from domain.assessments import Assessment, AssessmentState
from domain.deadlines import Occurrence, OccurrenceState
from domain.people import ANSWERING_ROLES, OVERSEEING_ROLES, Person, Role
from domain.units import Unit, UnitId
from storage import assessments, occurrences, units, verdicts
from storage.records import KeptVerdict
from storage.statements import AnyRow, Repository
from storage.tables.assessments import ASSESSMENT, VERDICT
from storage.tables.people import POST
from storage.tables.plans import OCCURRENCE, YEAR_PLAN
from storage.tables.units import UNIT

_PERSON: Final[BindParameter[int]] = bindparam("person")


def _units_of(roles: Iterable[Role]) -> Select[Any]:
    """The units at which the person directly holds one of `roles`."""
    return (
        select(POST.c.unit).where(POST.c.person_id == _PERSON).where(POST.c.role.in_(sorted(roles)))
    )


def _below(roles: Iterable[Role]) -> tuple[Select[Any], ...]:
    """Those units and all below, as three queries that each use an index."""
    theirs = and_(POST.c.person_id == _PERSON, POST.c.role.in_(sorted(roles)))
    return (
        _units_of(roles),
        select(UNIT.c.id).join(POST, POST.c.unit == UNIT.c.province).where(theirs),
        select(UNIT.c.id).join(POST, POST.c.unit == UNIT.c.district).where(theirs),
    )


_COUNCIL: Final = (Role.COUNCIL,)
_OPEN_TO: Final[CompoundSelect[Any]] = union(_units_of(ANSWERING_ROLES), *_below(OVERSEEING_ROLES))
_FROZEN_TO: Final[CompoundSelect[Any]] = union(*_below(_COUNCIL))
_KNOWN_TO: Final[CompoundSelect[Any]] = union(
    _units_of(ANSWERING_ROLES), *_below(OVERSEEING_ROLES | set(_COUNCIL))
)

_UNITS: Final = (
    select(*units.COLUMNS).where(UNIT.c.id.in_(_KNOWN_TO)).order_by(UNIT.c.structure, UNIT.c.code)
)
_IN_SIGHT: Final = or_(
    ASSESSMENT.c.unit.in_(_OPEN_TO),
    and_(ASSESSMENT.c.state == AssessmentState.APPROVED, ASSESSMENT.c.unit.in_(_FROZEN_TO)),
)
_ASSESSMENTS: Final = (
    select(*assessments.COLUMNS)
    .where(_IN_SIGHT)
    .order_by(ASSESSMENT.c.unit, ASSESSMENT.c.year, ASSESSMENT.c.id)
)
_FINDINGS: Final = (
    select(*verdicts.COLUMNS)
    .join(ASSESSMENT, ASSESSMENT.c.id == VERDICT.c.assessment_id)
    .where(_IN_SIGHT)
    .order_by(VERDICT.c.assessment_id, VERDICT.c.subject)
)
_OCCURRENCES: Final = occurrences.ALL.where(OCCURRENCE.c.state != OccurrenceState.WITHDRAWN).where(
    or_(
        OCCURRENCE.c.unit.in_(_OPEN_TO),
        and_(OCCURRENCE.c.state == OccurrenceState.RECEIVED, OCCURRENCE.c.unit.in_(_FROZEN_TO)),
    )
)


class Visible(Repository):
    """What one person may see. A stranger, who has no post, sees nothing.

    If an argument takes ids, None means all; ids out of scope are left out without an error, so
    that out of scope and not existing look the same.
    """

    __slots__ = ("_person_id",)

    def __init__(self, connection: Connection, person: Person) -> None:
        super().__init__(connection)
        self._person_id = person.id

    def units(self, ids: Iterable[UnitId] | None = None) -> tuple[Unit, ...]:
        """The visible units, by structure and code."""
        rows = self._rows(_UNITS, UNIT.c.id, ids)
        return tuple(map(units.read_unit, rows))

    def unit(self, unit: UnitId) -> Unit | None:
        """The unit, or None if it is out of scope or does not exist."""
        found = self.units((unit,))
        return found[0] if found else None

    def assessments(
        self, unit_ids: Iterable[UnitId] | None = None, year: int | None = None
    ) -> tuple[Assessment, ...]:
        """The visible assessments, by unit and year."""
        statement = _ASSESSMENTS if year is None else _ASSESSMENTS.where(ASSESSMENT.c.year == year)
        rows = self._rows(statement, ASSESSMENT.c.unit, unit_ids)
        return tuple(map(assessments.read_assessment, rows))

    def findings(
        self, unit_ids: Iterable[UnitId] | None = None, year: int | None = None
    ) -> tuple[KeptVerdict, ...]:
        """The verdicts of the visible assessments, by assessment and subject."""
        statement = _FINDINGS if year is None else _FINDINGS.where(ASSESSMENT.c.year == year)
        rows = self._rows(statement, ASSESSMENT.c.unit, unit_ids)
        return tuple(map(verdicts.read_verdict, rows))

    def occurrences(
        self, unit_ids: Iterable[UnitId] | None = None, year: int | None = None
    ) -> tuple[Occurrence, ...]:
        """The visible duties, by limit, without withdrawn ones."""
        statement = _OCCURRENCES if year is None else _OCCURRENCES.where(YEAR_PLAN.c.year == year)
        rows = self._rows(statement, OCCURRENCE.c.unit, unit_ids)
        return tuple(map(occurrences.read_occurrence, rows))

    def _rows(
        self, statement: Select[Any], column: Column[Any], ids: Iterable[UnitId] | None
    ) -> Sequence[AnyRow]:
        if ids is not None:
            statement = statement.where(column.in_(tuple(ids)))
        return self._connection.execute(statement, {"person": self._person_id}).all()

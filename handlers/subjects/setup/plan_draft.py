"""A year's plan while it is being made: its duties and the decision about each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.deadlines import DatedDuty, duties_between
from domain.units import Level, Structure, Unit, UnitKind, level_of
from handlers.subjects.setup.kinds import counted, kinds_today, units_of
from handlers.subjects.setup.screens import SetupTurn, Step, load, save
from storage import ConfirmedDuty, PlannedDuty

KEEP, LEAVE = "=", ""
"""Decisions: as confirmed before; left out. Any other is a list of kinds with commas."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The document's plan of a year; `decided` has one decision for each duty, in order, up to
    where the administrator is.
    """

    document: str
    year: int
    decided: tuple[str, ...] = ()

    def deciding(self, decision: str) -> "Draft":
        """Decide the next duty."""
        return replace(self, decided=(*self.decided, decision))

    def back(self) -> "Draft":
        """Go back one duty."""
        return replace(self, decided=self.decided[:-1])


def draft_of(setup: SetupTurn) -> Draft | None:
    """The plan that was begun, if any."""
    return load(setup, Step.PLAN, Draft)


def keep(setup: SetupTurn, draft: Draft) -> None:
    """Store the draft."""
    save(setup, Step.PLAN, draft)


def duties_of(setup: SetupTurn, document: str, year: int) -> tuple[DatedDuty, ...]:
    """The dated duties of a document in a year, in order of their limits."""
    calendar = setup.turn.library.calendar(year - 1, year + 1)
    found = setup.turn.library.pack(document).document
    return duties_between(found, date(year, 1, 1), date(year, 12, 31), calendar)


def undated(setup: SetupTurn, document: str, year: int) -> int:
    """How many duties of the document have no date in that year: they have no reminders."""
    dated = {duty.obligation.id for duty in duties_of(setup, document, year)}
    obligations = setup.turn.library.pack(document).document.obligations
    return sum(1 for one in obligations if one.id not in dated)


def confirmed(setup: SetupTurn, draft: Draft) -> dict[tuple[str, date], ConfirmedDuty]:
    """What was confirmed of this plan before, by duty and limit; without withdrawn duties."""
    plan = setup.turn.tx.plans.plan(setup.province.id, draft.document, draft.year)
    if plan is None:
        return {}
    duties = setup.turn.tx.plans.duties(plan.id)
    return {(one.obligation_id, one.hard_limit): one for one in duties if one.units}


def suggested(setup: SetupTurn, duty: DatedDuty) -> frozenset[UnitKind]:
    """The kinds of today's units that the document's words mean, as far as we can tell."""
    kinds = kinds_today(duty.obligation.unit_kinds, setup.province.structure)
    present = {unit.kind for unit in setup.units()}
    return frozenset(kind for kind in kinds if kind in present)


def without_districts(setup: SetupTurn, duty: DatedDuty) -> bool:
    """Whether the document names districts and the province has none any more."""
    districts = any(level_of(kind) is Level.DISTRICT for kind in duty.obligation.unit_kinds)
    return districts and setup.province.structure is Structure.Y2026


def kinds_of(decision: str) -> frozenset[UnitKind]:
    """The kinds that a decision binds."""
    if decision in (KEEP, LEAVE):
        return frozenset()
    return frozenset(UnitKind(kind) for kind in decision.split(","))


def decision_of(kinds: Iterable[UnitKind]) -> str:
    """A decision that binds these kinds."""
    wanted = frozenset(kinds)
    return ",".join(kind.value for kind in UnitKind if kind in wanted)


def planned(
    setup: SetupTurn, duty: DatedDuty, decision: str, units: tuple[Unit, ...]
) -> PlannedDuty:
    """The duty as it is confirmed, with the trace from the document's "who" to these units.

    Reminders begin with the next stage: a stage that was due before the plan was confirmed is not
    sent.
    """
    bound = units_of(units, kinds_of(decision))
    one = duty.obligation
    return PlannedDuty(
        obligation_id=one.id,
        clause=one.clause,
        what=one.what,
        verbatim=one.verbatim,
        to_whom=one.to_whom,
        limits=duty.limits,
        stages=duty.stages,
        units=tuple(unit.id for unit in bound),
        trace=_trace(setup, duty, bound),
        next_at=next_stage(duty, setup.turn.now),
    )


def next_stage(duty: DatedDuty, now: datetime) -> datetime | None:
    """The first reminder still to come; None after the duty's limit."""
    return next((day.at for day in duty.stages if day.at > now), None)


def _trace(setup: SetupTurn, duty: DatedDuty, bound: tuple[Unit, ...]) -> str:
    """In Vietnamese, for every language of the administrator: it is part of the record."""
    record = replace(
        setup, turn=replace(setup.turn, person=replace(setup.turn.person, locale="vi"))
    )
    return record.say(
        "setup_plan.trace",
        who=duty.obligation.who,
        year=duty.year,
        units=counted(record, bound),
        without_districts=without_districts(setup, duty),
        handle=setup.turn.person.handle,
        at=setup.turn.now,
    )

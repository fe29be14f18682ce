"""A duty of the year's plan: as a card while it is being decided, and as a row of the
whole plan.
"""

from collections.abc import Iterator

from domain.cards import Card, Row
from domain.deadlines import DatedDuty
from domain.units import Unit
from handlers.subjects.setup.kinds import counted, units_of
from handlers.subjects.setup.plan_draft import (
    KEEP,
    Draft,
    confirmed,
    kinds_of,
    next_stage,
    without_districts,
)
from handlers.subjects.setup.screens import SetupTurn


def duty_card(setup: SetupTurn, draft: Draft, duties: tuple[DatedDuty, ...], at: int) -> Card:
    """The duty at this position of the list: what must be done, until when, and by whom."""
    duty = duties[at]
    return Card(
        context=setup.say("setup_plan.duty_at", at=at + 1, total=len(duties), duty=duty),
        heading=setup.say("setup_plan.duty", duty=duty),
        rows=_facts(setup, duty),
        notes=tuple(_warnings(setup, draft, duty)),
    )


def _facts(setup: SetupTurn, duty: DatedDuty) -> tuple[Row, ...]:
    """What the document says about a duty, and what that means in the year."""
    last = duty.limits.last_working_day
    found = [
        Row(
            label=setup.say("setup_plan.document_says"),
            value=setup.say("setup_plan.quoted", verbatim=duty.obligation.verbatim),
        ),
        Row(
            label=setup.say("setup_plan.year", year=duty.year),
            value=setup.say(
                "setup_plan.duty_limit",
                duty=duty,
                limit=setup.turn.say("reminders.limit", limits=duty.limits),
                weekday=setup.turn.say("reminders.weekday", day=last),
            ),
            figures=(("last_working_day", last.isoformat()),),
        ),
        Row(label=setup.say("setup_plan.charged"), value=duty.obligation.who),
    ]
    if duty.obligation.needs_review:
        left_open = setup.say("setup_plan.left_open")
        found.append(Row(label=left_open, value=duty.obligation.needs_review))
    return tuple(found)


def _warnings(setup: SetupTurn, draft: Draft, duty: DatedDuty) -> Iterator[str]:
    if next_stage(duty, setup.turn.now) is None:
        yield setup.say("setup_plan.limit_passed")
    if without_districts(setup, duty):
        yield setup.say("setup_plan.no_districts")
    known = confirmed(setup, draft).get((duty.obligation.id, duty.limits.hard_limit))
    if known is not None and known.units:
        yield setup.say("setup_plan.confirmed_for", count=known.units)


def decided_row(
    setup: SetupTurn, draft: Draft, duty: DatedDuty, decision: str, units: tuple[Unit, ...]
) -> Row:
    """A duty of the plan: its limit, and the units that it will bind."""
    bound = units_of(units, kinds_of(decision))
    known = confirmed(setup, draft).get((duty.obligation.id, duty.limits.hard_limit))
    total = known.units if known and decision == KEEP else len(bound)
    return Row(
        label=f"{duty.obligation.id}. {duty.obligation.what}",
        value=setup.say(
            "setup_plan.duty_line",
            duty=duty,
            units=counted(setup, bound),
            total=total,
            kept=decision == KEEP,
            passed=next_stage(duty, setup.turn.now) is None,
        ),
        figures=(("bound", total), ("last_day", duty.limits.last_day.isoformat())),
    )

"""Step 3: the year's plan, duty by duty: the dates, the document's words, which units it binds.

A duty binds units only after the administrator saw the whole plan and typed the word. A duty that
is left out stays projected and sends no reminders.
"""

from domain.cards import Card
from domain.deadlines import DatedDuty
from domain.units import UnitKind
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import documents_of
from handlers.subjects.setup.documents import cited
from handlers.subjects.setup.kinds import counted, kinds_in, units_of
from handlers.subjects.setup.plan_cards import decided_row, duty_card
from handlers.subjects.setup.plan_draft import (
    KEEP,
    LEAVE,
    Draft,
    confirmed,
    decision_of,
    draft_of,
    duties_of,
    keep,
    planned,
    suggested,
    undated,
)
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    Step,
    bulleted,
    confirm,
    drop,
    note,
    pick,
    screen,
)
from handlers.subjects.setup.text import year_in
from handlers.understanding.agreement import agrees
from handlers.understanding.commands import Command

YEARS_AHEAD = 2
"""Years offered: this one, the next and the one after; others are typed."""

DUTY = "d"


def progress(setup: SetupTurn) -> Progress:
    """Done with a confirmed plan for this year or a later one."""
    plans = setup.turn.tx.plans.of_province(setup.province.id)
    current = any(plan.year >= setup.turn.today.year for plan in plans)
    return Progress.DONE if current else Progress.BEGUN if plans else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """The plan that was begun, at its next duty; else the plans and the documents."""
    draft = draft_of(setup)
    if draft is not None:
        return _next(setup, draft)
    documents = documents_of(setup.turn.tx, setup.province.id)
    plans = [
        setup.say(
            "setup_plan.plan_line",
            document=cited(setup, setup.turn.library.pack(plan.document_id).document),
            year=plan.year,
            count=sum(1 for duty in setup.turn.tx.plans.duties(plan.id) if duty.units),
            at=plan.confirmed_at,
        )
        for plan in setup.turn.tx.plans.of_province(setup.province.id)
    ]
    card = Card(
        text=setup.say("setup_plan.plan" if plans else "setup_plan.no_plan"),
        rows=bulleted(plans),
        notes=(setup.say("setup_plan.plan_of_which", documents=len(documents)),),
    )
    labels = (cited(setup, setup.turn.library.pack(one).document) for one in documents)
    return screen(setup, Step.PLAN, "", card, *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    return _years(setup, place.removeprefix("y:")) if place.startswith("y:") else show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A document, a year, the units that a duty binds, or the confirming word."""
    if place == "":
        documents = documents_of(setup.turn.tx, setup.province.id)
        at = pick(heard.text, len(documents))
        return None if at is None else _years(setup, documents[at])
    if place.startswith("y:"):
        return _year_chosen(setup, place.removeprefix("y:"), heard.text)
    draft = draft_of(setup)
    if draft is None:
        return show(setup)
    order = heard.order
    if order is not None and order.command is Command.BACK and draft.decided:
        keep(setup, draft.back())
        return _next(setup, draft.back())
    if place.startswith(DUTY):
        return _decided(setup, draft, heard.text)
    return _bind(setup, draft) if place == "ok" and agrees(heard.text) else None


def _years(setup: SetupTurn, document: str) -> Reply:
    year = setup.turn.today.year
    labels = [str(year + ahead) for ahead in range(YEARS_AHEAD + 1)]
    found = setup.turn.library.pack(document).document
    text = setup.say("setup_plan.plan_year", document=cited(setup, found))
    return screen(setup, Step.PLAN, f"y:{document}", text, *labels)


def _year_chosen(setup: SetupTurn, document: str, text: str) -> Reply | None:
    at = pick(text, YEARS_AHEAD + 1)
    year = year_in(text) if at is None else setup.turn.today.year + at
    if year is None:
        return None
    duties = duties_of(setup, document, year)
    if not duties:
        return note(setup, "setup_plan.no_duty_that_year", year=year)
    draft = Draft(document=document, year=year)
    keep(setup, draft)
    return _next(setup, draft)


def _next(setup: SetupTurn, draft: Draft) -> Reply:
    """The first duty without a decision, or the whole plan before confirmation."""
    duties = duties_of(setup, draft.document, draft.year)
    at = len(draft.decided)
    return _duty(setup, draft, duties, at) if at < len(duties) else _whole(setup, draft, duties)


def _duty(setup: SetupTurn, draft: Draft, duties: tuple[DatedDuty, ...], at: int) -> Reply:
    duty = duties[at]
    card = duty_card(setup, draft, duties, at)
    labels = [label for label, _ in _options(setup, draft, duty)]
    asked = setup.say("setup_plan.binds_which")
    return screen(setup, Step.PLAN, f"{DUTY}{at}", card, *labels).over(asked)


def _options(setup: SetupTurn, draft: Draft, duty: DatedDuty) -> tuple[tuple[str, str], ...]:
    """What may be chosen for a duty: label and decision."""
    options = []
    known = confirmed(setup, draft).get((duty.obligation.id, duty.limits.hard_limit))
    if known is not None:
        options.append((setup.say("setup_plan.keep_duty", count=known.units), KEEP))
    kinds = suggested(setup, duty)
    if kinds:
        units = units_of(setup.units(), kinds)
        label = setup.say(
            "setup_plan.bind_suggested", units=counted(setup, units), total=len(units)
        )
        options.append((label, decision_of(kinds)))
    leave = "setup_plan.take_back_duty" if known is not None else "setup_plan.leave_duty"
    return (*options, (setup.say(leave), LEAVE))


def _decided(setup: SetupTurn, draft: Draft, text: str) -> Reply | None:
    duties = duties_of(setup, draft.document, draft.year)
    at = len(draft.decided)
    if at >= len(duties):
        return _whole(setup, draft, duties)
    options = _options(setup, draft, duties[at])
    picked = pick(text, len(options))
    if picked is not None:
        decision = options[picked][1]
    else:
        kinds = kinds_in(text)
        if not kinds:
            return None
        units = units_of(setup.units(), kinds)
        if not units:
            return note(setup, "setup_plan.no_unit_of_kind", kinds=_kind_names(setup, kinds))
        decision = decision_of({unit.kind for unit in units})
    after = draft.deciding(decision)
    keep(setup, after)
    return _next(setup, after)


def _whole(setup: SetupTurn, draft: Draft, duties: tuple[DatedDuty, ...]) -> Reply:
    """Everything that the confirmation will do."""
    units = setup.units()
    decided = tuple(zip(duties, draft.decided, strict=True))
    rows = tuple(
        decided_row(setup, draft, duty, decision, units)
        for duty, decision in decided
        if decision != LEAVE
    )
    left = [duty.obligation.id for duty, decision in decided if decision == LEAVE]
    count = undated(setup, draft.document, draft.year)
    document = cited(setup, setup.turn.library.pack(draft.document).document)
    card = Card(
        heading=setup.say("setup_plan.plan_whole", document=document, year=draft.year),
        rows=rows,
        notes=(
            *((setup.say("setup_plan.left_out", left=left),) if left else ()),
            *((setup.say("setup_plan.undated", count=count),) if count else ()),
        ),
    )
    if not rows and not confirmed(setup, draft):
        nothing = setup.say("setup_plan.nothing_to_confirm")
        return screen(setup, Step.PLAN, "ok", card, actions=("back", "cancel")).over(nothing)
    return confirm(setup, Step.PLAN, "ok", card)


def _bind(setup: SetupTurn, draft: Draft) -> Reply:
    tx, province = setup.turn.tx, setup.province.id
    duties = duties_of(setup, draft.document, draft.year)
    if len(draft.decided) != len(duties):
        return _next(setup, draft)
    units, known = setup.units(), confirmed(setup, draft)
    wanted = [
        planned(setup, duty, decision, units)
        for duty, decision in zip(duties, draft.decided, strict=True)
        if decision not in (KEEP, LEAVE)
        or (decision == LEAVE and (duty.obligation.id, duty.limits.hard_limit) in known)
    ]
    plan = tx.plans.plan(province, draft.document, draft.year)
    if plan is None and not wanted:
        return _next(setup, draft)
    if plan is None:
        tx.plans.confirm(
            province, draft.document, draft.year, wanted, person_id=setup.me, now=setup.turn.now
        )
    else:
        for duty in wanted:
            tx.plans.rebind(plan.id, duty)
    for duty in wanted:
        setup.audit("plan_confirmed", f"{draft.document} {draft.year}", duty.trace)
    drop(setup, Step.PLAN)
    count = sum(1 for duty in wanted if duty.units)
    return show(setup).under(setup.say("setup_plan.plan_confirmed", year=draft.year, count=count))


def _kind_names(setup: SetupTurn, kinds: frozenset[UnitKind]) -> str:
    return ", ".join(setup.turn.say("common.kind", kind=kind) for kind in sorted(kinds))

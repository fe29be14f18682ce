"""Step 8: opening a criteria set for a year, for every unit that it binds."""

from dataclasses import dataclass

from domain.cards import Card
from domain.criteria import CriteriaSet
from domain.units import Unit
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import documents_of
from handlers.subjects.setup.documents import cited, is_own
from handlers.subjects.setup.kinds import counted
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    Step,
    bulleted,
    confirm,
    drop,
    load,
    note,
    pick,
    save,
    screen,
)
from handlers.subjects.setup.text import year_in
from handlers.understanding.agreement import agrees
from packs import criteria_to_json


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A set and a year that wait for confirmation."""

    set_id: str
    year: int


def progress(setup: SetupTurn) -> Progress:
    """Done with the first open checklist."""
    found = setup.turn.tx.visible_to(setup.turn.person).assessments()
    return Progress.DONE if found else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """What is open, and the sets to choose from; or what waits for confirmation."""
    draft = load(setup, Step.CHECKLISTS, Draft)
    if draft is not None:
        return _confirm(setup, draft)
    opened: dict[tuple[str, int], int] = {}
    for one in setup.turn.tx.visible_to(setup.turn.person).assessments():
        opened[one.set_id, one.year] = opened.get((one.set_id, one.year), 0) + 1
    lines = [
        setup.say(
            "setup_plan.checklist_line", document=_cited(setup, set_id), year=year, count=count
        )
        for (set_id, year), count in sorted(opened.items())
    ]
    sets = sets_of(setup)
    labels = (_cited(setup, one.id) for one in sets)
    card = Card(
        text=setup.say("setup_plan.checklists" if lines else "setup_plan.no_checklist"),
        rows=bulleted(lines),
        notes=(setup.say("setup_plan.checklist_of_which" if sets else "setup_plan.no_sets"),),
    )
    return screen(setup, Step.CHECKLISTS, "", card, *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    return _years(setup, place.removeprefix("y:")) if place.startswith("y:") else show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A set, a year, or the confirming word."""
    if place == "ok":
        return _open(setup) if agrees(heard.text) else None
    if place.startswith("y:"):
        return _year_given(setup, place.removeprefix("y:"), heard.text)
    sets = sets_of(setup)
    at = pick(heard.text, len(sets))
    return None if at is None else _years(setup, sets[at].id)


def sets_of(setup: SetupTurn) -> tuple[CriteriaSet, ...]:
    """The criteria sets among the province's documents."""
    packs = [setup.turn.library.pack(one) for one in documents_of(setup.turn.tx, setup.province.id)]
    return tuple(pack.criteria for pack in packs if pack.criteria is not None)


def years_of(setup: SetupTurn, set_id: str) -> tuple[int, ...]:
    """The years that its document covers."""
    document = setup.turn.library.pack(set_id).document
    return tuple(range(document.covers_from, document.covers_to + 1))


def bound_by(setup: SetupTurn, set_id: str) -> tuple[Unit, ...]:
    """The units of the province whose kind the set names."""
    criteria = setup.turn.library.pack(set_id).criteria
    return tuple(
        unit for unit in setup.units() if criteria is not None and criteria.parts_for(unit.kind)
    )


def _cited(setup: SetupTurn, set_id: str) -> str:
    return cited(setup, setup.turn.library.pack(set_id).document)


def _years(setup: SetupTurn, set_id: str) -> Reply:
    text = setup.say("setup_plan.checklist_year", document=_cited(setup, set_id))
    labels = map(str, years_of(setup, set_id))
    return screen(setup, Step.CHECKLISTS, f"y:{set_id}", text, *labels)


def _year_given(setup: SetupTurn, set_id: str, text: str) -> Reply | None:
    years = years_of(setup, set_id)
    at = pick(text, len(years))
    year = year_in(text) if at is None else years[at]
    if year is None:
        return None
    if year not in years:
        return note(setup, "setup_plan.year_not_covered", year=year, first=years[0], last=years[-1])
    if not bound_by(setup, set_id):
        return note(setup, "setup_plan.set_binds_nobody")
    draft = Draft(set_id=set_id, year=year)
    save(setup, Step.CHECKLISTS, draft)
    return _confirm(setup, draft)


def _confirm(setup: SetupTurn, draft: Draft) -> Reply:
    units = bound_by(setup, draft.set_id)
    text = setup.say(
        "setup_plan.checklist_to_open",
        document=_cited(setup, draft.set_id),
        year=draft.year,
        units=counted(setup, units),
        own=is_own(setup, setup.turn.library.pack(draft.set_id).document),
    )
    return confirm(setup, Step.CHECKLISTS, "ok", text)


def _open(setup: SetupTurn) -> Reply:
    draft = load(setup, Step.CHECKLISTS, Draft)
    criteria = setup.turn.library.pack(draft.set_id).criteria if draft else None
    if draft is None or criteria is None:
        return show(setup)
    tx, now = setup.turn.tx, setup.turn.now
    tx.sets.stamp(criteria.id, criteria.content_hash, criteria_to_json(criteria), now)
    units = bound_by(setup, draft.set_id)
    for unit in units:
        tx.assessments.open(unit.id, criteria.id, criteria.content_hash, draft.year, now)
    setup.audit("checklist_opened", f"set:{draft.set_id}", f"{draft.year}: {len(units)}")
    drop(setup, Step.CHECKLISTS)
    return show(setup).under(
        setup.say("setup_plan.checklist_opened", year=draft.year, count=len(units))
    )

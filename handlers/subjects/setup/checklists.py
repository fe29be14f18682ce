"""Step 8: opening a criteria set's year for every unit that it binds."""

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
    Desk,
    Progress,
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
    """A set and a year that wait for the word."""

    set_id: str
    year: int


def progress(desk: Desk) -> Progress:
    """Done with the first open checklist."""
    found = desk.turn.tx.visible_to(desk.turn.person).assessments()
    return Progress.DONE if found else Progress.TODO


def show(desk: Desk) -> Reply:
    """What is open, and the sets to choose from; or what waits for the word."""
    draft = load(desk, Step.CHECKLISTS, Draft)
    if draft is not None:
        return _confirm(desk, draft)
    opened: dict[tuple[str, int], int] = {}
    for one in desk.turn.tx.visible_to(desk.turn.person).assessments():
        opened[one.set_id, one.year] = opened.get((one.set_id, one.year), 0) + 1
    lines = [
        desk.say("setup_plan.checklist_line", document=_cited(desk, set_id), year=year, count=count)
        for (set_id, year), count in sorted(opened.items())
    ]
    sets = sets_of(desk)
    labels = (_cited(desk, one.id) for one in sets)
    card = Card(
        text=desk.say("setup_plan.checklists" if lines else "setup_plan.no_checklist"),
        rows=bulleted(lines),
        notes=(desk.say("setup_plan.checklist_of_which" if sets else "setup_plan.no_sets"),),
    )
    return screen(desk, Step.CHECKLISTS, "", card, *labels)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    return _years(desk, place.removeprefix("y:")) if place.startswith("y:") else show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A set, a year, or the word."""
    if place == "ok":
        return _open(desk) if agrees(heard.text) else None
    if place.startswith("y:"):
        return _year_given(desk, place.removeprefix("y:"), heard.text)
    sets = sets_of(desk)
    at = pick(heard.text, len(sets))
    return None if at is None else _years(desk, sets[at].id)


def sets_of(desk: Desk) -> tuple[CriteriaSet, ...]:
    """The criteria sets among the province's documents."""
    packs = [desk.turn.library.pack(one) for one in documents_of(desk.turn.tx, desk.province.id)]
    return tuple(pack.criteria for pack in packs if pack.criteria is not None)


def years_of(desk: Desk, set_id: str) -> tuple[int, ...]:
    """The years its document speaks for."""
    document = desk.turn.library.pack(set_id).document
    return tuple(range(document.covers_from, document.covers_to + 1))


def bound_by(desk: Desk, set_id: str) -> tuple[Unit, ...]:
    """The units of the province whose kind the set names."""
    criteria = desk.turn.library.pack(set_id).criteria
    return tuple(
        unit for unit in desk.units() if criteria is not None and criteria.parts_for(unit.kind)
    )


def _cited(desk: Desk, set_id: str) -> str:
    return cited(desk, desk.turn.library.pack(set_id).document)


def _years(desk: Desk, set_id: str) -> Reply:
    text = desk.say("setup_plan.checklist_year", document=_cited(desk, set_id))
    labels = map(str, years_of(desk, set_id))
    return screen(desk, Step.CHECKLISTS, f"y:{set_id}", text, *labels)


def _year_given(desk: Desk, set_id: str, text: str) -> Reply | None:
    years = years_of(desk, set_id)
    at = pick(text, len(years))
    year = year_in(text) if at is None else years[at]
    if year is None:
        return None
    if year not in years:
        return note(desk, "setup_plan.year_not_covered", year=year, first=years[0], last=years[-1])
    if not bound_by(desk, set_id):
        return note(desk, "setup_plan.set_binds_nobody")
    draft = Draft(set_id=set_id, year=year)
    save(desk, Step.CHECKLISTS, draft)
    return _confirm(desk, draft)


def _confirm(desk: Desk, draft: Draft) -> Reply:
    units = bound_by(desk, draft.set_id)
    text = desk.say(
        "setup_plan.checklist_to_open",
        document=_cited(desk, draft.set_id),
        year=draft.year,
        units=counted(desk, units),
        own=is_own(desk, desk.turn.library.pack(draft.set_id).document),
    )
    return confirm(desk, Step.CHECKLISTS, "ok", text)


def _open(desk: Desk) -> Reply:
    draft = load(desk, Step.CHECKLISTS, Draft)
    criteria = desk.turn.library.pack(draft.set_id).criteria if draft else None
    if draft is None or criteria is None:
        return show(desk)
    tx, now = desk.turn.tx, desk.turn.now
    tx.sets.stamp(criteria.id, criteria.content_hash, criteria_to_json(criteria), now)
    units = bound_by(desk, draft.set_id)
    for unit in units:
        tx.assessments.open(unit.id, criteria.id, criteria.content_hash, draft.year, now)
    desk.audit("checklist_opened", f"set:{draft.set_id}", f"{draft.year}: {len(units)}")
    drop(desk, Step.CHECKLISTS)
    return show(desk).under(
        desk.say("setup_plan.checklist_opened", year=draft.year, count=len(units))
    )

"""Step 1: the province and its units; adds departments, and changes a wrong province."""

from dataclasses import dataclass
from itertools import count

from domain.cards import Card, Row
from domain.people import Post, Role
from domain.units import Level, Structure, Unit, UnitId, UnitKind
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
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
from handlers.subjects.setup.text import lines_of
from handlers.understanding.agreement import agrees
from handlers.understanding.text import plain

NAME_LIMIT = 120
"""Letters of a department's name: "Sở Nông nghiệp và Môi trường" has 28."""

SHOWN = 30
"""Departments named on one screen; a province has some twenty."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Names of departments to add, or another province ("2026:40") to start again with."""

    departments: tuple[str, ...] = ()
    other: str = ""


def progress(setup: SetupTurn) -> Progress:
    """Done with the first unit below the province; departments are optional."""
    found = any(unit.level is Level.COMMUNE for unit in setup.units())
    return Progress.DONE if found else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """What the province consists of, or what waits for confirmation."""
    draft = load(setup, Step.PROVINCE, Draft)
    if draft is not None and draft.departments:
        return _confirm_departments(setup, draft)
    if draft is not None and draft.other:
        return _confirm_other(setup, UnitId.parse(draft.other))
    units = setup.units()
    below = [unit for unit in units if unit.level in (Level.DISTRICT, Level.COMMUNE)]
    departments = [unit.name for unit in units if unit.kind is UnitKind.DEPARTMENT]
    name, structure = setup.turn.unit_name(setup.province), setup.province.structure.value
    card = Card(
        rows=(
            Row(
                label=setup.say("province", province=name, structure=structure),
                value=counted(setup, below) or setup.say("no_units"),
                figures=(("units", len(below)),),
            ),
            Row(
                label=setup.say("departments"),
                value=_names(setup, departments) if departments else setup.say("no_departments"),
                figures=(("departments", len(departments)),),
            ),
        )
    )
    labels = (setup.say("add_departments"), setup.say("other_province"))
    return screen(setup, Step.PROVINCE, "", card, *labels)


def _names(setup: SetupTurn, departments: list[str]) -> str:
    more = max(len(departments) - SHOWN, 0)
    return setup.say("names", names=departments[:SHOWN], more=more)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    match place:
        case "add":
            return screen(setup, Step.PROVINCE, "add", setup.say("type_departments"))
        case "other":
            return screen(setup, Step.PROVINCE, "other", setup.say("type_province"))
        case _:
            return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A choice, names of departments, another province, or the confirming word."""
    match place:
        case "":
            return _chosen(setup, pick(heard.text, 2))
        case "add":
            return _departments_typed(setup, heard.text)
        case "add-ok" if agrees(heard.text):
            return _add(setup)
        case "other":
            return _other_typed(setup, heard.text)
        case "other-ok" if agrees(heard.text):
            return _begin_anew(setup)
        case _:
            return None


def _chosen(setup: SetupTurn, number: int | None) -> Reply | None:
    match number:
        case 0:
            return at(setup, "add")
        case 1 if _in_use(setup):
            return note(setup, "province_in_use")
        case 1:
            return at(setup, "other")
        case _:
            return None


def _departments_typed(setup: SetupTurn, text: str) -> Reply | None:
    names = lines_of(text)
    if not names or any(not any(letter.isalpha() for letter in name) for name in names):
        return None
    if any(len(name) > NAME_LIMIT for name in names):
        return note(setup, "name_too_long", limit=NAME_LIMIT)
    known = {plain(unit.name) for unit in setup.units()}
    new = tuple({plain(name): name for name in names if plain(name) not in known}.values())
    if not new:
        return note(setup, "departments_known")
    draft = Draft(departments=new)
    save(setup, Step.PROVINCE, draft)
    return _confirm_departments(setup, draft)


def _confirm_departments(setup: SetupTurn, draft: Draft) -> Reply:
    names = draft.departments
    text = setup.say("departments_to_add", count=len(names))
    return confirm(setup, Step.PROVINCE, "add-ok", Card(text=text, rows=bulleted(names)))


def _add(setup: SetupTurn) -> Reply | None:
    draft = load(setup, Step.PROVINCE, Draft)
    if draft is None or not draft.departments:
        return show(setup)
    codes = {unit.code for unit in setup.units()}
    free = (code for n in count(1) if (code := f"{setup.province.code}-{n:02}") not in codes)
    added = tuple(
        Unit(
            id=UnitId(setup.province.structure, code),
            kind=UnitKind.DEPARTMENT,
            name=name,
            parent=setup.province.code,
            province=setup.province.code,
        )
        for name, code in zip(draft.departments, free, strict=False)
    )
    setup.turn.tx.units.add_many(added)
    setup.audit("departments_added", f"unit:{setup.province.id}", ", ".join(draft.departments))
    drop(setup, Step.PROVINCE)
    return show(setup).under(setup.say("departments_added", count=len(added)))


def _in_use(setup: SetupTurn) -> bool:
    """Whether other data refers to the province: then it cannot be changed here."""
    tx, turn = setup.turn.tx, setup.turn
    return (
        bool(tx.plans.of_province(setup.province.id))
        or bool(tx.visible_to(turn.person).assessments())
        or any(one.id != setup.me for one in setup.people())
    )


def _other_typed(setup: SetupTurn, text: str) -> Reply | None:
    wanted = plain(text)
    structure = next((one for one in Structure if one.value in wanted), setup.province.structure)
    name = wanted.replace(structure.value, " ").strip(" ,.;")
    name = name.removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ").strip()
    provinces = setup.turn.library.book(structure).provinces
    found = [one for one in provinces if name in (plain(one.name), one.code)]
    if len(found) != 1:
        return note(setup, "no_such_province", structure=structure.value)
    save(setup, Step.PROVINCE, Draft(other=str(found[0].id)))
    return _confirm_other(setup, found[0].id)


def _confirm_other(setup: SetupTurn, other: UnitId) -> Reply:
    book = setup.turn.library.book(other.structure)
    text = setup.say(
        "province_to_change",
        now=setup.turn.unit_name(setup.province),
        now_structure=setup.province.structure.value,
        other=setup.turn.unit_name(book.get(other)),
        structure=other.structure.value,
        count=len(book.communes(other.code)),
    )
    return confirm(setup, Step.PROVINCE, "other-ok", text)


def _begin_anew(setup: SetupTurn) -> Reply | None:
    draft = load(setup, Step.PROVINCE, Draft)
    if draft is None or not draft.other or _in_use(setup):
        drop(setup, Step.PROVINCE)
        return show(setup)
    other = UnitId.parse(draft.other)
    book = setup.turn.library.book(other.structure)
    province = book.get(other)
    tx = setup.turn.tx
    tx.units.add_many((province, *book.districts(other.code), *book.communes(other.code)))
    tx.people.add_post(setup.me, Post(role=Role.ADMINISTRATOR, unit=other))
    tx.people.remove_post(setup.me, Post(role=Role.ADMINISTRATOR, unit=setup.province.id))
    setup.audit("province_changed", f"unit:{other}", str(setup.province.id))
    drop(setup, Step.PROVINCE)
    anew = SetupTurn(turn=setup.turn, province=province)
    return show(anew).under(setup.say("province_changed"))

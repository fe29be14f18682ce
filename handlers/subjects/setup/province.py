"""Step 1: the province and its units; departments are added, a wrong start is changed."""

from dataclasses import dataclass
from itertools import count

from domain.cards import Card, Row
from domain.people import Post, Role
from domain.units import Level, Structure, Unit, UnitId, UnitKind
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
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
from handlers.subjects.setup.text import lines_of
from handlers.understanding.agreement import agrees
from handlers.understanding.text import plain

NAME_LIMIT = 120
"""Letters of a department's name: "Sở Nông nghiệp và Môi trường" has 28."""

SHOWN = 30
"""Departments named on one screen; a province has some twenty."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Names of departments to add, or another province ("2026:40") to begin anew with."""

    departments: tuple[str, ...] = ()
    other: str = ""


def progress(desk: Desk) -> Progress:
    """Done with the first unit below the province; departments are optional."""
    found = any(unit.level is Level.COMMUNE for unit in desk.units())
    return Progress.DONE if found else Progress.TODO


def show(desk: Desk) -> Reply:
    """What the province consists of, or what waits for the word."""
    draft = load(desk, Step.PROVINCE, Draft)
    if draft is not None and draft.departments:
        return _confirm_departments(desk, draft)
    if draft is not None and draft.other:
        return _confirm_other(desk, UnitId.parse(draft.other))
    units = desk.units()
    below = [unit for unit in units if unit.level in (Level.DISTRICT, Level.COMMUNE)]
    departments = [unit.name for unit in units if unit.kind is UnitKind.DEPARTMENT]
    name, structure = desk.turn.unit_name(desk.province), desk.province.structure.value
    card = Card(
        rows=(
            Row(
                label=desk.say("province", province=name, structure=structure),
                value=counted(desk, below) or desk.say("no_units"),
                figures=(("units", len(below)),),
            ),
            Row(
                label=desk.say("departments"),
                value=_names(desk, departments) if departments else desk.say("no_departments"),
                figures=(("departments", len(departments)),),
            ),
        )
    )
    labels = (desk.say("add_departments"), desk.say("other_province"))
    return screen(desk, Step.PROVINCE, "", card, *labels)


def _names(desk: Desk, departments: list[str]) -> str:
    more = max(len(departments) - SHOWN, 0)
    return desk.say("names", names=departments[:SHOWN], more=more)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    match place:
        case "add":
            return screen(desk, Step.PROVINCE, "add", desk.say("type_departments"))
        case "other":
            return screen(desk, Step.PROVINCE, "other", desk.say("type_province"))
        case _:
            return show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A choice, names of departments, another province, or the word that confirms."""
    match place:
        case "":
            return _chosen(desk, pick(heard.text, 2))
        case "add":
            return _departments_typed(desk, heard.text)
        case "add-ok" if agrees(heard.text):
            return _add(desk)
        case "other":
            return _other_typed(desk, heard.text)
        case "other-ok" if agrees(heard.text):
            return _begin_anew(desk)
        case _:
            return None


def _chosen(desk: Desk, number: int | None) -> Reply | None:
    match number:
        case 0:
            return at(desk, "add")
        case 1 if _in_use(desk):
            return note(desk, "province_in_use")
        case 1:
            return at(desk, "other")
        case _:
            return None


def _departments_typed(desk: Desk, text: str) -> Reply | None:
    names = lines_of(text)
    if not names or any(not any(letter.isalpha() for letter in name) for name in names):
        return None
    if any(len(name) > NAME_LIMIT for name in names):
        return note(desk, "name_too_long", limit=NAME_LIMIT)
    known = {plain(unit.name) for unit in desk.units()}
    new = tuple({plain(name): name for name in names if plain(name) not in known}.values())
    if not new:
        return note(desk, "departments_known")
    draft = Draft(departments=new)
    save(desk, Step.PROVINCE, draft)
    return _confirm_departments(desk, draft)


def _confirm_departments(desk: Desk, draft: Draft) -> Reply:
    names = draft.departments
    text = desk.say("departments_to_add", count=len(names))
    return confirm(desk, Step.PROVINCE, "add-ok", Card(text=text, rows=bulleted(names)))


def _add(desk: Desk) -> Reply | None:
    draft = load(desk, Step.PROVINCE, Draft)
    if draft is None or not draft.departments:
        return show(desk)
    codes = {unit.code for unit in desk.units()}
    free = (code for n in count(1) if (code := f"{desk.province.code}-{n:02}") not in codes)
    added = tuple(
        Unit(
            id=UnitId(desk.province.structure, code),
            kind=UnitKind.DEPARTMENT,
            name=name,
            parent=desk.province.code,
            province=desk.province.code,
        )
        for name, code in zip(draft.departments, free, strict=False)
    )
    desk.turn.tx.units.add_many(added)
    desk.audit("departments_added", f"unit:{desk.province.id}", ", ".join(draft.departments))
    drop(desk, Step.PROVINCE)
    return show(desk).under(desk.say("departments_added", count=len(added)))


def _in_use(desk: Desk) -> bool:
    """Whether anything hangs on the province already: then it is not changed by a word."""
    tx, turn = desk.turn.tx, desk.turn
    return (
        bool(tx.plans.of_province(desk.province.id))
        or bool(tx.visible_to(turn.person).assessments())
        or any(one.id != desk.me for one in desk.people())
    )


def _other_typed(desk: Desk, text: str) -> Reply | None:
    wanted = plain(text)
    structure = next((one for one in Structure if one.value in wanted), desk.province.structure)
    name = wanted.replace(structure.value, " ").strip(" ,.;")
    name = name.removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ").strip()
    provinces = desk.turn.library.book(structure).provinces
    found = [one for one in provinces if name in (plain(one.name), one.code)]
    if len(found) != 1:
        return note(desk, "no_such_province", structure=structure.value)
    save(desk, Step.PROVINCE, Draft(other=str(found[0].id)))
    return _confirm_other(desk, found[0].id)


def _confirm_other(desk: Desk, other: UnitId) -> Reply:
    book = desk.turn.library.book(other.structure)
    text = desk.say(
        "province_to_change",
        now=desk.turn.unit_name(desk.province),
        now_structure=desk.province.structure.value,
        other=desk.turn.unit_name(book.get(other)),
        structure=other.structure.value,
        count=len(book.communes(other.code)),
    )
    return confirm(desk, Step.PROVINCE, "other-ok", text)


def _begin_anew(desk: Desk) -> Reply | None:
    draft = load(desk, Step.PROVINCE, Draft)
    if draft is None or not draft.other or _in_use(desk):
        drop(desk, Step.PROVINCE)
        return show(desk)
    other = UnitId.parse(draft.other)
    book = desk.turn.library.book(other.structure)
    province = book.get(other)
    tx = desk.turn.tx
    tx.units.add_many((province, *book.districts(other.code), *book.communes(other.code)))
    tx.people.add_post(desk.me, Post(role=Role.ADMINISTRATOR, unit=other))
    tx.people.remove_post(desk.me, Post(role=Role.ADMINISTRATOR, unit=desk.province.id))
    desk.audit("province_changed", f"unit:{other}", str(desk.province.id))
    drop(desk, Step.PROVINCE)
    anew = Desk(turn=desk.turn, province=province)
    return show(anew).under(desk.say("province_changed"))

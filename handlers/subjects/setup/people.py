"""Step 7: units and people from a workbook, and the sheet of their codes.

Everything is checked before anything is stored: either all of a workbook is imported, or nothing is
and every mistake is listed by row.
"""

from collections.abc import Iterator
from dataclasses import replace

from domain.cards import Card, Row
from domain.messages import Recipe, RecipeKind, Sent
from domain.people import Person
from handlers.documents.people_in import PeopleTaken, read_people
from handlers.documents.problems import Refused
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.subjects.setup.code_messages import envelopes, send
from handlers.subjects.setup.inviting import invite_many
from handlers.subjects.setup.mistakes import mistakes
from handlers.subjects.setup.people_draft import keep, kept, roles, take_over, without_head
from handlers.subjects.setup.roster import roster_of, who
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    Step,
    confirm,
    drop,
    note,
    pick,
    screen,
)
from handlers.subjects.setup.uploads import content_of
from handlers.understanding.agreement import agrees

TEMPLATE = "mau-nguoi-dung.xlsx"

UNITS_SHOWN = 15


def progress(setup: SetupTurn) -> Progress:
    """Done when all people have joined; begun with the first person other than the
    administrator.
    """
    roster = roster_of(setup)
    if any(one.id != setup.me for one in roster.waiting):
        return Progress.BEGUN
    return Progress.DONE if roster.total > 1 else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """How many have joined and what can be done, or the workbook that waits for confirmation."""
    taken = kept(setup)
    if taken is not None:
        return _confirm(setup, taken)
    roster = roster_of(setup)
    joined, total = len(roster.joined), roster.total
    counted = Row(
        value=setup.say("setup_people.people", joined=joined, total=total),
        figures=(("joined", joined), ("total", total)),
    )
    card = Card(rows=(counted,), notes=(setup.say("setup_people.how_to_add"),))
    labels = (
        setup.say("get_template"),
        setup.say("setup_people.send_people"),
        setup.say("setup_people.get_codes", count=len(roster.waiting)),
        setup.say("setup_people.list_waiting"),
        setup.say("setup_people.send_codes", count=len(envelopes(roster))),
    )
    return screen(setup, Step.PEOPLE, "", card, *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    match place:
        case "file":
            return screen(setup, Step.PEOPLE, "file", setup.say("setup_people.send_file_now"))
        case "codes":
            return _ask_for_codes(setup)
        case "send":
            return _ask_to_send(setup)
        case _:
            return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A choice, or the confirming word."""
    match place:
        case "":
            return _chosen(setup, pick(heard.text, 5))
        case "ok" if agrees(heard.text):
            return _take_over(setup)
        case "codes" if agrees(heard.text):
            return _codes(setup)
        case "send" if agrees(heard.text):
            return _send(setup)
        case _:
            return None


def received(setup: SetupTurn, file: Sent) -> Reply:
    """A filled-in workbook: its mistakes, or what it would do."""
    data = content_of(file)
    if data is None:
        return note(setup, "file_not_taken")
    words = setup.turn.words
    sheet = read_people(data, setup.units(), words, people=setup.turn.tx.people.all())
    setup.audit("workbook_read", f"unit:{setup.province.id}", type(sheet).__name__)
    if isinstance(sheet, Refused):
        return screen(setup, Step.PEOPLE, "file", mistakes(setup, sheet))
    if not sheet.rows and not sheet.departments:
        return note(setup, "setup_people.workbook_says_nothing_new", already=sheet.already)
    keep(setup, sheet)
    return _confirm(setup, sheet)


def _chosen(setup: SetupTurn, number: int | None) -> Reply | None:
    match number:
        case 0:
            recipe = Recipe(
                kind=RecipeKind.PEOPLE_TEMPLATE,
                name=TEMPLATE,
                figures=(("province", str(setup.province.id)), ("by", str(setup.me))),
                alternative=setup.say("template_elsewhere"),
            )
            text = setup.say("template_comes")
            return screen(setup, Step.PEOPLE, "file", text, attachment=recipe)
        case 1:
            return at(setup, "file")
        case 2:
            return _ask_for_codes(setup)
        case 3:
            return who(setup, joined=False)
        case 4:
            return _ask_to_send(setup)
        case _:
            return None


def _ask_for_codes(setup: SetupTurn) -> Reply:
    waiting = _invitable(setup)
    if not waiting:
        return note(setup, "setup_people.nobody_waits")
    codes = roster_of(setup).codes
    held = sum(1 for person in waiting if person.id in codes)
    text = setup.say("setup_people.codes_to_make", count=len(waiting), replaced=held)
    return confirm(setup, Step.PEOPLE, "codes", text)


def _codes(setup: SetupTurn) -> Reply:
    waiting = _invitable(setup)
    recipe = invite_many(setup, waiting)
    text = setup.say("setup_people.codes_made", count=len(waiting))
    return replace(show(setup).under(text), attachment=recipe)


def _ask_to_send(setup: SetupTurn) -> Reply:
    found = envelopes(roster_of(setup))
    if not found:
        return note(setup, "setup_people.no_head_to_send_to")
    people = sum(len(one.waiting) for one in found)
    text = setup.say("setup_people.codes_to_send", units=len(found), people=people)
    return confirm(setup, Step.PEOPLE, "send", text)


def _send(setup: SetupTurn) -> Reply:
    count = send(setup, envelopes(roster_of(setup)))
    return show(setup).under(setup.say("setup_people.codes_sent", count=count))


def _invitable(setup: SetupTurn) -> tuple[Person, ...]:
    return tuple(one for one in roster_of(setup).waiting if one.id != setup.me)


def _confirm(setup: SetupTurn, taken: PeopleTaken) -> Reply:
    """What the confirmation will do: how many people of each role, which departments, what is
    missing.
    """
    text = setup.say(
        "setup_people.people_to_take",
        new=sum(1 for row in taken.rows if not row.known),
        known=sum(1 for row in taken.rows if row.known),
        units=len({post.unit for row in taken.rows for post in row.posts}),
    )
    card = Card(text=text, rows=tuple(_to_add(setup, taken)), notes=tuple(_to_know(setup, taken)))
    return confirm(setup, Step.PEOPLE, "ok", card)


def _to_add(setup: SetupTurn, taken: PeopleTaken) -> Iterator[Row]:
    for role, count in roles(taken):
        named = setup.turn.say("common.role", role=role)
        said = setup.say("setup_people.role_count", role=named, count=count)
        yield Row(value=f"• {said}", figures=((role.value, count),))
    if taken.departments:
        count = len(taken.departments)
        yield Row(
            label=setup.say("setup_people.departments_to_take", count=count),
            value="; ".join(unit.name for unit in taken.departments),
            figures=(("departments", count),),
        )


def _to_know(setup: SetupTurn, taken: PeopleTaken) -> Iterator[str]:
    if taken.already:
        yield setup.say("setup_people.already_there", count=taken.already)
    headless = without_head(setup, taken)
    if headless:
        names = [setup.turn.unit_name(unit) for unit in headless[:UNITS_SHOWN]]
        more = len(headless) - len(names)
        yield setup.say("setup_people.headless", names=names, more=more)


def _take_over(setup: SetupTurn) -> Reply:
    taken = kept(setup)
    drop(setup, Step.PEOPLE)
    new = take_over(setup, taken) if taken is not None else ()
    if new is None:
        return show(setup).under(setup.say("setup_people.list_changed_meanwhile"))
    if not new:
        return show(setup).under(setup.say("saved"))
    text = setup.say("setup_people.people_taken", count=len(new))
    recipe = invite_many(setup, new)
    return replace(show(setup).under(text), attachment=recipe)

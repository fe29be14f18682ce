"""Step 7: units and people from a workbook, and the sheet of their codes.

Everything is checked before anything is taken over: either all of a workbook comes in, or
nothing does and every mistake is shown by row.
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
from handlers.subjects.setup.screens import Desk, Progress, Step, confirm, drop, note, pick, screen
from handlers.subjects.setup.uploads import content_of
from handlers.understanding.agreement import agrees

TEMPLATE = "mau-nguoi-dung.xlsx"

UNITS_SHOWN = 15


def progress(desk: Desk) -> Progress:
    """Done when everybody has come in; begun with the first person beside the administrator."""
    roster = roster_of(desk)
    if any(one.id != desk.me for one in roster.waiting):
        return Progress.BEGUN
    return Progress.DONE if roster.total > 1 else Progress.TODO


def show(desk: Desk) -> Reply:
    """How many are in and what can be done, or the workbook that waits for the word."""
    taken = kept(desk)
    if taken is not None:
        return _confirm(desk, taken)
    roster = roster_of(desk)
    joined, total = len(roster.joined), roster.total
    counted = Row(
        value=desk.say("setup_people.people", joined=joined, total=total),
        figures=(("joined", joined), ("total", total)),
    )
    card = Card(rows=(counted,), notes=(desk.say("setup_people.how_to_add"),))
    labels = (
        desk.say("get_template"),
        desk.say("setup_people.send_people"),
        desk.say("setup_people.get_codes", count=len(roster.waiting)),
        desk.say("setup_people.list_waiting"),
        desk.say("setup_people.send_codes", count=len(envelopes(roster))),
    )
    return screen(desk, Step.PEOPLE, "", card, *labels)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    match place:
        case "file":
            return screen(desk, Step.PEOPLE, "file", desk.say("setup_people.send_file_now"))
        case "codes":
            return _ask_for_codes(desk)
        case "send":
            return _ask_to_send(desk)
        case _:
            return show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A choice, or the word."""
    match place:
        case "":
            return _chosen(desk, pick(heard.text, 5))
        case "ok" if agrees(heard.text):
            return _take_over(desk)
        case "codes" if agrees(heard.text):
            return _codes(desk)
        case "send" if agrees(heard.text):
            return _send(desk)
        case _:
            return None


def received(desk: Desk, file: Sent) -> Reply:
    """A filled-in workbook: its mistakes, or what it would do."""
    data = content_of(file)
    if data is None:
        return note(desk, "file_not_taken")
    words = desk.turn.words
    sheet = read_people(data, desk.units(), words, people=desk.turn.tx.people.all())
    desk.audit("workbook_read", f"unit:{desk.province.id}", type(sheet).__name__)
    if isinstance(sheet, Refused):
        return screen(desk, Step.PEOPLE, "file", mistakes(desk, sheet))
    if not sheet.rows and not sheet.departments:
        return note(desk, "setup_people.workbook_says_nothing_new", already=sheet.already)
    keep(desk, sheet)
    return _confirm(desk, sheet)


def _chosen(desk: Desk, number: int | None) -> Reply | None:
    match number:
        case 0:
            recipe = Recipe(
                kind=RecipeKind.PEOPLE_TEMPLATE,
                name=TEMPLATE,
                figures=(("province", str(desk.province.id)), ("by", str(desk.me))),
                alternative=desk.say("template_elsewhere"),
            )
            text = desk.say("template_comes")
            return screen(desk, Step.PEOPLE, "file", text, attachment=recipe)
        case 1:
            return at(desk, "file")
        case 2:
            return _ask_for_codes(desk)
        case 3:
            return who(desk, joined=False)
        case 4:
            return _ask_to_send(desk)
        case _:
            return None


def _ask_for_codes(desk: Desk) -> Reply:
    waiting = _invitable(desk)
    if not waiting:
        return note(desk, "setup_people.nobody_waits")
    codes = roster_of(desk).codes
    held = sum(1 for person in waiting if person.id in codes)
    text = desk.say("setup_people.codes_to_make", count=len(waiting), replaced=held)
    return confirm(desk, Step.PEOPLE, "codes", text)


def _codes(desk: Desk) -> Reply:
    waiting = _invitable(desk)
    recipe = invite_many(desk, waiting)
    text = desk.say("setup_people.codes_made", count=len(waiting))
    return replace(show(desk).under(text), attachment=recipe)


def _ask_to_send(desk: Desk) -> Reply:
    found = envelopes(roster_of(desk))
    if not found:
        return note(desk, "setup_people.no_head_to_send_to")
    people = sum(len(one.waiting) for one in found)
    text = desk.say("setup_people.codes_to_send", units=len(found), people=people)
    return confirm(desk, Step.PEOPLE, "send", text)


def _send(desk: Desk) -> Reply:
    count = send(desk, envelopes(roster_of(desk)))
    return show(desk).under(desk.say("setup_people.codes_sent", count=count))


def _invitable(desk: Desk) -> tuple[Person, ...]:
    return tuple(one for one in roster_of(desk).waiting if one.id != desk.me)


def _confirm(desk: Desk, taken: PeopleTaken) -> Reply:
    """What the word will do: how many people of each role, which departments, what is missing."""
    text = desk.say(
        "setup_people.people_to_take",
        new=sum(1 for row in taken.rows if not row.known),
        known=sum(1 for row in taken.rows if row.known),
        units=len({post.unit for row in taken.rows for post in row.posts}),
    )
    card = Card(text=text, rows=tuple(_to_add(desk, taken)), notes=tuple(_to_know(desk, taken)))
    return confirm(desk, Step.PEOPLE, "ok", card)


def _to_add(desk: Desk, taken: PeopleTaken) -> Iterator[Row]:
    for role, count in roles(taken):
        named = desk.turn.say("common.role", role=role)
        said = desk.say("setup_people.role_count", role=named, count=count)
        yield Row(value=f"• {said}", figures=((role.value, count),))
    if taken.departments:
        count = len(taken.departments)
        yield Row(
            label=desk.say("setup_people.departments_to_take", count=count),
            value="; ".join(unit.name for unit in taken.departments),
            figures=(("departments", count),),
        )


def _to_know(desk: Desk, taken: PeopleTaken) -> Iterator[str]:
    if taken.already:
        yield desk.say("setup_people.already_there", count=taken.already)
    headless = without_head(desk, taken)
    if headless:
        names = [desk.turn.unit_name(unit) for unit in headless[:UNITS_SHOWN]]
        more = len(headless) - len(names)
        yield desk.say("setup_people.headless", names=names, more=more)


def _take_over(desk: Desk) -> Reply:
    taken = kept(desk)
    drop(desk, Step.PEOPLE)
    new = take_over(desk, taken) if taken is not None else ()
    if new is None:
        return show(desk).under(desk.say("setup_people.list_changed_meanwhile"))
    if not new:
        return show(desk).under(desk.say("saved"))
    text = desk.say("setup_people.people_taken", count=len(new))
    recipe = invite_many(desk, new)
    return replace(show(desk).under(text), attachment=recipe)

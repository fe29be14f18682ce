"""Step 6: from when on reminders leave, and the hours in which no notice does."""

from dataclasses import replace
from datetime import time

from domain.deadlines import SEND_FROM
from domain.quiet import Hours
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import hours_chosen, hours_of, set_hours
from handlers.subjects.setup.screens import Desk, Progress, Step, note, pick, screen
from handlers.subjects.setup.text import times_in

EARLIEST, LATEST = SEND_FROM, time(20, 0)
"""The moments of stages are kept from the start of an office day; later than the evening
would be a mistake of typing."""

_MIDNIGHT = time(0, 0)


def progress(desk: Desk) -> Progress:
    """Done once the province has decided; until then the start of an office day holds."""
    return Progress.DONE if hours_chosen(desk.turn.tx, desk.province.id) else Progress.TODO


def show(desk: Desk) -> Reply:
    """The hours as they are."""
    hours = hours_of(desk.turn.tx, desk.province.id)
    text = desk.say(
        "hours",
        send_from=_written(hours.send_from),
        quiet_from=_written(hours.quiet_from),
        quiet_to=_written(hours.quiet_to),
        has_quiet=hours.has_quiet,
    )
    labels = [desk.say("change_send_from"), desk.say("change_quiet"), desk.say("keep_hours")]
    if hours.has_quiet:
        labels.append(desk.say("no_quiet"))
    return screen(desk, Step.HOURS, "", text, *labels)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    match place:
        case "from":
            return screen(desk, Step.HOURS, "from", desk.say("type_send_from"))
        case "quiet":
            return screen(desk, Step.HOURS, "quiet", desk.say("type_quiet"))
        case _:
            return show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A choice, one time, or two."""
    hours = hours_of(desk.turn.tx, desk.province.id)
    match place:
        case "":
            return _chosen(desk, hours, pick(heard.text, 4 if hours.has_quiet else 3))
        case "from":
            return _send_from_typed(desk, hours, times_in(heard.text))
        case "quiet":
            return _quiet_typed(desk, hours, times_in(heard.text))
        case _:
            return None


def _chosen(desk: Desk, hours: Hours, number: int | None) -> Reply | None:
    match number:
        case 0:
            return at(desk, "from")
        case 1:
            return at(desk, "quiet")
        case 2:
            return _keep(desk, hours)
        case 3:
            return _keep(desk, replace(hours, quiet_from=_MIDNIGHT, quiet_to=_MIDNIGHT))
        case _:
            return None


def _send_from_typed(desk: Desk, hours: Hours, times: tuple[time, ...]) -> Reply | None:
    if len(times) != 1:
        return None
    if not EARLIEST <= times[0] <= LATEST:
        limits = {"earliest": _written(EARLIEST), "latest": _written(LATEST)}
        return note(desk, "send_from_out_of_range", **limits)
    return _keep(desk, replace(hours, send_from=times[0]))


def _quiet_typed(desk: Desk, hours: Hours, times: tuple[time, ...]) -> Reply | None:
    if len(times) != 2 or times[0] == times[1]:
        return None
    return _keep(desk, replace(hours, quiet_from=times[0], quiet_to=times[1]))


def _keep(desk: Desk, hours: Hours) -> Reply:
    set_hours(desk.turn.tx, desk.province.id, hours)
    written = f"{_written(hours.send_from)} {_written(hours.quiet_from)}-{_written(hours.quiet_to)}"
    desk.audit("hours_set", f"unit:{desk.province.id}", written)
    return show(desk).under(desk.say("saved"))


def _written(at: time) -> str:
    return f"{at:%H:%M}"

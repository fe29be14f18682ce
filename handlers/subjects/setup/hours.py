"""Step 6: the hour from which reminders are sent, and the quiet hours without notices."""

from dataclasses import replace
from datetime import time

from domain.deadlines import SEND_FROM
from domain.quiet import Hours
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import hours_chosen, hours_of, set_hours
from handlers.subjects.setup.screens import Progress, SetupTurn, Step, note, pick, screen
from handlers.subjects.setup.text import times_in

EARLIEST, LATEST = SEND_FROM, time(20, 0)
"""Stages are due from the start of an office day, so no earlier time is possible; a time later than
the evening would be a typing mistake.
"""

_MIDNIGHT = time(0, 0)


def progress(setup: SetupTurn) -> Progress:
    """Done when the province has decided; until then the start of an office day applies."""
    return Progress.DONE if hours_chosen(setup.turn.tx, setup.province.id) else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """The current hours."""
    hours = hours_of(setup.turn.tx, setup.province.id)
    text = setup.say(
        "hours",
        send_from=_written(hours.send_from),
        quiet_from=_written(hours.quiet_from),
        quiet_to=_written(hours.quiet_to),
        has_quiet=hours.has_quiet,
    )
    labels = [setup.say("change_send_from"), setup.say("change_quiet"), setup.say("keep_hours")]
    if hours.has_quiet:
        labels.append(setup.say("no_quiet"))
    return screen(setup, Step.HOURS, "", text, *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    match place:
        case "from":
            return screen(setup, Step.HOURS, "from", setup.say("type_send_from"))
        case "quiet":
            return screen(setup, Step.HOURS, "quiet", setup.say("type_quiet"))
        case _:
            return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A choice, one time, or two."""
    hours = hours_of(setup.turn.tx, setup.province.id)
    match place:
        case "":
            return _chosen(setup, hours, pick(heard.text, 4 if hours.has_quiet else 3))
        case "from":
            return _send_from_typed(setup, hours, times_in(heard.text))
        case "quiet":
            return _quiet_typed(setup, hours, times_in(heard.text))
        case _:
            return None


def _chosen(setup: SetupTurn, hours: Hours, number: int | None) -> Reply | None:
    match number:
        case 0:
            return at(setup, "from")
        case 1:
            return at(setup, "quiet")
        case 2:
            return _keep(setup, hours)
        case 3:
            return _keep(setup, replace(hours, quiet_from=_MIDNIGHT, quiet_to=_MIDNIGHT))
        case _:
            return None


def _send_from_typed(setup: SetupTurn, hours: Hours, times: tuple[time, ...]) -> Reply | None:
    if len(times) != 1:
        return None
    if not EARLIEST <= times[0] <= LATEST:
        limits = {"earliest": _written(EARLIEST), "latest": _written(LATEST)}
        return note(setup, "send_from_out_of_range", **limits)
    return _keep(setup, replace(hours, send_from=times[0]))


def _quiet_typed(setup: SetupTurn, hours: Hours, times: tuple[time, ...]) -> Reply | None:
    if len(times) != 2 or times[0] == times[1]:
        return None
    return _keep(setup, replace(hours, quiet_from=times[0], quiet_to=times[1]))


def _keep(setup: SetupTurn, hours: Hours) -> Reply:
    set_hours(setup.turn.tx, setup.province.id, hours)
    written = f"{_written(hours.send_from)} {_written(hours.quiet_from)}-{_written(hours.quiet_to)}"
    setup.audit("hours_set", f"unit:{setup.province.id}", written)
    return show(setup).under(setup.say("saved"))


def _written(at: time) -> str:
    return f"{at:%H:%M}"

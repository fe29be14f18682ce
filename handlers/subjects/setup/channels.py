"""Step 5: which channels the province uses and how sensitive a question each may carry.

The law is explained before anything is switched on, and only the typed word switches.
"""

from dataclasses import dataclass

from domain.cards import Card
from domain.channels import STRICT
from domain.criteria import Sensitivity
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import ceiling_chosen, ceiling_of, set_ceiling
from handlers.subjects.setup.screens import (
    Desk,
    Progress,
    Step,
    confirm,
    drop,
    load,
    note,
    pick,
    save,
    screen,
)
from handlers.understanding.agreement import agrees

_OFF = "off"
LEVELS = (_OFF, *(level.value for level in Sensitivity))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A channel and the level (of `LEVELS`) that waits for the word."""

    channel: str
    level: str


def progress(desk: Desk) -> Progress:
    """Done when every channel was decided about."""
    tx, province = desk.turn.tx, desk.province.id
    decided = [ceiling_chosen(tx, province, channel) for channel in STRICT]
    return Progress.DONE if all(decided) else Progress.BEGUN if any(decided) else Progress.TODO


def show(desk: Desk) -> Reply:
    """Every channel with its level, or the level that waits for the word."""
    draft = load(desk, Step.CHANNELS, Draft)
    if draft is not None:
        return _confirm(desk, draft)
    labels = tuple(
        desk.say(
            "channel_now",
            channel=_name(desk, channel),
            level=_level_name(desk, _now(desk, channel)),
            chosen=ceiling_chosen(desk.turn.tx, desk.province.id, channel),
        )
        for channel in STRICT
    )
    return screen(desk, Step.CHANNELS, "", desk.say("channels"), *labels)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    return _channel(desk, place) if place in STRICT else show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A channel, a level, or the word."""
    if place == "ok":
        return _switch(desk) if agrees(heard.text) else None
    if place in STRICT:
        at = pick(heard.text, len(LEVELS))
        return None if at is None else _level_chosen(desk, place, LEVELS[at])
    at = pick(heard.text, len(STRICT))
    return None if at is None else _channel(desk, tuple(STRICT)[at])


def _channel(desk: Desk, channel: str) -> Reply:
    """The law on one channel, and the levels to choose from; the strict choice is marked."""
    now = _level_name(desk, _now(desk, channel))
    card = Card(
        heading=desk.say("channel", channel=_name(desk, channel), now=now),
        text=desk.say(f"about_{channel}"),
        notes=(desk.say("law_of_levels"),),
    )
    labels = tuple(
        desk.say(
            "level_choice",
            level=_level_name(desk, level),
            strict=level == STRICT[channel].value,
        )
        for level in LEVELS
    )
    return screen(desk, Step.CHANNELS, channel, card, *labels).over(desk.say("choose_level"))


def _level_chosen(desk: Desk, channel: str, level: str) -> Reply:
    here = desk.turn.address.channel if desk.turn.address is not None else ""
    if level == _OFF and channel == here:
        return note(desk, "channel_in_use", channel=_name(desk, channel))
    draft = Draft(channel=channel, level=level)
    save(desk, Step.CHANNELS, draft)
    return _confirm(desk, draft)


def _confirm(desk: Desk, draft: Draft) -> Reply:
    looser = draft.level != _OFF and (Sensitivity(draft.level).rank > STRICT[draft.channel].rank)
    strict = _level_name(desk, STRICT[draft.channel].value)
    level = _level_name(desk, draft.level)
    card = Card(
        heading=desk.say("channel_to_switch", channel=_name(desk, draft.channel), level=level),
        text=desk.say(f"means_{draft.level}"),
        notes=(desk.say("wider_than_strict", strict=strict),) if looser else (),
    )
    return confirm(desk, Step.CHANNELS, "ok", card)


def _switch(desk: Desk) -> Reply:
    draft = load(desk, Step.CHANNELS, Draft)
    drop(desk, Step.CHANNELS)
    if draft is not None:
        level = None if draft.level == _OFF else Sensitivity(draft.level)
        set_ceiling(desk.turn.tx, desk.province.id, draft.channel, level)
        desk.audit("channel_set", f"channel:{draft.channel}", draft.level)
    return show(desk).under(desk.say("saved"))


def _now(desk: Desk, channel: str) -> str:
    level = ceiling_of(desk.turn.tx, desk.province.id, channel)
    return _OFF if level is None else level.value


def _name(desk: Desk, channel: str) -> str:
    return desk.turn.say("roles.channel", channel=channel)


def _level_name(desk: Desk, level: str) -> str:
    return desk.say(f"level_{level}")

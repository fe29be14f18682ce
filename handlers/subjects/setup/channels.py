"""Step 5: which channels the province uses and how sensitive a question each may carry.

The law is explained before a channel is switched on, and only the typed word switches it on.
"""

from dataclasses import dataclass

from domain.cards import Card
from domain.channels import STRICT
from domain.criteria import Sensitivity
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import ceiling_chosen, ceiling_of, set_ceiling
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
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
    """A channel and the level (of `LEVELS`) that wait for confirmation."""

    channel: str
    level: str


def progress(setup: SetupTurn) -> Progress:
    """Done when all channels are decided."""
    tx, province = setup.turn.tx, setup.province.id
    decided = [ceiling_chosen(tx, province, channel) for channel in STRICT]
    return Progress.DONE if all(decided) else Progress.BEGUN if any(decided) else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """Every channel with its level, or the level that waits for confirmation."""
    draft = load(setup, Step.CHANNELS, Draft)
    if draft is not None:
        return _confirm(setup, draft)
    labels = tuple(
        setup.say(
            "channel_now",
            channel=_name(setup, channel),
            level=_level_name(setup, _now(setup, channel)),
            chosen=ceiling_chosen(setup.turn.tx, setup.province.id, channel),
        )
        for channel in STRICT
    )
    return screen(setup, Step.CHANNELS, "", setup.say("channels"), *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    return _channel(setup, place) if place in STRICT else show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A channel, a level, or the confirming word."""
    if place == "ok":
        return _switch(setup) if agrees(heard.text) else None
    if place in STRICT:
        at = pick(heard.text, len(LEVELS))
        return None if at is None else _level_chosen(setup, place, LEVELS[at])
    at = pick(heard.text, len(STRICT))
    return None if at is None else _channel(setup, tuple(STRICT)[at])


def _channel(setup: SetupTurn, channel: str) -> Reply:
    """The law on one channel, and the levels to choose from; the strict choice is marked."""
    now = _level_name(setup, _now(setup, channel))
    card = Card(
        heading=setup.say("channel", channel=_name(setup, channel), now=now),
        text=setup.say(f"about_{channel}"),
        notes=(setup.say("law_of_levels"),),
    )
    labels = tuple(
        setup.say(
            "level_choice",
            level=_level_name(setup, level),
            strict=level == STRICT[channel].value,
        )
        for level in LEVELS
    )
    return screen(setup, Step.CHANNELS, channel, card, *labels).over(setup.say("choose_level"))


def _level_chosen(setup: SetupTurn, channel: str, level: str) -> Reply:
    here = setup.turn.address.channel if setup.turn.address is not None else ""
    if level == _OFF and channel == here:
        return note(setup, "channel_in_use", channel=_name(setup, channel))
    draft = Draft(channel=channel, level=level)
    save(setup, Step.CHANNELS, draft)
    return _confirm(setup, draft)


def _confirm(setup: SetupTurn, draft: Draft) -> Reply:
    looser = draft.level != _OFF and (Sensitivity(draft.level).rank > STRICT[draft.channel].rank)
    strict = _level_name(setup, STRICT[draft.channel].value)
    level = _level_name(setup, draft.level)
    card = Card(
        heading=setup.say("channel_to_switch", channel=_name(setup, draft.channel), level=level),
        text=setup.say(f"means_{draft.level}"),
        notes=(setup.say("wider_than_strict", strict=strict),) if looser else (),
    )
    return confirm(setup, Step.CHANNELS, "ok", card)


def _switch(setup: SetupTurn) -> Reply:
    draft = load(setup, Step.CHANNELS, Draft)
    drop(setup, Step.CHANNELS)
    if draft is not None:
        level = None if draft.level == _OFF else Sensitivity(draft.level)
        set_ceiling(setup.turn.tx, setup.province.id, draft.channel, level)
        setup.audit("channel_set", f"channel:{draft.channel}", draft.level)
    return show(setup).under(setup.say("saved"))


def _now(setup: SetupTurn, channel: str) -> str:
    level = ceiling_of(setup.turn.tx, setup.province.id, channel)
    return _OFF if level is None else level.value


def _name(setup: SetupTurn, channel: str) -> str:
    return setup.turn.say("roles.channel", channel=channel)


def _level_name(setup: SetupTurn, level: str) -> str:
    return setup.say(f"level_{level}")

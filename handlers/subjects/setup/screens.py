"""The administrator's turn: which province it sets up, how a step's screen looks and is stored."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, is_dataclass, replace
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from domain.card_text import text_of
from domain.cards import Card, Row, saying
from domain.messages import Choice, ChoiceKind, Recipe
from domain.people import Person, Post, Role
from domain.units import Level, Unit, UnitId
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, numbered
from handlers.understanding.intents import Intent

HOME = "home"

SHOWN: Final = ":="
"""Separates, in a menu token, the place from the digest of what the screen asked to confirm."""

_BULLET: Final = "•"

_DIGEST_BYTES: Final = 4
"""32 bits: enough to tell one person's screens apart; a collision is of no use to an attacker."""

D = TypeVar("D")


class Step(StrEnum):
    """The steps in the order in which a new province takes them."""

    PROVINCE = "province"
    DOCUMENTS = "documents"
    PLAN = "plan"
    RULINGS = "rulings"
    CHANNELS = "channels"
    HOURS = "hours"
    PEOPLE = "people"
    CHECKLISTS = "checklists"
    FIGURES = "figures"


class Progress(StrEnum):
    """How far a step is: xong, đang làm, chưa."""

    DONE = "done"
    BEGUN = "begun"
    TODO = "todo"


@dataclass(frozen=True, kw_only=True)
class SetupTurn:
    """One turn of an administrator. `province` is the one being set up."""

    turn: Turn
    province: Unit

    @property
    def me(self) -> int:
        """The administrator's id."""
        return self.turn.person.id

    def say(self, key: str, **values: object) -> str:
        """A sentence of the set-up in the administrator's language; a key without a file is in
        setup.j2.
        """
        return self.turn.say(key if "." in key else f"setup.{key}", **values)

    def units(self) -> tuple[Unit, ...]:
        """The province itself and everything below it, by code."""
        unit = self.province
        return self.turn.tx.units.of_province(unit.structure, unit.province)

    def people(self) -> tuple[Person, ...]:
        """Everybody with a post in the province, oldest first."""
        return self.turn.tx.people.at_units([unit.id for unit in self.units()])

    def name(self, unit: UnitId) -> str:
        """The usual name of a unit of the province: "xã Kim Liên"."""
        found = self.turn.tx.units.get(unit)
        return self.turn.unit_name(found, with_parent=True) if found else str(unit)

    def audit(self, action: str, subject: str, detail: str = "") -> None:
        """Record the action in the audit."""
        self.turn.tx.audit.record(self.turn.now, self.me, action, subject, detail)


class Screens(Protocol):
    """The functions that the module of a step has."""

    def progress(self, setup: SetupTurn) -> Progress:
        """The progress of the step, without its draft."""

    def show(self, setup: SetupTurn) -> Reply:
        """The current screen of the step: its draft, else its first screen."""

    def at(self, setup: SetupTurn, place: str) -> Reply:
        """The screen of a place again; `show` if the place has no screen of its own."""

    def said(self, setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
        """A typed or tapped text at a place of the step; None if it cannot be read there."""


def setup_of(turn: Turn) -> SetupTurn | None:
    """The set-up turn of a province's administrator, None for other people.

    With several provinces it is the one that the person acts for, else the first.
    """
    held = turn.person.posts_as(Role.ADMINISTRATOR)
    acting = [post for post in held if post == turn.acting]
    for post in (*acting, *held):
        unit = _province(turn, post)
        if unit is not None:
            return SetupTurn(turn=turn, province=unit)
    return None


def _province(turn: Turn, post: Post) -> Unit | None:
    unit = turn.tx.units.get(post.unit)
    return unit if unit is not None and unit.level is Level.PROVINCE else None


def screen(
    setup: SetupTurn,
    step: str,
    place: str,
    shown: str | Card,
    *labels: str,
    actions: Iterable[str] = ("back",),
    attachment: Recipe | None = None,
) -> Reply:
    """A screen with numbered labels and the words that leave it."""
    return Reply(
        intent=Intent.SETUP,
        cards=(_card(setup, step, place, shown),),
        menu=_menu(step, place),
        choices=(*numbered(labels), *setup.turn.actions(*actions)),
        attachment=attachment,
    )


def confirm(setup: SetupTurn, step: str, place: str, shown: str | Card) -> Reply:
    """A screen on which only the typed word starts the action.

    Its menu token has a digest of what the screen shows, so that a button of an older message can
    only confirm the content of its own message.
    """
    cards = (_card(setup, step, place, shown), Card(text=setup.say("type_agree")))
    digest = hashlib.blake2b(text_of(cards).encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return Reply(
        intent=Intent.SETUP,
        cards=cards,
        menu=_menu(step, f"{place}{SHOWN}{digest}"),
        choices=(setup.turn.deciding("agree"), *setup.turn.actions("back", "cancel")),
    )


def _card(setup: SetupTurn, step: str, place: str, shown: str | Card) -> Card:
    """Add the title of the step: as the heading of its first screen, above the heading
    of others.
    """
    card = Card(text=shown) if isinstance(shown, str) else shown
    if step not in tuple(Step) or card.context:
        return card
    title = setup.say(f"step_{step}")
    if place or card.heading:
        return replace(card, context=title)
    return replace(card, heading=title)


def bulleted(lines: Iterable[str]) -> tuple[Row, ...]:
    """A row for each line of a list."""
    return tuple(Row(value=f"{_BULLET} {line}") for line in lines)


def _menu(step: str, place: str) -> Menu:
    return Menu(MenuKind.SETUP, (step, *place.split(":")))


def note(setup: SetupTurn, key: str, **values: object) -> Reply:
    """A sentence that leaves the open screen as it is."""
    return Reply(intent=Intent.SETUP, cards=saying(setup.say(key, **values)), menu=KEEP_MENU)


def word(key: str) -> Choice:
    """A word to type as a choice."""
    return Choice(key=key, label=key, kind=ChoiceKind.ACTION)


def pick(text: str, count: int) -> int | None:
    """The index of a numbered label that was typed or tapped, or None."""
    key = text.strip(" .)")
    if not key.isascii() or not key.isdecimal():
        return None
    at = int(key) - 1
    return at if 0 <= at < count else None


def load(setup: SetupTurn, step: str, kind: type[D]) -> D | None:
    """The draft of a step, or None if nothing was begun."""
    draft = setup.turn.tx.drafts.get(setup.me, step)
    if draft is None:
        return None
    values: dict[str, Any] = json.loads(draft.body)
    return kind(
        **{name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    )


def save(setup: SetupTurn, step: str, draft: object) -> None:
    """Store a draft: a frozen dataclass of texts, numbers and tuples of texts."""
    if not is_dataclass(draft) or isinstance(draft, type):
        raise TypeError("a draft is a dataclass")
    body = json.dumps(asdict(draft), ensure_ascii=False)
    setup.turn.tx.drafts.save(setup.me, step, body, setup.turn.now)


def drop(setup: SetupTurn, step: str) -> None:
    """Delete the draft: it was confirmed or cancelled."""
    setup.turn.tx.drafts.drop(setup.me, step)

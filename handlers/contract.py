"""What a subject of the conversation declares, so that one decision finds the owner of a text.

A subject is a folder of handlers/subjects with one value of `Subject`. The table in
handlers/deciding/table.py lists them; no other module lists them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum

from domain.messages import Sent
from handlers.assessment.sheet import Sheet
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.ground.wanted import Wanted
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent


class Rank(IntEnum):
    """How surely a text is meant for a subject, the surest first. There are no scores."""

    CODE = 1
    """Words of the subject with a code: "xem H5"."""
    LABEL = 2
    """A label, a number or a fixed word of the open menu."""
    PHRASE = 3
    """A phrase of the subject that is the whole text."""
    ANSWER = 4
    """What the open menu can read as an answer."""
    QUESTION = 5
    """A question in a person's own words."""


class Target(Enum):
    """Where a subject hands the turn to, without knowing whose it is."""

    WELCOME = "welcome"
    """The main menu with the greeting."""
    OFFER = "offer"
    """The main menu alone."""
    UNFINISHED = "unfinished"
    """What the person began and has not ended, else the main menu alone."""
    NOT_UNDERSTOOD = "not_understood"
    """A sentence that no subject could read the text, and the main menu."""
    HELP = "help"
    """What can be said, subject by subject."""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Another subject answers, under the lines `above`. `turn` is given where the person's
    language or post changed; `intent` stays that of the subject that handed over."""

    to: Target | Order
    above: tuple[str, ...] = ()
    turn: Turn | None = None
    intent: Intent | None = None


Outcome = Reply | Handover


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A subject reads a text as its own, with this certainty. A claim changes nothing: only the
    claim that wins is carried out, by `act`.

    `beside`: the open question stays open and is named below the reply. `yields`: the claim is
    little more than a guess, so that an open question explains how it is answered instead.
    `subject` is filled in by the decision.
    """

    rank: Rank
    act: Callable[[Turn], Outcome]
    beside: bool = False
    yields: bool = False
    subject: str = ""


class Manner(Enum):
    """What a command does while another subject's step or a question is open."""

    LEAVES = "leaves"
    """It leaves the step and does what it says."""
    BESIDE = "beside"
    """It is answered beside the open question, which stays open."""
    WITHIN = "within"
    """It is about what is open: the open screen may take it first."""


class OpenMenu:
    """A menu that is open, loaded for one turn by the subject that opened it.

    What is not overridden means: this menu has nothing to say to it.
    """

    takes_commands = False
    """Whether commands about what is open (`Manner.WITHIN`) are offered to it first."""
    is_question = False
    """Whether it asks for an answer in words. A text that no subject surely owns was then meant as
    an answer."""
    typed_alike = False
    """Whether a button of the open message means the same as its typed key. A button of an older
    message then does nothing. Leave it False where the menu's place names what the buttons show:
    such a button keeps its meaning."""

    def label(self, heard: Heard) -> Claim | None:
        """A label, a number or a fixed word of the menu. Such a text is one of ours, whatever
        words it holds: it is not screened."""

    def answer(self, heard: Heard) -> Claim | None:
        """A text that is no label, read as an answer to the menu."""

    def tapped(self, choice: Heard) -> Claim | None:
        """A button of it, also of a message that is no longer the open one."""
        return self.label(choice)

    def received(self, file: Sent) -> Outcome | None:
        """A file, where one is waited for."""

    def again(self) -> Outcome:
        """The open menu once more."""
        return Handover(to=Target.OFFER)

    def left(self) -> None:
        """The person went on to something else."""

    def still_open(self, reply: Reply) -> Reply:
        """The reply to something else, with a word that this is still open."""
        return reply

    def unread(self) -> Outcome:
        """How to answer, for a text that no subject can read."""
        return Handover(to=Target.NOT_UNDERSTOOD)

    def refused(self, reply: Reply) -> Reply:
        """The reply to a text that may not be kept."""
        return reply


def _no_entries(_turn: Turn, _sheet: Sheet | None) -> tuple["Entry", ...]:
    return ()


def _no_help(_turn: Turn) -> tuple[str, ...]:
    return ()


def _no_order(_turn: Turn, order: Order) -> Outcome:
    msg = f"a subject without commands was ordered to {order.command}"
    raise TypeError(msg)


def _no_claim(_turn: Turn, _heard: Heard) -> Claim | None:
    return None


def _as_it_is(_turn: Turn, reply: Reply) -> Reply:
    return reply


def _nothing_wanted(_turn: Turn, _menu: Menu) -> Wanted | None:
    return None


def _nothing_unfinished(_turn: Turn) -> Reply | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the main menu and the order that it is short for."""

    label: str
    order: Order


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One subject: what it owns, and what it does with it.

    - `menus`: kind of menu -> the function that loads an open menu of this kind for one turn. It
      returns None where the menu opens nothing any more (another person's, a checklist that is
      closed).
    - `commands` with `ordered`, which carries them out.
    - `letters`: the capital letters that begin the codes of its things ("H5"). `coded` reads words
      with such a code; a subject whose codes stand inside a command needs no `coded`.
      `takes_one_time_codes`: `coded` also gets a text that is a one-time code.
    - `verbs`: the first words, without diacritics, of the orders that `worded` reads.
    - `intents`: the intents of the questions that `asked` reads.
    - `entries`: its lines of the main menu; the checklist is None where the person answers none.
      `help`: its lines of the help text. `unfinished`: the reply that continues what the person
      began, None where there is nothing.
    - `adds`: what a person who fills in a checklist must be told with this reply, whichever subject
      gave it.
    - `wanted`: what is typed at one of its menus, and what of it may be kept; None where that makes
      no difference.
    - `personal`: its commands and orders concern the person, whatever post he acts as. Words with a
      code name their object, so that the post does not matter there either.
    """

    name: str
    menus: Mapping[MenuKind, Callable[[Turn, Menu], OpenMenu | None]] = field(default_factory=dict)
    commands: Mapping[Command, Manner] = field(default_factory=dict)
    ordered: Callable[[Turn, Order], Outcome] = _no_order
    letters: str = ""
    takes_one_time_codes: bool = False
    coded: Callable[[Turn, Heard], Claim | None] = _no_claim
    verbs: frozenset[str] = frozenset()
    worded: Callable[[Turn, Heard], Claim | None] = _no_claim
    intents: frozenset[Intent] = frozenset()
    asked: Callable[[Turn, Heard], Claim | None] = _no_claim
    entries: Callable[[Turn, Sheet | None], tuple[Entry, ...]] = _no_entries
    help: Callable[[Turn], tuple[str, ...]] = _no_help
    unfinished: Callable[[Turn], Reply | None] = _nothing_unfinished
    adds: Callable[[Turn, Reply], Reply] = _as_it_is
    wanted: Callable[[Turn, Menu], Wanted | None] = _nothing_wanted
    personal: bool = False

"""The open menu of a set-up screen: what a text, a tap or a file means at it."""

from collections.abc import Callable
from functools import partial

from domain.messages import Sent
from handlers.contract import Claim, OpenMenu, Outcome, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.setup import home
from handlers.subjects.setup.home import SCREENS, WALKED_BACK
from handlers.subjects.setup.screens import HOME, SHOWN, Screens, SetupTurn, drop, setup_of
from handlers.understanding.agreement import agrees
from handlers.understanding.commands import Command

_LEAVING = (Command.BACK, Command.LATER)
_CANCEL = frozenset({"huy", "huy bo", "cancel"})


def step_menu(turn: Turn, menu: Menu) -> OpenMenu | None:
    """The screen that a menu opened; None if the person does not set up a province (any more)."""
    setup = setup_of(turn)
    step = menu.part(0)
    if setup is None:
        return None
    if step == HOME:
        return OpenHome(setup)
    screens = SCREENS.get(step)
    return None if screens is None else OpenStep(setup, menu, screens)


class OpenHome(OpenMenu):
    """The list of steps."""

    takes_commands = True
    typed_alike = True

    def __init__(self, setup: SetupTurn) -> None:
        """Reads nothing."""
        self._setup = setup

    def label(self, heard: Heard) -> Claim | None:
        """The step with this number."""
        step = home.picked(heard.text)
        return None if step is None else _claim(Rank.LABEL, lambda _turn: step.show(self._setup))

    def again(self) -> Outcome:
        """The list again."""
        return home.show(self._setup)


class OpenStep(OpenMenu):
    """One screen of a step, at one place."""

    takes_commands = True
    typed_alike = True

    def __init__(self, setup: SetupTurn, menu: Menu, screens: Screens) -> None:
        """Reads nothing."""
        self._setup, self._menu, self._screens = setup, menu, screens
        self._step = menu.part(0)
        self._place, self._confirms, _digest = menu.rest.partition(SHOWN)

    def answer(self, heard: Heard) -> Claim | None:
        """Any text: a screen that cannot read it says so."""
        return _claim(Rank.ANSWER, partial(self._answered, heard))

    def received(self, file: Sent) -> Outcome | None:
        """A file, if the step waits for one."""
        return home.received(self._setup, self._step, file)

    def again(self) -> Outcome:
        """The screen again."""
        return self._screens.at(self._setup, self._place)

    def _answered(self, heard: Heard, _turn: Turn) -> Reply:
        setup = self._setup
        if heard.plain in _CANCEL:
            drop(setup, self._step)
            return home.show(setup).under(setup.say("cancelled"))
        leaves = heard.order is not None and heard.order.command in _LEAVING
        if leaves and self._step not in WALKED_BACK:
            # A word that the screen itself offers is never an answer to it.
            return home.show(setup)
        if self._confirms and agrees(heard.text):
            again = self._screens.at(setup, self._place)
            if again.menu != self._menu:
                return again.under(setup.say("changed_meanwhile"))
        reply = self._screens.said(setup, self._place, heard)
        if reply is not None:
            return reply
        if leaves:
            return home.show(setup)
        return self._screens.at(setup, self._place).under(setup.say("not_readable"))


def _claim(rank: Rank, act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=rank, act=act)

"""Spreading people over bots: each takes so many by its plan and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.zalo.client import Me
from bot.channels.zalo.settings import NAME, ZaloSettings
from storage import Tx


@dataclass(kw_only=True)
class Introductions:
    """What our bots said of themselves, by our names of them; filled while they start."""

    _of: dict[str, Me] = field(default_factory=dict)

    def note(self, bot: str, me: Me) -> None:
        """A bot said who it is."""
        self._of[bot] = me

    def of(self, bot: str) -> Me | None:
        """What it said, None until it did."""
        return self._of.get(bot)

    def found_as(self, bot: str) -> str:
        """What people look for in Zalo to find it; our own name until it said."""
        me = self._of.get(bot)
        return (me.display_name or me.account_name or bot) if me is not None else bot

    def own_names(self, bot: str) -> tuple[str, ...]:
        """How people call it with an @."""
        me = self._of.get(bot)
        return () if me is None else (me.display_name, me.account_name)


def is_full(tx: Tx, settings: ZaloSettings, bot: str) -> bool:
    """Whether this bot has as many people as its plan allows."""
    return tx.bots.people(NAME).get(bot, 0) >= settings.users


def bot_for_new(tx: Tx, settings: ZaloSettings) -> str | None:
    """The bot that a new person is sent to: the one with the fewest people, of those with room
    the first in the settings; None when all are full."""
    people: Mapping[str, int] = tx.bots.people(NAME)
    free = [bot.name for bot in settings.bots if people.get(bot.name, 0) < settings.users]
    return min(free, key=lambda name: people.get(name, 0), default=None)

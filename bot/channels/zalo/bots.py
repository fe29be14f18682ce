"""Assigns people to bots: each takes as many as its plan allows."""

from dataclasses import dataclass, field

from bot.channels.zalo.client import Me
from bot.channels.zalo.settings import NAME, ZaloSettings
from handlers.ground.doors import Door
from storage import Tx


@dataclass(kw_only=True)
class Introductions:
    """The accounts of our bots, by our names of them; filled while they start."""

    _of: dict[str, Me] = field(default_factory=dict)

    def note(self, bot: str, me: Me) -> None:
        """Store the account of a bot."""
        self._of[bot] = me

    def of(self, bot: str) -> Me | None:
        """The bot's account, None until it is known."""
        return self._of.get(bot)

    def found_as(self, bot: str) -> str:
        """The name that people search for in Zalo; our own name until it is known."""
        me = self._of.get(bot)
        return (me.display_name or me.account_name or bot) if me is not None else bot

    def own_names(self, bot: str) -> tuple[str, ...]:
        """The name by which people mention it with an @."""
        me = self._of.get(bot)
        return () if me is None else (me.display_name, me.account_name)


def is_full(tx: Tx, settings: ZaloSettings, bot: str) -> bool:
    """Whether this bot has as many people as its plan allows."""
    return tx.bots.people(NAME).get(bot, 0) >= settings.users


def doors_of(settings: ZaloSettings, introductions: Introductions) -> tuple[Door, ...]:
    """Each bot with its display name in Zalo, in the order of the settings."""
    return tuple(
        Door(
            channel=NAME,
            bot=bot.name,
            name=introductions.found_as(bot.name),
            holds=settings.users,
        )
        for bot in settings.bots
    )

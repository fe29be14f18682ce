"""The chat services that are switched on. A service is loaded only then, because one of them costs
seconds and a hundred megabytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from bot.channels.web import WebChannel
from bot.configured import Configured
from domain.channels import MAIL, TELEGRAM, WEB
from handlers.ground.doors import Door
from scheduling.channel import Channel

if TYPE_CHECKING:
    from bot.channels.telegram.running import Telegram
    from bot.channels.zalo import Front, Zalo


@dataclass(frozen=True, kw_only=True)
class Services:
    """A service that is not configured is None; mail is two channels: for notices and for codes."""

    telegram: "Telegram | None" = None
    zalo: "Zalo | None" = None
    mail: tuple[Channel, ...] = ()

    def channels(self) -> Iterator[Channel]:
        """The web chat and every channel that is on."""
        yield WebChannel()
        if self.telegram is not None:
            yield self.telegram.channel
        if self.zalo is not None:
            yield self.zalo.channel
        yield from self.mail

    @property
    def limits(self) -> dict[tuple[str, str], int]:
        """Channel and bot -> messages a month."""
        return {
            (channel.name, bot): channel.rates.a_month
            for channel in self.channels()
            for bot in channel.bots
            if channel.rates.a_month is not None
        }

    @classmethod
    def of(cls, config: Configured, now: Callable[[], datetime]) -> Self:
        """Load the configured services; this connects to nothing."""
        telegram, zalo = None, None
        mail: tuple[Channel, ...] = ()
        if config.telegram is not None:
            from bot.channels.telegram.running import Telegram

            telegram = Telegram(config.telegram)
        if config.zalo is not None:
            from bot.channels.zalo import Zalo

            zalo = Zalo.of(config.zalo)
        if config.mail is not None:
            from bot.channels.mail import MailChannel, MailCodeChannel

            told = MailChannel(config.mail, now)
            mail = (told, MailCodeChannel(told))
        return cls(telegram=telegram, zalo=zalo, mail=mail)

    def doors(self, origin: str, front: "Front | None") -> Iterator[Door]:
        """The join links of all channels. A bot whose name is not known yet is left out."""
        yield Door(channel=WEB, link=origin)
        if self.telegram is not None and self.telegram.username is not None:
            name = self.telegram.username
            yield Door(channel=TELEGRAM, name=f"@{name}", link=f"https://t.me/{name}")
        if front is not None:
            yield from front.doors
        if self.mail:
            yield Door(channel=MAIL)

"""Zalo in a running process: its channel for delivery, its pollers or webhooks, its parked
messages.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from bot.channels.zalo.answering import Answering
from bot.channels.zalo.bots import Introductions, doors_of
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.images import Images
from bot.channels.zalo.intake import Intake
from bot.channels.zalo.message_checks import MessageChecks
from bot.channels.zalo.polling import Poller
from bot.channels.zalo.settings import Mode, ZaloSettings
from bot.channels.zalo.webhook import Registration, Webhook
from bot.compose import House
from bot.hooks import Hook
from handlers.ground.doors import Door


@dataclass(frozen=True, kw_only=True)
class Zalo:
    """What delivery needs before the other parts start: `channel`."""

    settings: ZaloSettings
    clients: Mapping[str, ZaloClient]
    channel: ZaloChannel

    @classmethod
    def of(cls, settings: ZaloSettings) -> "Zalo":
        """Make the clients; this sends nothing."""
        clients = {bot.name: ZaloClient(settings.api, bot) for bot in settings.bots}
        channel = ZaloChannel.over(clients, monthly=settings.monthly)
        return cls(settings=settings, clients=clients, channel=channel)

    def front(self, house: House) -> "Front":
        """The receiving side, connected to the other parts of the process."""
        introductions = Introductions()
        answering = Answering(directly=house.deliverer.directly)
        checks = MessageChecks(
            settings=self.settings,
            introductions=introductions,
            store=house.store,
            worker=house.worker,
            clock=house.clock,
            library=house.library,
            take_turn=house.turns.take,
            answer=answering.send,
            wake=house.deliverer.wake,
        )
        images = Images() if self.settings.images else None
        intake = Intake(
            checks=checks,
            store=house.store,
            worker=house.worker,
            clock=house.clock,
            pictures=images,
        )
        return Front(
            zalo=self,
            house=house,
            intake=intake,
            answering=answering,
            images=images,
            introductions=introductions,
        )


@dataclass(frozen=True, kw_only=True)
class Front:
    """The receiving side: `hooks` go to the listener, `running` does the rest."""

    zalo: Zalo
    house: House
    intake: Intake
    answering: Answering
    images: Images | None
    introductions: Introductions

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """The webhooks; none while polling."""
        settings = self.zalo.settings
        if settings.mode is Mode.POLLING:
            return ()
        return tuple(
            Webhook(
                bot=bot,
                secret=settings.secret,
                take=self.intake.take,
                introductions=self.introductions,
                clock=self.house.clock,
            ).hook
            for bot in settings.bots
        )

    @property
    def doors(self) -> tuple[Door, ...]:
        """Our bots with their display names; our own names until those are known."""
        return doors_of(self.zalo.settings, self.introductions)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take messages while the block runs. Enter it when the listener serves the hooks, because
        Zalo tests them at registration. Leave it before delivery ends.
        """
        pollers = self._pollers()
        polling = [asyncio.create_task(poller.run()) for poller in pollers]
        beside = [asyncio.create_task(self.intake.run())]
        beside += [asyncio.create_task(one.run()) for one in self._registrations()]
        try:
            yield
        finally:
            for poller in pollers:
                poller.stop()
            # A current message is handled or parked first; both take at most a few seconds.
            await asyncio.gather(*polling, return_exceptions=True)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self.answering.close()
            if self.images is not None:
                await self.images.close()

    async def close(self) -> None:
        """Close the connections, after delivery has ended."""
        await self.answering.close()
        for client in self.zalo.clients.values():
            await client.close()

    def _pollers(self) -> tuple[Poller, ...]:
        if self.zalo.settings.mode is not Mode.POLLING:
            return ()
        return tuple(
            Poller(
                bot=name,
                client=client,
                introductions=self.introductions,
                take=self.intake.take,
                clock=self.house.clock,
            )
            for name, client in self.zalo.clients.items()
        )

    def _registrations(self) -> tuple[Registration, ...]:
        settings = self.zalo.settings
        return tuple(
            Registration(
                bot=bot,
                url=url,
                secret=settings.secret,
                client=self.zalo.clients[bot.name],
                introductions=self.introductions,
            )
            for bot in settings.bots
            if (url := settings.hook_url(bot)) is not None
        )

"""The whole assistant on the demo database, with Telegram's mock server."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.telegram import Mode, TelegramSettings
from bot.channels.telegram.running import Telegram
from bot.compose import House
from bot.hooks import Hook, HooksServer
from bot.hooks_settings import HooksSettings
from bot.making import Maker
from bot.reception import Reception
from domain.cards import saying
from domain.messages import Lane, Outgoing
from handlers.ground.library import Library
from storage import Store
from tests.telegram_server import SECRET, TOKEN, BotApiServer, Person, SimulatedTime

START = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
PUBLIC = "https://antt.example.vn"
OFFICER = 5_000_001
CODE = "ABCDEFGHIJ"


@dataclass(kw_only=True)
class Town:
    """Time passes only between messages, a second after each."""

    server: BotApiServer
    time: SimulatedTime
    house: House
    telegram: Telegram

    def officer(self) -> Person:
        """The telephone of the officer."""
        return self.server.person(OFFICER, "Cán bộ Mỹ Long Bắc")

    def code_for(self, handle: str, code: str = CODE) -> str:
        """A one-time code for a person of the demo."""
        with self.house.store.begin() as tx:
            person = tx.people.by_handle(handle)
            assert person is not None
            expires = self.time.now() + timedelta(days=3)
            tx.invitations.invite(person.id, person.posts[0], tx.invitations.hash(code), expires)
        return code

    def link(self, handle: str, number: int) -> None:
        """Link a person without a code."""
        with self.house.store.begin() as tx:
            person = tx.people.by_handle(handle)
            assert person is not None
            tx.addresses.link("telegram", "", str(number), person.id, self.time.now())

    def notify(self, number: int, text: str) -> None:
        """Queue a notice."""
        with self.house.store.begin() as tx:
            address = tx.addresses.lock("telegram", "", str(number))
            assert address is not None
            tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(cards=saying(text)), self.time.now())

    async def settle(self) -> None:
        """Wait until every update is taken and every message is delivered."""
        await self.server.all_taken()
        while await self.house.deliverer.once():
            self.time.pass_by(1)

    async def talk(self, person: Person, *texts: str) -> str:
        """The last message in the person's chat after these texts."""
        for text in texts:
            person.says(text)
            await self.settle()
        return person.last.text

    async def tap(self, person: Person, *labels: str) -> str:
        """The last message in the person's chat after these taps."""
        for label in labels:
            person.taps(label)
            await self.settle()
        return person.last.text


def settings_for(server: BotApiServer, mode: Mode = Mode.POLLING) -> TelegramSettings:
    """Settings that lead to this server."""
    hook = {"secret": SECRET, "public_url": PUBLIC} if mode is Mode.WEBHOOK else {}
    return TelegramSettings(token=TOKEN, api=server.url, mode=mode, **hook)


@contextlib.asynccontextmanager
async def assistant(
    server: BotApiServer,
    time: SimulatedTime,
    database: Path,
    mode: Mode = Mode.POLLING,
    *,
    maker: Maker | None = None,
    away_since: datetime | None = None,
) -> AsyncIterator[Town]:
    """The assistant over an existing database; the block ends with a graceful stop."""
    telegram = Telegram(settings_for(server, mode), sleep=time.sleep)
    channels = {telegram.channel.name: telegram.channel}
    with House.build(Store(str(database)), time, channels, Library()) as house:
        reception = Reception(turns=house.turns, deliverer=house.deliverer)
        town = Town(server=server, time=time, house=house, telegram=telegram)
        async with contextlib.AsyncExitStack() as stack:
            hooks = await stack.enter_async_context(
                telegram.running(
                    reception,
                    store=house.store,
                    worker=house.worker,
                    library=house.library,
                    clock=time,
                    maker=maker,
                    away_since=away_since,
                )
            )
            if hooks:
                await stack.enter_async_context(listening(server, hooks))
            yield town


@contextlib.asynccontextmanager
async def listening(server: BotApiServer, hooks: Sequence[Hook]) -> AsyncIterator[str]:
    """The listener of the webhooks, with its address registered at the server."""
    listener = HooksServer(HooksSettings(port=0), hooks, _Healthy(), _Nothing())
    local = await listener.start()
    server.bringer.route = lambda url: url.replace(PUBLIC, local)
    try:
        yield local
    finally:
        await listener.stop()


class _Healthy:
    async def reasons(self) -> Sequence[str]:
        return ()


class _Nothing:
    async def page(self) -> bytes:
        return b""

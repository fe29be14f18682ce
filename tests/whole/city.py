"""Everything that `antt serve` runs, on the demo database, with mock servers for Telegram, Zalo and
mail; only the clock is set by the test.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from bot.assistant import Running, assistant
from bot.clock import FixedClock
from bot.configured import Configured, configured
from bot.settings import Settings
from domain.people import Post, Role
from domain.units import UnitId
from storage import SendState, Store
from tests.telegram_server import SECRET, TOKEN, BotApiServer
from tests.whole.phones import LOOK_S, PATIENCE_S, TelegramPhone, ZaloPhone
from tests.zalo_server import BotState, ZaloServer

LOOKS_A_SECOND = 20

PUBLIC = "https://antt.example.vn"
ZALO_TOKEN = "987654321:invented-zalo-token"


class Mails:
    """A mail server that accepts every mail."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Store it."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=default))
        return "250 OK"


@dataclass(kw_only=True)
class City:
    """The assistant and the people around it."""

    running: Running
    clock: FixedClock
    telegram: BotApiServer
    zalo: ZaloServer
    zalo_bot: BotState
    mails: Mails
    _codes: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of the web chat."""
        return self.running.address

    @property
    def store(self) -> Store:
        """The assistant's store."""
        return self.running.house.store

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.clock.at += timedelta(**span)

    async def tick(self) -> None:
        """Run the work of one minute."""
        await self.running.ticker.tick()

    def code_for(self, handle: str) -> str:
        """A new code for the first post of a demo person."""
        code = f"ABCDEFGH{'ABCDEFGHIJKLMNOP'[len(self._codes)]}2"
        self._codes.append(code)
        with self.store.begin() as tx:
            person = tx.people.by_handle(handle)
            assert person is not None
            expires = self.clock.now() + timedelta(days=3)
            tx.invitations.invite(person.id, person.posts[0], tx.invitations.hash(code), expires)
        return code

    def newcomer(self, handle: str, role: Role, unit: UnitId) -> None:
        """A person who is not in the demo."""
        with self.store.begin() as tx:
            post = Post(role=role, unit=unit)
            tx.people.add(handle=handle, name=handle, locale="vi", posts=(post,))

    def on_telegram(self, number: int) -> TelegramPhone:
        """A telephone with Telegram."""
        return TelegramPhone(city=self, person=self.telegram.person(number))

    def on_zalo(self, name: str) -> ZaloPhone:
        """A telephone with Zalo."""
        return ZaloPhone(city=self, human=self.zalo.human(self.zalo_bot, name))

    def sent(self, channel: str, text: str) -> bool:
        """Whether a message with this text was sent on a channel."""
        with self.store.read() as tx:
            return any(
                text in one.outgoing.text
                for one in tx.outbox.listing(SendState.SENT, limit=1_000)
                if (at := tx.addresses.get(one.address_id)) and at.channel == channel
            )

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait, in real time, for the assistant's background tasks. At intervals the clock also
        moves on by a second, for the rate limit of a chat.
        """
        async with asyncio.timeout(PATIENCE_S):
            for looks in count(1):
                if done():
                    return
                await asyncio.sleep(LOOK_S)
                if looks % LOOKS_A_SECOND == 0:
                    self.later(seconds=1)
                    self.running.house.deliverer.wake()


@contextlib.asynccontextmanager
async def city(database: Path, clock: FixedClock, *, mode: str) -> AsyncIterator[City]:
    """Starts everything; `mode` is "polling" or "webhook" for both bots."""
    async with contextlib.AsyncExitStack() as stack:
        telegram = BotApiServer(clock=lambda: clock.now().timestamp())
        await stack.enter_async_context(telegram)
        zalo = ZaloServer(now=clock.now)
        base = await zalo.start()
        stack.push_async_callback(zalo.stop)
        bot = zalo.bot(ZALO_TOKEN, "mot")
        mails = Mails()
        mail_port = await stack.enter_async_context(_mail_server(mails))
        hooks_port = _free_port()
        telegram.bringer.route = lambda url: url.replace(PUBLIC, f"http://127.0.0.1:{hooks_port}")
        zalo.routes[PUBLIC] = f"http://127.0.0.1:{hooks_port}"
        config = _configured(telegram.url, base, mail_port, hooks_port, mode)
        running = await stack.enter_async_context(
            assistant(Store(str(database)), clock, config, warn=_fail)
        )
        made = City(
            running=running,
            clock=clock,
            telegram=telegram,
            zalo=zalo,
            zalo_bot=bot,
            mails=mails,
        )
        if mode == "webhook":
            await made.until(lambda: bool(telegram.bringer.url) and bot.webhook is not None)
        yield made


def _configured(telegram: str, zalo: str, mail_port: int, hooks_port: int, mode: str) -> Configured:
    settings = Settings(
        web_port="0",
        hooks_port=str(hooks_port),
        hooks_public_url=PUBLIC if mode == "webhook" else "",
        telegram_token=TOKEN,
        telegram_mode=mode,
        telegram_secret=SECRET if mode == "webhook" else "",
        telegram_api=telegram,
        zalo_bots=f"mot={ZALO_TOKEN}",
        zalo_mode=mode,
        zalo_secret=SECRET if mode == "webhook" else "",
        zalo_api=zalo,
        mail_host="127.0.0.1",
        mail_port=str(mail_port),
        mail_security="none",
        mail_from="antt@example.vn",
    )
    return configured(settings, {})


@contextlib.asynccontextmanager
async def _mail_server(mails: Mails) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mails, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _fail(sentence: str) -> None:
    raise AssertionError(sentence)

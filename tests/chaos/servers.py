"""Both mock servers with failures. Each kind of failure was seen on real servers."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Final

from aiohttp import web

from tests.telegram_server import BotApiServer, FloodLimits
from tests.telegram_server import Fault as TelegramFault
from tests.telegram_server.reading import Call
from tests.zalo_server import BotState, ZaloServer
from tests.zalo_server import Fault as ZaloFault
from tests.zalo_server.state import Update

SENDS: Final = ("sendMessage", "editMessageText")
SLOW_S: Final = 0.4
"""The longest delay of an answer here; an endless stall is a separate failure."""


@dataclass(kw_only=True)
class Trouble:
    """When a failure happens, and which. `wild` False: none. `stalls`: a call may also hang until
    the caller gives up, which takes 20 s. `fatal` is called at the worst point of the next call of
    that method: executed, and not yet answered.
    """

    dice: Random
    share: float = 0.15
    stalls: bool = False
    wild: bool = False
    counted: Counter[str] = field(default_factory=Counter)
    fatal: tuple[str, Callable[[], None]] | None = None

    async def late(self) -> None:
        """Some answers are delayed."""
        if self.wild and self.dice.random() < 0.3:
            await asyncio.sleep(self.dice.uniform(0, SLOW_S))

    def telegram(self, method: str) -> TelegramFault | None:
        """The failure of a call."""
        if not self._strikes(method):
            return None
        faults = [
            TelegramFault.broken(502, method),
            TelegramFault(method=method, status=500, description="Internal Server Error"),
            TelegramFault(method=method, drops=True),
            TelegramFault(method=method, acts=True, drops=True),
            TelegramFault(method=method, acts=True, body=b'{"ok":tr'),
        ]
        if method in SENDS:
            faults += [TelegramFault.flood(self.dice.randint(1, 2), method)]
            if self.stalls and self.dice.random() < 0.1:
                faults = [TelegramFault(method=method, acts=self.dice.random() < 0.5, stalls=True)]
        fault = self.dice.choice(faults)
        kind = ("stalls" if fault.stalls else "drops" if fault.drops else "") or fault.status
        self.counted[f"telegram {method} {kind}{' after acting' if fault.acts else ''}"] += 1
        return fault

    def zalo(self, method: str) -> ZaloFault | None:
        """The failure of a call."""
        if not self._strikes(method):
            return None
        faults = [
            ZaloFault.SERVER_ERROR,
            ZaloFault.UNAVAILABLE,
            ZaloFault.FORBIDDEN,
            ZaloFault.NOT_OK_WITHOUT_CODE,
            ZaloFault.DROPPED,
            ZaloFault.ACTED_THEN_DROPPED,
            ZaloFault.ACTED_THEN_BROKEN,
        ]
        fault = self.dice.choice(faults)
        self.counted[f"zalo {method} {fault.value}"] += 1
        return fault

    def dies(self, method: str) -> None:
        """Kill the process now, if this is the point."""
        if self.fatal is not None and self.fatal[0] == method:
            kill, self.fatal = self.fatal[1], None
            kill()

    def _strikes(self, method: str) -> bool:
        # A failed poll is followed by pauses; one in ten is enough to cover all of them.
        share = self.share if method in SENDS else self.share / 2
        return self.wild and self.dice.random() < share


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One copy of a message that a person received, or an edit of one."""

    chat: str
    text: str


class Telegram(BotApiServer):
    """A strict mock server. `sent` has everything that was executed, in order."""

    def __init__(self, trouble: Trouble, clock: Callable[[], float]) -> None:
        self.limits = FloodLimits(time=clock)
        super().__init__(clock=clock, limits=self.limits)
        self.sent: list[Sent] = []
        self._trouble = trouble

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        await self._trouble.late()
        return await super()._handle(request)

    def _fault_for(self, method: str) -> TelegramFault | None:
        return super()._fault_for(method) or self._trouble.telegram(method)

    async def _answer(self, call: Call) -> web.Response:
        answer = await super()._answer(call)
        if call.method in SENDS and _was_done(answer):
            self.sent.append(Sent(chat=call.text("chat_id"), text=call.text("text")))
        self._trouble.dies(call.method)
        return answer


def _was_done(answer: web.Response) -> bool:
    """An edit without a change was already applied."""
    body = answer.body
    return answer.status == 200 or (isinstance(body, bytes) and b"message is not modified" in body)


@dataclass(kw_only=True)
class TroubledBot(BotState):
    """Its calls fail as the trouble says. `brought`: what its webhook accepted."""

    trouble: Trouble
    brought: list[Update] = field(default_factory=list)

    def next_fault(self, method: str) -> ZaloFault | None:
        """The current failures."""
        return super().next_fault(method) or self.trouble.zalo(method)


class Zalo(ZaloServer):
    """A mock server whose bots fail."""

    def __init__(self, trouble: Trouble, now: Callable[[], datetime]) -> None:
        super().__init__(now=now)
        self._trouble = trouble

    def troubled(self, token: str, name: str) -> TroubledBot:
        """Create a bot."""
        plain = self.bot(token, name)
        bot = TroubledBot(
            token=token,
            id=plain.id,
            account_name=plain.account_name,
            display_name=plain.display_name,
            quota=1_000_000,
            trouble=self._trouble,
        )
        self.bots[token] = bot
        return bot

    async def hand(self, bot: BotState, update: Update) -> None:
        """As usual; records what a webhook accepted."""
        if bot.webhook is None:
            return await super().hand(bot, update)
        status = await self.call(bot, {"ok": True, "result": update})
        if isinstance(bot, TroubledBot) and 200 <= status < 300:
            bot.brought.append(update)
        return None

    async def _act(self, bot: BotState, method: str, values: Mapping[str, Any]) -> object:
        await self._trouble.late()
        acted = await super()._act(bot, method, values)
        self._trouble.dies(method)
        return acted

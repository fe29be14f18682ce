"""The HTTP server: requests, responses, and faults."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

from aiohttp import web

from tests.telegram_server.bringing import Bringer
from tests.telegram_server.faults import Fault
from tests.telegram_server.limits import FloodLimits
from tests.telegram_server.methods import Methods, Refuses
from tests.telegram_server.person import Person
from tests.telegram_server.polling import Polls
from tests.telegram_server.reading import BadParameter, Call, call_of
from tests.telegram_server.world import Chat, World

TOKEN = "123456789:AAEinvented-token-for-the-tests-0000"
SECRET = "invented-secret-of-the-tests"
BODY_BYTES = 60_000_000


class BotApiServer:
    """One bot's server. `async with BotApiServer() as server`, then `server.url`.

    `clock` is in seconds since 1970; `sleep` is used between retries of a webhook.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        limits: FloodLimits | None = None,
        token: str = TOKEN,
    ) -> None:
        self.world = World(clock)
        self.bringer = Bringer(world=self.world, sleep=sleep)
        self.polls = Polls(self.world)
        self.calls: list[Call] = []
        self.url = ""
        self._methods = Methods(self.world, self.bringer, limits)
        self._faults: deque[Fault] = deque()
        self._token = token
        self._stopping = asyncio.Event()

    def person(self, number: int, name: str = "Cán bộ") -> Person:
        """A person with a telephone, in the private chat with the bot."""
        return Person(self.world, self.world.chat(number, title=name), number, name)

    def group(self, number: int, title: str = "Nhóm") -> Chat:
        """A chat of several people."""
        return self.world.chat(number, kind="supergroup", title=title)

    def goes_wrong(self, *faults: Fault) -> None:
        """Each fault happens once, at the next call that it applies to."""
        self._faults.extend(faults)

    def calls_of(self, method: str) -> list[Call]:
        """All calls of a method, in order."""
        return [call for call in self.calls if call.method == method]

    async def all_taken(self) -> None:
        """Wait until the bot has taken every update."""
        await self.world.until(lambda: not self.world.waiting())

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._bringing = asyncio.create_task(self.bringer.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._bringing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._bringing
        self._stopping.set()
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return _refused(401, "Unauthorized")
        try:
            call = await call_of(request)
        except BadParameter as error:
            return _refused(400, f"Bad Request: {error}")
        self.calls.append(call)
        fault = self._fault_for(call.method)
        if fault is None:
            return await self._answer(call)
        answer = await self._answer(call) if fault.acts else None
        if fault.stalls:
            await self._stopping.wait()
        if fault.drops or fault.stalls:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.body is not None:
            return web.Response(status=fault.status, body=fault.body)
        if fault.description:
            return _refused(fault.status, fault.description, fault.parameters)
        return answer or await self._answer(call)

    def _fault_for(self, method: str) -> Fault | None:
        for fault in self._faults:
            if fault.method in (None, method):
                self._faults.remove(fault)
                return fault
        return None

    async def _answer(self, call: Call) -> web.Response:
        try:
            if call.method.lower() == "getupdates":
                result: Any = await self.polls.get(call, webhook=bool(self.bringer.url))
            else:
                result = self._methods.do(call)
        except BadParameter as error:
            return _refused(400, f"Bad Request: {error}")
        except Refuses as refusal:
            return _refused(refusal.status, refusal.description, refusal.parameters)
        return _json(200, {"ok": True, "result": result})


def _refused(
    status: int, description: str, parameters: Mapping[str, Any] | None = None
) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return _json(status, body)


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body, ensure_ascii=False).encode(),
        content_type="application/json",
    )

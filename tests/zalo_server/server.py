"""The HTTP server: methods under /bot<TOKEN>/, and calls of webhooks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from aiohttp import web

from tests.zalo_server.answers import FAULTS, answer, drop, endless, has_gone, not_ok, ok
from tests.zalo_server.people import Human
from tests.zalo_server.state import BotState, Fault, Hooked, SentMessage, Update

TEXT_UNITS: Final = 2_000
PATIENCE_S: Final = 0.05
"""Most seconds that an empty poll is held, even if more are asked for: tests do not wait."""

_BLOCKED_HOSTS: Final = ("localhost", "127.", "192.168.", "10.")
_SECRET: Final = (8, 256)


class Refusal(Exception):
    """An answer with ok:false."""

    def __init__(self, code: int, description: str) -> None:
        self.code = code
        self.description = description
        super().__init__(description)


class ZaloServer:
    """`start` and `stop` once each. `routes`: public address -> the real address, because Zalo
    refuses to call a local address.
    """

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self.now = now
        self.bots: dict[str, BotState] = {}
        self.routes: dict[str, str] = {}
        self.hook_answers: list[int] = []
        self.released = asyncio.Event()
        self.patience_s = PATIENCE_S
        # Whether an update waits for the next poll if the client of this one has disconnected.
        self.keeps_undelivered = True
        self._ids = count(1)
        self._caller = httpx.AsyncClient(timeout=20, trust_env=False)
        app = web.Application()
        app.router.add_route("*", "/{token}/{method}", self._handle)
        # An endless response without a client must not delay the end of a test.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def start(self) -> str:
        """Listen; returns the base URL."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"
        return self.base

    async def stop(self) -> None:
        """Stop listening."""
        self.released.set()
        await self._caller.aclose()
        await self._runner.cleanup()

    def bot(self, token: str, name: str, **extra: Any) -> BotState:
        """Create a bot."""
        bot = BotState(
            token=token,
            id=f"b{next(self._ids):019x}",
            account_name=f"bot.{name}",
            display_name=f"Bot {name}",
            **extra,
        )
        self.bots[token] = bot
        return bot

    def human(self, bot: BotState, name: str, *, chat_id: str = "", group: bool = False) -> Human:
        """A person who may write to this bot; with `group`, in a group of this id."""
        return Human(
            id=f"{next(self._ids):020x}",
            name=name,
            bot=bot,
            now=self.now,
            hand=self.hand,
            chat_id=chat_id,
            chat_type="GROUP" if group else "PRIVATE",
        )

    async def hand(self, bot: BotState, update: Update) -> None:
        """Pass an update to its bot: by its webhook if it has one, else at its next poll."""
        if bot.webhook is None:
            bot.add(update)
            return
        await self.call(bot, {"ok": True, "result": update})

    async def call(self, bot: BotState, body: object, **headers: str) -> int:
        """Call the bot's webhook; returns and records the status of its response."""
        assert bot.webhook is not None
        parts = urlsplit(bot.webhook.url)
        real = self.routes[f"{parts.scheme}://{parts.netloc}"]
        headers = {"X-Bot-Api-Secret-Token": bot.webhook.secret, **headers}
        called = await self._caller.post(real + parts.path, json=body, headers=headers)
        self.hook_answers.append(called.status_code)
        return called.status_code

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"].removeprefix("bot")
        bot, method = self.bots.get(token), request.match_info["method"]
        if bot is None:
            return answer(401, not_ok(401, "Unauthorized"))
        bot.calls[method] += 1
        fault = bot.next_fault(method)
        if fault is Fault.SLOW:
            await self.released.wait()
        broken = await self._broken(request, fault)
        if broken is not None:
            return broken
        try:
            acted = await self._act(bot, method, await _values(request))
        except Refusal as refusal:
            return answer(refusal.code, not_ok(refusal.code, refusal.description))
        if method == "getUpdates" and has_gone(request) and self.keeps_undelivered:
            bot.waiting.appendleft(bot.given.pop())
        if fault is Fault.ACTED_THEN_DROPPED:
            return drop(request)
        if fault is Fault.ACTED_THEN_BROKEN:
            return answer(200, '{"ok":tr')
        return answer(200, acted)

    async def _broken(self, request: web.Request, fault: Fault | None) -> web.StreamResponse | None:
        """The response of a call that was not executed."""
        match fault:
            case Fault.DROPPED:
                return drop(request)
            case Fault.ENDLESS:
                return await endless(request)
            case None:
                return None
        found = FAULTS.get(fault)
        return None if found is None else answer(*found)

    async def _act(self, bot: BotState, method: str, values: Mapping[str, Any]) -> object:
        actions: dict[str, Callable[[BotState, Mapping[str, Any]], Awaitable[object]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "sendMessage": self._send_message,
            "sendChatAction": self._send_action,
        }
        if method not in actions:
            raise Refusal(404, "Not Found")
        return await actions[method](bot, values)

    async def _get_me(self, bot: BotState, _: Mapping[str, Any]) -> object:
        return ok(
            {
                "id": bot.id,
                "account_name": bot.account_name,
                "display_name": bot.display_name,
                "account_type": "BASIC",
                "can_join_groups": False,
            }
        )

    async def _get_updates(self, bot: BotState, values: Mapping[str, Any]) -> object:
        if bot.webhook is not None:
            raise Refusal(400, "Bad Request: webhook is active")
        bot.polls_open += 1
        bot.most_polls_open = max(bot.most_polls_open, bot.polls_open)
        try:
            return ok(await self._next_update(bot, float(values.get("timeout", 30))))
        finally:
            bot.polls_open -= 1

    async def _next_update(self, bot: BotState, timeout: float) -> Update:  # noqa: ASYNC109
        if not bot.waiting:
            bot.came.clear()
            try:
                await asyncio.wait_for(bot.came.wait(), min(timeout, self.patience_s))
            except TimeoutError:
                raise Refusal(408, "Request timeout") from None
        if not bot.waiting:
            raise Refusal(408, "Request timeout")
        bot.given.append(bot.waiting.popleft())
        return bot.given[-1]

    async def _set_webhook(self, bot: BotState, values: Mapping[str, Any]) -> object:
        url, secret = str(values.get("url", "")), str(values.get("secret_token", ""))
        parts = urlsplit(url)
        if not _SECRET[0] <= len(secret) <= _SECRET[1]:
            raise Refusal(400, "Bad Request: secret_token is invalid")
        if parts.scheme != "https" or (parts.hostname or "localhost").startswith(_BLOCKED_HOSTS):
            raise Refusal(400, "Bad Request: webhook.err.blocked")
        bot.webhook = Hooked(url=url, secret=secret)
        # The address is kept even if this fails.
        try:
            status = await self.call(bot, {})
        except (KeyError, httpx.HTTPError):
            status = 0
        verified = {"ok": status == 200, "status_code": status, "outcome": f"webhook.{status}"}
        return ok({"url": url, "updated_at": self._ms(), "verification": verified})

    async def _delete_webhook(self, bot: BotState, _: Mapping[str, Any]) -> object:
        bot.webhook = None
        return ok({"url": "", "updated_at": self._ms()})

    async def _get_webhook_info(self, bot: BotState, _: Mapping[str, Any]) -> object:
        if bot.webhook is None:
            raise Refusal(404, "Not Found")
        return ok({"url": bot.webhook.url, "updated_at": self._ms()})

    async def _send_message(self, bot: BotState, values: Mapping[str, Any]) -> object:
        chat_id, text = values.get("chat_id"), values.get("text")
        if not isinstance(chat_id, str) or not isinstance(text, str):
            raise Refusal(400, "Bad Request: chat_id and text are required")
        if not 0 < len(text.encode("utf-16-le", "surrogatepass")) // 2 <= TEXT_UNITS:
            raise Refusal(400, "Bad Request: text is too long")
        if chat_id not in bot.known_chats or chat_id in bot.blocked:
            raise Refusal(404, "User not found")
        if bot.quota <= 0:
            raise Refusal(429, "Quota exceeded")
        bot.quota -= 1
        message_id = f"m{next(self._ids):019x}"
        bot.sent.append(SentMessage(chat_id=chat_id, text=text, message_id=message_id))
        return ok({"message_id": message_id, "date": self._ms()})

    async def _send_action(self, bot: BotState, values: Mapping[str, Any]) -> object:
        if values.get("action") != "typing":
            raise Refusal(400, "Bad Request: action")
        bot.actions.append(str(values.get("chat_id")))
        return {"ok": True}

    def _ms(self) -> int:
        return int(self.now().timestamp() * 1_000)


async def _values(request: web.Request) -> Mapping[str, Any]:
    """The parameters, as JSON, form or query: Zalo accepts all of them."""
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise Refusal(400, "Bad Request: body is no JSON") from None
        if not isinstance(body, dict):
            raise Refusal(400, "Bad Request: body is no object")
        return body
    return {**request.query, **dict(await request.post())}

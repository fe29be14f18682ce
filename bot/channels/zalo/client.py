"""Client of the Bot Platform: JSON to <base>/bot<TOKEN>/<method>, one response.

Every URL contains the token, so no URL may reach a log or the text of an exception: httpx's own
loggers are silenced and its exceptions are replaced.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import httpx

from bot.channels.zalo.limits import ANSWER_BYTES, ANSWER_S, CONNECT_S, POLL_MARGIN_S
from bot.channels.zalo.settings import Bot
from bot.channels.zalo.updates import moment_of

Raw = Mapping[str, Any]
"""One update as Zalo wrote it."""

_OK: Final = 200
_BAD_REQUEST, _TOKEN_REFUSED, _FORBIDDEN, _NOT_FOUND = 400, 401, 403, 404
_TIMEOUT, _QUOTA, _SERVER, _GATEWAY_TIMEOUT = 408, 429, 500, 504
_DESCRIPTION: Final = 120
"""Characters of Zalo's text kept with an error: its longest known sentence has half as many."""
_LONGEST_RETRY_S: Final = 86_400.0

for _noisy in ("httpx", "httpcore"):
    logging.getLogger(_noisy).setLevel(logging.WARNING)


class ZaloError(Exception):
    """A call that did not succeed. `code` is Zalo's or HTTP's, 0 if there was none.

    `description` is Zalo's text, without the token and without anything that we sent.
    """

    def __init__(self, method: str, code: int = 0, description: str = "") -> None:
        self.method = method
        self.code = code
        self.description = description
        super().__init__(" ".join(str(part) for part in (method, code or "", description) if part))


class AuthError(ZaloError):
    """The token is wrong or was replaced: nothing works until an operator changes it."""


class QuotaError(ZaloError):
    """Rate limit or monthly quota: Zalo gives the same answer for both."""

    retry_after: float | None = None


class TransientError(ZaloError):
    """A temporary failure; a later retry may succeed."""


class BadRequestError(ZaloError):
    """Zalo refuses this permanently."""


class NotFoundError(ZaloError):
    """No such method, webhook, chat or person: only the caller can guess which."""


class UnclearError(ZaloError):
    """The request was sent, but it is unknown whether Zalo executed it."""


@dataclass(frozen=True, kw_only=True)
class Me:
    """The account of a bot. `display_name` is the name that people search for in Zalo."""

    id: str
    account_name: str
    display_name: str


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Zalo took a message: its id, "" if it gave none, and the time, None if it gave none."""

    message_id: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """The registered webhook of a bot."""

    url: str


class ZaloClient:
    """The client of one bot. `close` it in the event loop in which it was used.

    Every method raises `ZaloError`; the body decides, not the HTTP status.
    """

    def __init__(
        self, base: str, bot: Bot, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._base = base.rstrip("/")
        self._token = bot.token
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
            follow_redirects=False,
            # A proxy from the environment would see every token.
            trust_env=False,
            # No compression: a few compressed bytes could expand beyond our limit.
            headers={"Accept-Encoding": "identity", "Content-Type": "application/json"},
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def get_me(self) -> Me:
        """The bot's account."""
        result = _mapping(await self._call("getMe"), "getMe")
        account = str(result.get("account_name") or "")
        return Me(
            id=str(result.get("id") or ""),
            account_name=account,
            display_name=str(result.get("display_name") or account),
        )

    async def get_updates(self, timeout: int) -> Raw | None:  # noqa: ASYNC109  Zalo's own word
        """The next update, within `timeout` seconds; None if there is none."""
        try:
            result = await self._call(
                "getUpdates", {"timeout": timeout}, answer_s=timeout + POLL_MARGIN_S
            )
        except ZaloError as error:
            if error.code == _TIMEOUT or _says_timeout(error):
                return None
            raise
        if result is None:
            return None
        return _mapping(result, "getUpdates")

    async def send_text(self, chat_id: str, text: str) -> Accepted:
        """Send plain text."""
        result = await self._call("sendMessage", {"chat_id": chat_id, "text": text})
        told = result if isinstance(result, dict) else {}
        return Accepted(
            message_id=str(told.get("message_id") or ""), at=moment_of(told.get("date"))
        )

    async def set_webhook(self, url: str, secret: str) -> bool:
        """Register this webhook; afterwards Zalo refuses polling. Returns False if Zalo tested the
        address and got no good answer; Zalo keeps the address nevertheless.
        """
        result = await self._call("setWebhook", {"url": url, "secret_token": secret})
        verified = result.get("verification") if isinstance(result, dict) else None
        return not isinstance(verified, dict) or verified.get("ok") is not False

    async def delete_webhook(self) -> None:
        """Remove the webhook, so that polling works again; no error if there is none."""
        await self._call("deleteWebhook")

    async def get_webhook(self) -> Webhook | None:
        """The webhook, or None: Zalo answers 404 in that case."""
        try:
            result = _mapping(await self._call("getWebhookInfo"), "getWebhookInfo")
        except NotFoundError:
            return None
        url = str(result.get("url") or "")
        return Webhook(url=url) if url else None

    async def _call(
        self, method: str, values: Mapping[str, object] | None = None, answer_s: float = ANSWER_S
    ) -> Any:
        values = values or {}
        status, headers, body = await self._exchange(method, values, answer_s)
        answer = _read(body)
        if answer is not None and answer.get("ok") is True:
            return answer.get("result")
        raise self._refusal(method, status, headers, answer, values)

    async def _exchange(
        self, method: str, values: Mapping[str, object], answer_s: float
    ) -> tuple[int, httpx.Headers, bytes]:
        """One request and its response, read up to the size limit. Raises `ZaloError`."""
        timeout = httpx.Timeout(ANSWER_S, connect=CONNECT_S, read=answer_s)
        url = f"{self._base}/bot{self._token}/{method}"
        sent = json.dumps(values).encode()
        try:
            async with (
                asyncio.timeout(CONNECT_S + answer_s),
                self._http.stream("POST", url, content=sent, timeout=timeout) as answer,
            ):
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise UnclearError(method, 0, "the answer is packed")
                body = bytearray()
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > ANSWER_BYTES:
                        raise UnclearError(method, 0, "the answer has no end")
                return answer.status_code, answer.headers, bytes(body)
        except TimeoutError:
            raise UnclearError(method, 0, "no answer in time") from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise TransientError(method, 0, type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            # The exception's own text may contain the URL.
            raise UnclearError(method, 0, type(error).__name__) from None

    def _refusal(
        self,
        method: str,
        status: int,
        headers: httpx.Headers,
        answer: Mapping[str, Any] | None,
        values: Mapping[str, object],
    ) -> ZaloError:
        code = _code(answer, status)
        description = self._redacted(answer, values)
        if answer is None and status == _OK:
            return UnclearError(method, 0, "the answer is no JSON object")
        if code == _QUOTA:
            error = QuotaError(method, code, description)
            error.retry_after = _seconds(headers.get("Retry-After", ""))
            return error
        return _KINDS.get(code, _kind(code))(method, code, description)

    def _redacted(self, answer: Mapping[str, Any] | None, values: Mapping[str, object]) -> str:
        """Zalo's text without our token and without the text that we sent."""
        said = str((answer or {}).get("description") or "")
        for secret in (self._token, *(str(value) for value in values.values())):
            if len(secret) > 1:
                said = said.replace(secret, "[…]")
        return " ".join(said.split())[:_DESCRIPTION]


_KINDS: Final[Mapping[int, type[ZaloError]]] = {
    _BAD_REQUEST: BadRequestError,
    _TOKEN_REFUSED: AuthError,
    # Zalo's documentation calls it "Internal server error".
    _FORBIDDEN: TransientError,
    _NOT_FOUND: NotFoundError,
    # Timeout at a gateway or at Zalo: the request may have been executed.
    _TIMEOUT: UnclearError,
    _GATEWAY_TIMEOUT: UnclearError,
}


def _says_timeout(error: ZaloError) -> bool:
    """An empty poll as some servers answer it: ok:false with HTTP 200 and only that word."""
    return not error.code and "timeout" in error.description.lower()


def _kind(code: int) -> type[ZaloError]:
    """For codes without a known meaning; ok:false without a code means that nothing was done."""
    if not code or code >= _SERVER:
        return TransientError
    return BadRequestError if code >= _BAD_REQUEST else UnclearError


def _code(answer: Mapping[str, Any] | None, status: int) -> int:
    """Zalo's code in either spelling, else HTTP's if it is an error status."""
    for key in ("error_code", "errorCode"):
        code = (answer or {}).get(key)
        if isinstance(code, int) and code > 0:
            return code
    return 0 if status == _OK else status


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _mapping(result: object, method: str) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise UnclearError(method, 0, "the answer has no result")
    return result


def _seconds(text: str) -> float | None:
    """The seconds of a Retry-After header, if Zalo sends one."""
    if not (text.isascii() and text.isdigit()):
        return None
    return min(float(text), _LONGEST_RETRY_S)

"""Pictures that people send, if an installation accepts them: fetched at once, for one turn.

Their URLs expire soon, and the sender of the update chooses them, so they must not reach a host
inside our own network (SSRF).
"""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from bot.channels.zalo.limits import CONNECT_S, IMAGE_BYTES, IMAGE_REDIRECTS, IMAGE_S
from bot.channels.zalo.updates import Message
from bot.turns import Taken
from domain.messages import Sent

_log = logging.getLogger("antt.zalo")

_HTTPS_PORT: Final = 443
_OK: Final = 200
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_BEGINNINGS: Final = {
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}
"""The first bytes of each picture type; the server's Content-Type is not trusted."""


class NoPicture(Exception):
    """The picture cannot be fetched; the text says why, without its URL."""


Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Resolves the addresses of a host, as text; raises OSError if there are none."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses from the machine's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port)
    return [str(address[0]) for *_, address in found]


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=httpx.Timeout(IMAGE_S, connect=CONNECT_S),
        follow_redirects=False,
        trust_env=False,
        headers={"Accept": "image/jpeg, image/png", "Accept-Encoding": "identity"},
    )


@dataclass(kw_only=True)
class Images:
    """Fetches pictures into a private folder and deletes them after the turn."""

    client: httpx.AsyncClient = field(default_factory=_client)
    find: Resolver = resolve

    async def close(self) -> None:
        """Close the connections."""
        await self.client.aclose()

    async def taken(
        self, message: Message, take: Callable[[Sent | None], Awaitable[Taken]]
    ) -> Taken:
        """Fetch the message's picture, pass it to the turn, and delete it; passes None if it cannot
        be fetched.
        """
        # Readable by this user only (0700), and deleted at the end of the block.
        with tempfile.TemporaryDirectory(prefix="antt-zalo-") as folder:
            return await take(await self._fetched(message, Path(folder)))

    async def _fetched(self, message: Message, folder: Path) -> Sent | None:
        try:
            async with asyncio.timeout(IMAGE_S):
                body = await self.fetch(message.picture or "")
        except (NoPicture, TimeoutError) as error:
            why = str(error) or type(error).__name__
            _log.warning("a picture was not fetched", extra={"bot": message.bot, "why": why})
            return None
        media_type, ending = kind_of(body)
        path = folder / f"anh.{ending}"
        path.write_bytes(body)
        return Sent(name=path.name, media_type=media_type, size=len(body), path=str(path))

    async def fetch(self, url: str) -> bytes:
        """The bytes of a picture. Raises `NoPicture`."""
        for _ in range(IMAGE_REDIRECTS + 1):
            answer = await self._ask(url)
            if isinstance(answer, bytes):
                kind_of(answer)
                return answer
            url = answer
        raise NoPicture("too many redirects")

    async def _ask(self, url: str) -> bytes | str:
        """The body, or the redirect target."""
        host, target = await self._pinned(url)
        # The host name is used for the TLS handshake and the Host header; the connection goes to
        # the address that was checked. So a second answer of the resolver cannot lead to another
        # host.
        try:
            async with self.client.stream(
                "GET", target, headers={"Host": host}, extensions={"sni_hostname": host}
            ) as answer:
                if answer.status_code in _REDIRECTS:
                    return urljoin(url, str(answer.headers.get("Location", "")))
                if answer.status_code != _OK:
                    raise NoPicture(f"status {answer.status_code}")
                return await _body(answer)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise NoPicture(type(error).__name__) from None

    async def _pinned(self, url: str) -> tuple[str, str]:
        """The host, and the URL with the checked address in its place."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or _HTTPS_PORT
        except ValueError:
            raise NoPicture("no address") from None
        if parts.scheme != "https" or not host or parts.username or port != _HTTPS_PORT:
            raise NoPicture("not an https:// address")
        try:
            numbers = await self.find(host, port)
        except (OSError, UnicodeError):
            raise NoPicture("its host is unknown") from None
        if not numbers or not all(map(_is_public, numbers)):
            raise NoPicture("its host is not on the internet")
        number = f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]
        return host, parts._replace(netloc=number, fragment="").geturl()


async def _body(answer: httpx.Response) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise NoPicture("it is packed")
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > IMAGE_BYTES:
            raise NoPicture("too large")
    return bytes(body)


def kind_of(body: bytes) -> tuple[str, str]:
    """Media type and file extension of a picture. Raises `NoPicture`."""
    for beginning, kind in _BEGINNINGS.items():
        if body.startswith(beginning):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp", "webp"
    raise NoPicture("it is no picture")


def _is_public(number: str) -> bool:
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast

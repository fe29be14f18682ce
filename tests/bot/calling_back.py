"""Both sides of the second listener: a process with a set state, a webhook, and a raw TCP
client.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.hooks import body_of


@dataclass
class Well:
    """A process whose state the test sets."""

    found: Sequence[str] = ()

    async def reasons(self) -> Sequence[str]:
        return self.found


class Page:
    async def page(self) -> bytes:
        return b"antt_turns_total 1.0\n"


@dataclass
class Service:
    """A webhook that records requests, and raises an error when told to."""

    came: list[bytes] = field(default_factory=list)
    breaks: Exception | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        if self.breaks is not None:
            raise self.breaks
        self.came.append(body)
        return web.Response()


async def raw(origin: str, sent: bytes, *, ends: bool = False) -> bytes:
    """The answer to exactly these bytes, read until the other side closes."""
    host, _, port = origin.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(sent)
        if ends:
            writer.write_eof()
        async with asyncio.timeout(20):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()

"""Files that a person sends: stored for one turn, then deleted."""

import asyncio
import tempfile
from pathlib import Path

from aiohttp import hdrs, web

from bot.channels.web import limits
from bot.channels.web.site import Refusal, limit, session_of, site_of
from bot.channels.web.talking import take
from bot.channels.web.wire import file_of

_BINARY = "application/octet-stream"


async def post_file(request: web.Request) -> web.Response:
    """POST /api/files?id=UUID&name=NAME, the file as the body.

    Answers as POST /api/messages does. The file is kept only during the turn; afterwards the
    imported data is in the database.
    """
    session = await session_of(request)
    site = site_of(request)
    limit(site.files, str(session.id))
    if request.headers.get(hdrs.CONTENT_TYPE, "").lower() != _BINARY:
        # As with JSON: no form of another site can send this without our consent (CORS).
        raise Refusal(415, "error.not_json")
    body = await _read(request)
    path = await asyncio.to_thread(_park, body)
    try:
        sent = file_of(request.query, session.person_id, site.clock.now(), len(body), str(path))
        return await take(request, sent)
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > limits.FILE_BYTES:
        raise Refusal(413, "error.file_too_large")
    parts = bytearray()
    async with asyncio.timeout(limits.BODY_SECONDS):
        async for part in request.content.iter_any():
            parts += part
            if len(parts) > limits.FILE_BYTES:
                raise Refusal(413, "error.file_too_large")
    return bytes(parts)


def _park(body: bytes) -> Path:
    with tempfile.NamedTemporaryFile(prefix="antt-", suffix=".parked", delete=False) as file:
        file.write(body)
    return Path(file.name)

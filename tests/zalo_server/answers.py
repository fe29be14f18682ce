"""The server's responses, correct and faulty."""

import json
from typing import Final

from aiohttp import web

from tests.zalo_server.state import Fault


def ok(result: object) -> dict[str, object]:
    """An envelope of a success."""
    # Some responses contain an error code of zero; the documentation does not say which.
    return {"ok": True, "result": result, "error_code": 0}


def not_ok(code: int, description: str) -> dict[str, object]:
    """An envelope of a refusal."""
    return {"ok": False, "description": description, "error_code": code}


def answer(status: int, body: object) -> web.Response:
    """A response of Zalo's edge server."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    made = web.Response(status=status, text=text, content_type="application/json")
    # Real responses had the Server header twice, which some clients refuse.
    made.headers.add("Server", "edge")
    made.headers.add("Server", "origin")
    return made


def drop(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


def has_gone(request: web.Request) -> bool:
    """Whether the client has disconnected."""
    return request.transport is None or request.transport.is_closing()


async def endless(request: web.Request) -> web.StreamResponse:
    """A response that never ends."""
    stream = web.StreamResponse()
    await stream.prepare(request)
    try:
        while True:
            await stream.write(b" " * 65_536)
    except ConnectionError:
        return stream


FAULTS: Final[dict[Fault, tuple[int, object]]] = {
    Fault.FORBIDDEN: (403, not_ok(403, "Internal server error")),
    Fault.SERVER_ERROR: (500, "<html>oops</html>"),
    Fault.UNAVAILABLE: (503, not_ok(503, "Service unavailable")),
    Fault.REFUSED_IN_200: (200, not_ok(400, "Bad Request")),
    Fault.NOT_OK_WITHOUT_CODE: (200, {"ok": False, "description": "try later"}),
    Fault.BAD_REQUEST: (400, {"ok": False, "description": "Bad Request", "errorCode": 400}),
    Fault.QUOTA: (429, not_ok(429, "Quota exceeded")),
    Fault.NO_OBJECT: (200, "[1, 2]"),
}

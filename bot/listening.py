"""Code that our listeners share: the Expect header, and the error if they cannot listen."""

from typing import Final

from aiohttp import HttpVersion11, hdrs, web

SERVER: Final = "antt"
"""The Server header does not reveal our library and its version."""


async def expect(request: web.Request) -> None:
    """Answer an Expect header. The library's own handler fails on bytes that are not UTF-8."""
    if request.headers.get(hdrs.EXPECT, "").lower() != "100-continue":
        raise web.HTTPExpectationFailed
    if request.version >= HttpVersion11:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0


def cannot_listen(host: str, port: int, error: OSError, *, key: str) -> str:
    """Why it cannot listen there, and which setting would help."""
    why = error.strerror or str(error)
    return f"cannot listen on {host}:{port}: {why}; choose another {key}"

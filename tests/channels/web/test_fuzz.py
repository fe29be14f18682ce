"""No request to any address causes a server error."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web.limits import Limiter, Rate
from bot.channels.web.server import ADDRESSES
from tests.channels.web.serving import WebChat, served
from tests.channels.web.test_wire import ANY_JSON, ID

ENDLESS = Rate(burst=10**9, per_second=1e9)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
HEADERS = (
    "Accept-Encoding",
    "Accept-Language",
    "Cookie",
    "Content-Encoding",
    "Content-Type",
    "Expect",
    "If-None-Match",
    "Last-Event-ID",
    "Origin",
    "Range",
    "Sec-Fetch-Site",
    "Upgrade",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
)
VALUES = st.sampled_from(
    ("", "antt=x", "application/json", "text/plain", "gzip", "100-continue", "9" * 30, "-1", "*")
) | st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=40)
PARTS = st.sampled_from(("1", "0", "-1", "9" * 30, "%00", "%ff", "..", "app.js", "x" * 3000)) | (
    st.text("abc/%._~?=&#", max_size=12)
)
QUERIES = st.sampled_from(("", "?after=1", "?before=0", "?after=x", "?before=" + "9" * 30, "?%"))
BODIES = st.one_of(
    st.binary(max_size=200),
    ANY_JSON.map(lambda body: json.dumps(body).encode()),
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.just(ID) | ANY_JSON,
            "at": st.just("2026-11-22T06:00:00Z") | st.text(max_size=30),
            "said": st.text(max_size=40) | ANY_JSON,
            "tap": st.fixed_dictionaries({"menu": st.text(), "choice": st.text()}) | ANY_JSON,
            "ids": st.lists(st.integers()) | ANY_JSON,
            "code": st.text(max_size=30) | ANY_JSON,
        },
    ).map(lambda body: json.dumps(body).encode()),
)


@pytest.fixture
def endless(chat: WebChat) -> Iterator[tuple[WebChat, str, int]]:
    """A chat without rate limits: otherwise they would answer all requests."""
    limiters = ("per_session", "per_address", "joins", "all_joins", "links")
    chat.site = replace(chat.site, **{name: Limiter(ENDLESS) for name in limiters})  # type: ignore[arg-type]
    with served(chat):
        assert chat.server is not None
        yield chat, *chat.server.address


def _session_cookie(chat: WebChat, host: str, port: int) -> str:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    body = json.dumps({"code": chat.code(chat.officer)})
    connection.request("POST", "/api/join", body, {"Content-Type": "application/json"})
    cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
    connection.close()
    return cookie


@pytest.mark.fuzz
def test_every_request_gets_an_answer_that_blames_no_one_here(
    endless: tuple[WebChat, str, int],
) -> None:
    chat, host, port = endless
    cookie = _session_cookie(chat, host, port)
    addresses = st.sampled_from((*ADDRESSES, "/nothing", "/api/nothing"))

    @settings(max_examples=settings().max_examples * 5)
    @given(
        st.sampled_from(METHODS),
        addresses,
        PARTS,
        QUERIES,
        st.dictionaries(st.sampled_from(HEADERS), VALUES, max_size=4),
        st.booleans(),
        st.none() | BODIES,
    )
    def one(
        method: str,
        address: str,
        part: str,
        query: str,
        headers: dict[str, str],
        signed_in: bool,
        body: bytes | None,
    ) -> None:
        headers = {"Content-Type": "application/json", **headers}
        if signed_in and address != "/api/sign-out":
            headers["Cookie"] = cookie
        path = re.sub(r"\{\w+\}", lambda _: part, address).replace("#", "") + query
        status = _status(host, port, method, path, headers, body)
        assert 200 <= status < 500, (method, path, headers, body)

    one()


def _status(
    host: str, port: int, method: str, path: str, headers: dict[str, str], body: bytes | None
) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.fuzz
def test_bytes_that_are_no_request_do_no_harm(endless: tuple[WebChat, str, int]) -> None:
    _, host, port = endless
    lines = st.lists(
        st.sampled_from(
            (
                b"GET / HTTP/1.1",
                b"POST /api/join HTTP/1.1",
                b"GET /api/events HTTP/1.0",
                b"Host: 127.0.0.1",
                b"Host: 127.0.0.1\r\nHost: other",
                b"Content-Length: -1",
                b"Content-Length: 5",
                b"Transfer-Encoding: chunked",
                b"Transfer-Encoding: xchunked",
                b"Cookie: " + b"a=1;" * 3000,
                b": empty",
                b"zz\x00",
                b"",
                b"0",
            )
        )
        | st.binary(max_size=60),
        max_size=8,
    )

    @given(lines)
    def one(sent: list[bytes]) -> None:
        with socket.create_connection((host, port), timeout=10) as connection:
            connection.sendall(b"\r\n".join(sent) + b"\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(100)
        # We refuse a request without Host; the library refuses a request that is not HTTP.
        assert not answer or re.match(rb"HTTP/1\.[01] [234]\d\d ", answer), answer

    one()
    assert _status(host, port, "GET", "/", {}, None) == 200

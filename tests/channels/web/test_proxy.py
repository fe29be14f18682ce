"""Behind a real nginx with docs/deploy/nginx.conf: only names, ports and paths are changed."""

import asyncio
import contextlib
import http.client
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web

from bot.channels.web import WebSettings, networks
from bot.clock import FixedClock
from bot.hooks import Hook, body_of, listening
from bot.hooks_settings import HooksSettings
from storage import Store
from tests.channels.web.serving import WebChat, served, web_chat
from tests.channels.web.test_talking import said

NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
OPENSSL: Final = shutil.which("openssl")
SAMPLE: Final = Path(__file__).parents[3] / "docs" / "deploy" / "nginx.conf"
NAME: Final = "antt.example.vn"
OUTSIDE: Final = "127.0.0.2"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="needs nginx and openssl"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = [
        str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
        "-keyout", str(key), "-out", str(certificate),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


def _configuration(folder: Path, port: int, behind: int, hooks: int) -> str:
    certificate, key = _certificate(folder)
    sample = SAMPLE.read_text(encoding="utf-8")
    changes = {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{_free_port()};",
        "    listen [::]:80;\n": "",
        f"/etc/ssl/certs/{NAME}.pem": str(certificate),
        f"/etc/ssl/private/{NAME}.key": str(key),
        "127.0.0.1:8080": f"127.0.0.1:{behind}",
        "127.0.0.1:8081": f"127.0.0.1:{hooks}",
    }
    for before, after in changes.items():
        assert before in sample, before
        sample = sample.replace(before, after)
    folders = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{folders}\n{sample}\n}}\n"
    )


class Well:
    """A healthy process with measurements."""

    async def reasons(self) -> Sequence[str]:
        return ()

    async def page(self) -> bytes:
        return b"antt_turns_total 1.0\n"


@pytest.fixture
def hooks_port() -> Iterator[int]:
    """The second listener, with one webhook that returns the request."""
    loop, started = asyncio.new_event_loop(), threading.Event()
    stop, ports = asyncio.Event(), list[int]()

    async def give_back(request: web.Request) -> web.StreamResponse:
        return web.Response(body=await body_of(request))

    async def serve() -> None:
        hook = Hook(path="/hooks/telegram", handle=give_back)
        async with listening(HooksSettings(port=0), [hook], Well(), Well(), warn=print) as address:
            ports.append(int(str(address).rpartition(":")[2]))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert started.wait(10), "the second listener did not start"
    yield ports[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


@pytest.fixture
def behind_proxy(
    store: Store, clock: FixedClock, tmp_path: Path, hooks_port: int
) -> Iterator[tuple[WebChat, int]]:
    """A chat behind nginx, and the port of nginx."""
    settings = WebSettings(port=0, public_url=f"https://{NAME}", proxies=networks("127.0.0.1"))
    with web_chat(store, clock, settings) as chat, served(chat):
        assert chat.server is not None
        port = _free_port()
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(
            _configuration(tmp_path, port, chat.server.address[1], hooks_port), encoding="utf-8"
        )
        with subprocess.Popen([str(NGINX), "-c", str(configuration), "-p", str(tmp_path)]) as nginx:
            try:
                _wait_for(nginx, port)
                yield chat, port
            finally:
                nginx.terminate()


def _wait_for(nginx: subprocess.Popen[bytes], port: int) -> None:
    """nginx does not report when it listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                nginx.wait(0.05)
        else:
            return
    pytest.fail("nginx did not start")


class Outside:
    """A client in front of nginx, with its own address: nginx's header is trusted."""

    def __init__(self, port: int, certificate: Path) -> None:
        self._port = port
        self._trust = ssl.create_default_context(cafile=str(certificate))
        self._cookie = ""

    @contextlib.contextmanager
    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> Iterator[http.client.HTTPResponse]:
        """One request on its own connection."""
        plain = socket.create_connection(
            ("127.0.0.1", self._port), timeout=10, source_address=(OUTSIDE, 0)
        )
        with self._trust.wrap_socket(plain, server_hostname=NAME) as secure:
            connection = http.client.HTTPConnection(NAME)
            connection.sock = secure
            sent = {"Cookie": self._cookie, "Content-Type": "application/json", **headers}
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, sent)
            with connection.getresponse() as answer:
                yield answer

    def sign_in(self, code: str) -> SimpleCookie:
        """Join with a code, and keep the cookie."""
        headers = {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
        with self.ask("POST", "/api/join", {"code": code}, **headers) as answer:
            assert answer.status == 200
            assert "max-age" in answer.headers["Strict-Transport-Security"]
            cookie = answer.headers["Set-Cookie"]
        self._cookie = cookie.partition(";")[0]
        return SimpleCookie(cookie)


@pytest.fixture
def outside(behind_proxy: tuple[WebChat, int], tmp_path: Path) -> Outside:
    return Outside(behind_proxy[1], tmp_path / "cert.pem")


def test_through_the_proxy_cookies_are_for_https_only(
    behind_proxy: tuple[WebChat, int], outside: Outside
) -> None:
    chat, _ = behind_proxy
    cookie = outside.sign_in(chat.code(chat.officer))["__Host-antt"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    with outside.ask("GET", "/api/session") as answer:
        assert answer.status == 200


def test_events_come_through_the_proxy_as_they_happen(
    behind_proxy: tuple[WebChat, int], outside: Outside
) -> None:
    chat, _ = behind_proxy
    outside.sign_in(chat.code(chat.officer))
    with outside.ask("GET", "/api/events") as events:
        with outside.ask("POST", "/api/messages", said("làm tiếp")) as answer:
            assert answer.status == 202
        ids: list[bytes] = []
        while len(ids) < 2:  # a buffering proxy would cause a read timeout
            line = events.readline()
            ids += [line] if line.startswith(b"id: ") else []
    assert ids == [b"id: 1\n", b"id: 2\n"]


def test_the_proxy_tells_where_a_guesser_sits_and_nobody_else_can(
    behind_proxy: tuple[WebChat, int], outside: Outside
) -> None:
    statuses = []
    for at in range(22):
        invented = {"X-Forwarded-For": f"203.0.113.{at}"}
        with outside.ask("POST", "/api/join", {"code": "x"}, **invented) as answer:
            statuses.append(answer.status)
    # Each attempt sent another address; nginx added the real one behind it.
    assert (statuses[0], statuses[-1]) == (403, 429)
    chat, _ = behind_proxy
    assert list(chat.site.joins._buckets) == [OUTSIDE]


def test_webhooks_pass_the_proxy_and_nothing_else_of_their_port(
    outside: Outside, hooks_port: int
) -> None:
    with outside.ask("POST", "/hooks/telegram", {"update_id": 7}) as answer:
        assert (answer.status, json.loads(answer.read())) == (200, {"update_id": 7})
    with outside.ask("POST", "/hooks/telegram", "x" * 100_000) as answer:
        assert answer.status == 200, "more than the web chat takes, less than the limit"
    own = ("/health", "/ready", "/metrics")
    around = ("/hooks/../metrics", "/hooks/%2e%2e/metrics", "/hooks/..%2fmetrics", "//metrics")
    for path in (*own, *around, "/hooks/metrics", "/hooks//metrics"):
        with outside.ask("GET", path) as answer:
            assert answer.status in {400, 404}, path
            assert b"antt_" not in answer.read()
    direct = http.client.HTTPConnection("127.0.0.1", hooks_port, timeout=10)
    direct.request("GET", "/metrics")
    with direct.getresponse() as answer:
        assert b"antt_turns_total" in answer.read(), "they are there, on this machine"
    direct.close()


def test_plain_http_past_the_proxy_finds_no_chat(behind_proxy: tuple[WebChat, int]) -> None:
    chat, _ = behind_proxy
    assert chat.server is not None
    connection = http.client.HTTPConnection(*chat.server.address, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().status == 421
    connection.close()

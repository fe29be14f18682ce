"""Behind a real nginx with docs/deploy/nginx.conf: only names, ports and paths are changed."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from bot.channels.web import WebSettings, networks
from bot.clock import SystemClock
from storage import Store
from tests.channels.web.conftest import Browser
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


def _configuration(folder: Path, port: int, behind: int) -> str:
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


@pytest.fixture
def behind_proxy(store: Store, tmp_path: Path) -> Iterator[tuple[WebChat, int]]:
    """A chat behind nginx, and the port of nginx."""
    settings = WebSettings(port=0, public_url=f"https://{NAME}", proxies=networks("127.0.0.1"))
    with web_chat(store, SystemClock(), settings) as chat, served(chat):
        assert chat.server is not None
        port = _free_port()
        configuration = tmp_path / "nginx.conf"
        configuration.write_text(
            _configuration(tmp_path, port, chat.server.address[1]), encoding="utf-8"
        )
        with subprocess.Popen([str(NGINX), "-c", str(configuration), "-p", str(tmp_path)]) as nginx:
            try:
                yield chat, port
            finally:
                nginx.terminate()


@pytest.fixture
async def outside(behind_proxy: tuple[WebChat, int], tmp_path: Path) -> AsyncIterator[Browser]:
    """A browser in front of nginx, which believes the test's own certificate."""
    _, port = behind_proxy
    trust = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))

    class Resolver(aiohttp.abc.AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: int = socket.AF_INET
        ) -> list[aiohttp.abc.ResolveResult]:
            return [
                {
                    "hostname": host,
                    "host": "127.0.0.1",
                    "port": port,
                    "family": family,
                    "proto": 0,
                    "flags": 0,
                }
            ]

        async def close(self) -> None:
            pass

    # From an address of its own: nginx's is trusted.
    connector = aiohttp.TCPConnector(ssl=trust, resolver=Resolver(), local_addr=(OUTSIDE, 0))
    async with aiohttp.ClientSession(connector=connector) as session:
        browser = Browser(f"https://{NAME}:{port}", session)
        async with asyncio.timeout(20):
            # nginx does not say when it listens.
            while not await _answers(browser):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        yield browser


async def _answers(browser: Browser) -> bool:
    try:
        await browser.get("/")
    except aiohttp.ClientConnectorError:
        return False
    return True


async def test_through_the_proxy_cookies_are_for_https_only(
    behind_proxy: tuple[WebChat, int], outside: Browser
) -> None:
    chat, _ = behind_proxy
    body = {"code": chat.code(chat.officer)}
    headers = {"Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
    async with outside.session.post(
        f"{outside.origin}/api/join", json=body, headers=headers
    ) as answer:
        assert answer.status == 200
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["__Host-antt"]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert (await outside.get("/api/session"))[0] == 200


async def test_events_come_through_the_proxy_as_they_happen(
    behind_proxy: tuple[WebChat, int], outside: Browser
) -> None:
    chat, _ = behind_proxy
    await outside.sign_in(chat.code(chat.officer))
    async with asyncio.timeout(10), outside.events() as events:
        await outside.post("/api/messages", said("làm tiếp"))
        assert [(await events.next())[1] for _ in range(2)] == [1, 2]


async def test_the_proxy_tells_where_a_guesser_sits_and_nobody_else_can(
    behind_proxy: tuple[WebChat, int], outside: Browser
) -> None:
    statuses = [
        (await outside.post("/api/join", {"code": "x"}, **{"X-Forwarded-For": f"203.0.113.{at}"}))[
            0
        ]
        for at in range(12)
    ]
    # Each try named another address; nginx wrote the true one behind it.
    assert statuses[0] == 403
    assert statuses[-1] == 429
    chat, _ = behind_proxy
    assert list(chat.site.joins._buckets) == [OUTSIDE]


async def test_plain_http_past_the_proxy_finds_no_chat(
    behind_proxy: tuple[WebChat, int], outside: Browser
) -> None:
    chat, _ = behind_proxy
    assert chat.server is not None
    host, port = chat.server.address
    async with outside.session.get(f"http://{host}:{port}/") as answer:
        assert answer.status == 421

"""`antt serve` as a process: its second listener, its end, and its log.

The mock server of every chat service answers each call with a different error and repeats the
request: whatever a library does with that must not reach the log.
"""

import http.client
import http.server
import itertools
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.bot.failing import IDENTITIES, PHONES, Failing

AT = "2026-11-24T09:00"  # a Tuesday, in Viet Nam

BUSY = 503
LIMIT = 60.0  # seconds; about five are usual, most of them for importing Telegram's library

TELEGRAM = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ZALO = ("987654321:abc-xyz", "plain.zalo.token")
SECRET = "a-secret-that-zalo-sends"
NEVER_GIVEN = "QQQQQ-QQQQ2"


@pytest.fixture
def far_side() -> Iterator[str]:
    """The address of a failing chat service."""
    Failing.asked = ()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Failing) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@dataclass(kw_only=True)
class Process:
    """A running `antt serve`."""

    popen: "subprocess.Popen[str]"
    port: int
    hooks_port: int
    log: Path
    codes: list[str] = field(default_factory=list)
    cookie: str = ""
    ended: tuple[int, str] | None = None

    def ask(
        self, method: str, path: str, body: object = None, *, hooks: bool = False, **headers: str
    ) -> tuple[int, str]:
        """One request, on its own connection; if the chat is too busy, it is repeated, as a browser
        does.
        """
        for _ in range(int(LIMIT * 20)):
            status, text = self._once(method, path, body, hooks=hooks, **headers)
            if status != BUSY or path == "/ready":
                break
            with suppress(subprocess.TimeoutExpired):
                self.popen.wait(0.05)
        return status, text

    def _once(
        self, method: str, path: str, body: object, *, hooks: bool, **headers: str
    ) -> tuple[int, str]:
        port = self.hooks_port if hooks else self.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        sent = {"Content-Type": "application/json", "Cookie": self.cookie}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, None if body is None else json.dumps(body), sent)
        answer = connection.getresponse()
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def say(self, text: str) -> int:
        message = {"id": str(uuid.uuid4()), "at": "2026-11-22T06:00:00Z", "said": text}
        return self.ask("POST", "/api/messages", message)[0]

    def end(self) -> tuple[int, str]:
        """Stop it; its exit code and its standard error."""
        if self.ended is None:
            self.popen.send_signal(signal.SIGTERM)
            _, err = self.popen.communicate(timeout=LIMIT)
            self.ended = (self.popen.returncode, err)
        return self.ended

    def wait_for(self, line: str) -> None:
        """Wait until a line of the log has it: background work has no fixed time."""
        for _ in range(int(LIMIT * 20)):
            if self.log.exists() and line in self.log.read_text(encoding="utf-8"):
                return
            try:
                self.popen.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        said = self.log.read_text(encoding="utf-8") if self.log.exists() else "nothing"
        pytest.fail(f"not logged: {line}; but: {said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(database: Path, **settings: str) -> Iterator[Process]:
    log = database.with_name("antt.log")
    hooks_port = settings.setdefault("ANTT_HOOKS_PORT", str(_free_port()))
    environment = {key: text for key, text in os.environ.items() if not key.startswith("ANTT_")}
    popen = subprocess.Popen(
        [
            Path(sys.executable).with_name("antt"),
            *("serve", "--db", database, "--port", "0", "--at", AT),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment, "ANTT_LOG": str(log), "ANTT_LOG_LEVEL": "debug", **settings},
    )
    try:
        process = Process(popen=popen, port=0, hooks_port=int(hooks_port), log=log)
        assert popen.stdout is not None
        for line in popen.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                process.port = int(found[1])
            if code := re.search(r"join#(\S+)", line):
                process.codes.append(code[1])
            if "Ctrl+C" in line:
                break
        else:
            pytest.fail(f"it did not start: {popen.communicate(timeout=LIMIT)[1]}")
        yield process
    finally:
        if popen.poll() is None:
            popen.kill()
        popen.communicate(timeout=LIMIT)


def test_a_running_process_says_how_it_is(demo_file: Path) -> None:
    with _serving(demo_file) as process:
        assert process.ask("GET", "/health", hooks=True) == (200, '{"ok": true}')
        for _ in range(int(LIMIT * 20)):
            status, text = process.ask("GET", "/ready", hooks=True)
            if status == 200:
                break
            assert json.loads(text) == {
                "ok": False,
                "reasons": ["1. the first tick has not ended yet"],
            }
        assert status == 200
        assert process.ask("POST", "/api/join", {"code": process.codes[0]})[0] == 200
        assert process.say("làm tiếp") == 202
        _, page = process.ask("GET", "/metrics", hooks=True)
        assert 'antt_turns_total{channel="web",outcome="handled"} ' in page
        assert 'antt_queue_messages{lane="reply"} ' in page
        assert process.end() == (0, "")


def test_a_taken_port_that_no_webhook_needs_costs_one_line(demo_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with _serving(demo_file, ANTT_HOOKS_PORT=str(port)) as process:
            assert process.ask("GET", "/")[0] == 200
            code, said = process.end()
    assert code == 0
    (line,) = said.splitlines()
    assert f"127.0.0.1:{port}" in line
    assert "Trợ lý vẫn chạy" in line


@pytest.mark.slow
def test_no_token_code_or_number_of_a_person_reaches_log_or_standard_error(
    demo_file: Path, far_side: str
) -> None:
    settings = {
        "ANTT_TELEGRAM_TOKEN": TELEGRAM,
        "ANTT_TELEGRAM_API": far_side,
        "ANTT_ZALO_BOTS": f"mot={ZALO[0]},hai={ZALO[1]}",
        "ANTT_ZALO_MODE": "webhook",
        "ANTT_ZALO_SECRET": SECRET,
        "ANTT_ZALO_API": far_side,
        "ANTT_HOOKS_PUBLIC_URL": "https://antt.example.vn",
        "ANTT_MAIL_PASSWORD": "mail-pass-word",
    }
    with _serving(demo_file, **settings) as process:
        _come_in(process)
        _talk(process)
        _call_back(process)
        process.wait_for("/bot[token]/")
        _break(demo_file)
        process.say("hỏng rồi 5")
        process.wait_for("traceback")
        code, said = process.end()
        log = process.log.read_text(encoding="utf-8")
    assert code == 0
    # The test must be able to fail: this checks that each possible leak did happen.
    assert [line for line in log.splitlines() if json.loads(line).get("channel") == "zalo"]
    assert "[phone]" in log
    assert any(TELEGRAM in path for path in Failing.asked)
    assert any(ZALO[0] in path for path in Failing.asked)
    written = log + said
    secrets = [TELEGRAM, TELEGRAM.partition(":")[2], *ZALO, "abc-xyz", SECRET, "mail-pass-word"]
    numbers = [*PHONES, *IDENTITIES, *map(_digits, (*PHONES, *IDENTITIES))]
    codes = [NEVER_GIVEN, *process.codes]
    for one in (*secrets, *numbers, *codes, *(code.replace("-", "") for code in codes)):
        assert one.lower() not in written.lower()
    for one in map(_digits, (*PHONES, *IDENTITIES)):
        assert one not in re.sub(r"(?<=\d)[ .-](?=\d)", "", written)


def _come_in(process: Process) -> None:
    """Wrong, used and valid codes; invalid bodies."""
    for code in (NEVER_GIVEN, NEVER_GIVEN.lower(), process.codes[0].replace("-", "") + "x"):
        assert process.ask("POST", "/api/join", {"code": code})[0] == 403
    assert process.ask("GET", f"/join/{process.codes[1]}")[0] == 200
    assert process.ask("POST", "/api/join", {"code": process.codes[0]})[0] == 200
    assert process.ask("POST", "/api/join", [PHONES[0]])[0] == 400


def _talk(process: Process) -> None:
    """A text refused for its numbers, a code in the wrong place, an ordinary answer."""
    for text in (*PHONES, *IDENTITIES, f"gọi {PHONES[0]} nhé", process.codes[2], "làm tiếp"):
        assert process.say(text) == 202


def _call_back(process: Process) -> None:
    """Webhooks with and without the secret, with valid and with invalid bodies."""
    update: dict[str, Any] = {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": PHONES[0], "display_name": "Ai đó", "is_bot": False},
            "chat": {"id": PHONES[0], "chat_type": "PRIVATE"},
            "text": f"{IDENTITIES[0]} {process.codes[3]}",
            "message_id": "m1",
            "date": 1795300000000,
        },
    }
    bodies = (update, {"ok": True, "result": update}, [PHONES[0]], {"event_name": PHONES[0]})
    for path, body in itertools.product(("/hooks/zalo/mot", "/hooks/zalo/hai"), bodies):
        header = {"X_Bot_Api_Secret_Token": SECRET}
        assert process.ask("POST", path, body, hooks=True, **header)[0] == 200
        assert process.ask("POST", path, body, hooks=True)[0] == 403
    assert process.ask("POST", f"/hooks/{ZALO[0]}", update, hooks=True)[0] == 404


def _break(database: Path) -> None:
    """Remove a table that every turn needs: the next turn raises an unexpected error."""
    connection = sqlite3.connect(database, timeout=LIMIT)
    connection.execute("ALTER TABLE inbox RENAME TO elsewhere")
    connection.commit()
    connection.close()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)

"""What is written to a log, and what never is."""

import asyncio
import gc
import json
import logging
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot import errors, logs
from bot.settings import Settings


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe", "[token]"),
        ("Authorization: Bearer abc.def.ghi", "Bearer […]"),
        ("token=s3cret", "token=[…]"),
        ("joined with 7KQF-2M9X-WD4T", "[code]"),
        ("mã BCGHK-LMN29 sai", "[code]"),
        ("mã bcghklmnpq sai", "[code]"),
        ("mã BCGHKLMNPQ sai", "[code]"),
        ("gọi 0912 345 678 nhé", "[phone]"),
        ("+84.912.345.678", "[phone]"),
        ("số 084099012345", "[id]"),
        ("postgresql://antt:pw@host/db", "postgresql://[login]@host/db"),
        ("POST https://a.vn/bot12345678:x-Yz_/sendMessage", "/bot[token]/sendMessage"),
        ("zalo 123456789:abc-xyz", "[token]"),
        ("?token=123456789%3Aabc-xyz", "token=[…]"),
        ("url /bot123456789%3Aabc-xyz", "[token]"),
        ("X-Bot-Api-Secret-Token: s3cret-of-zalo", "X-Bot-Api-Secret-Token: […]"),
        ("{'secret_token': 's3cret-of-zalo'}", "'secret_token': '[…]'"),
        ("telegram_secret=s3cret-of-telegram", "telegram_secret=[…]"),
        ("mã ABCDE-FGH23 sai", "[code]"),
        ("mã abcde-fgh23 sai", "[code]"),
        ("mã ABCDEFGH23 sai", "[code]"),
        ("mã abcdefgh23 sai", "[code]"),
        ("https://antt.example.vn/join#ABCDE-FGH23", "/join#[code]"),
        ("https://t.me/antt_bot?start=ABCDEFGH23", "?start=[code]"),
        ("/start abcdefghijk", "/start [code]"),
        ("căn cước 084 099 012 345", "[id]"),
        ("căn cước 084-099-012345", "[id]"),
    ],
)
def test_secrets_and_numbers_of_persons_are_scrubbed(said: str, kept: str) -> None:
    scrubbed = logs.scrub(said)
    assert kept in scrubbed
    assert not any(
        secret in scrubbed
        for secret in (
            "AAHdq",
            "s3cret",
            "7KQF",
            "345",
            "pw@",
            "ghi",
            "xyz",
            "x-Yz",
            "FGH23",
            "fgh23",
        )
    )


@pytest.mark.parametrize(
    "said",
    [
        "1672/CAT-PV05 ngày 29/08/2022",
        "I.5.b: 95 vụ",
        "2026:17543",
        "2027-06-11T07:30:00",
        "2027-06-11 07:30:00",
        "the channel telegram answered 429, again in 30 s",
        "no such table: delivery_attempt",
        'File "/opt/antt/bot/channels/zalo/client.py", line 12345',
        "http://127.0.0.1:54321/hooks/telegram",
    ],
)
def test_ordinary_facts_stay(said: str) -> None:
    assert logs.scrub(said) == said


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "deep" / "antt.log"
    logs.stop()


def test_a_line_is_json_with_its_fields(log: Path) -> None:
    logs.start(Settings(log=str(log)))
    logging.getLogger("antt.turns").info(
        "turn", extra={"person": 7, "action": "answer", "outcome": "handled", "ms": 4.2}
    )
    (line,) = log.read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert {key: record[key] for key in ("said", "person", "action", "outcome", "ms")} == {
        "said": "turn",
        "person": 7,
        "action": "answer",
        "outcome": "handled",
        "ms": 4.2,
    }


def test_a_bug_is_logged_under_the_id_that_is_returned(log: Path) -> None:
    logs.start(Settings(log=str(log)))
    try:
        int("token=s3cret")
    except ValueError as error:
        error_id = errors.report(error, action="turn")
    record = json.loads(log.read_text(encoding="utf-8"))
    assert record["error_id"] == error_id
    assert "ValueError" in record["traceback"]
    assert "s3cret" not in record["traceback"]


def test_a_log_that_cannot_be_written_costs_one_line_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    logs.start(Settings(log=str(blocked / "antt.log")))
    logging.getLogger("antt").error("bug")
    logs.stop()
    assert "cannot be written" in capsys.readouterr().err


# What this installation must keep secret

CONFIGURED = Settings(
    database="postgresql://antt:d4tabase pw@db/antt",
    telegram_token="123456:shortone",
    telegram_secret="giữ kín giúp",
    zalo_bots="mot=plainzalotoken, hai=987:q-r, nameless",
    zalo_secret="zalo/secret+1",
    mail_password="hunter",
)
SECRETS = (
    "d4tabase pw",
    "shortone",
    "giữ kín giúp",
    "plainzalotoken",
    "987:q-r",
    "nameless",
    "zalo/secret+1",
    "zalo%2Fsecret%2B1",
    "hunter",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_configured_secret_is_scrubbed_whatever_it_looks_like(log: Path, secret: str) -> None:
    logs.start(replace(CONFIGURED, log=str(log)))
    try:
        raise OSError(f"no answer to {secret}/getMe")  # noqa: TRY301
    except OSError as error:
        errors.report(error, action=secret)
    logging.getLogger("antt.zalo").warning("failed %s", secret, extra={"why": {"url": [secret]}})
    logging.getLogger("library").error(f"failed {secret}")
    written = log.read_text(encoding="utf-8")
    assert len(written.splitlines()) == 3
    assert secret not in written


def test_a_secret_is_forgotten_with_the_log(log: Path) -> None:
    logs.start(replace(CONFIGURED, log=str(log)))
    assert logs.scrub("hunter") == "[secret]"
    logs.stop()
    assert logs.scrub("hunter") == "hunter"


def test_a_password_of_one_letter_does_not_blot_out_the_log(log: Path) -> None:
    logs.start(Settings(log=str(log), mail_password="a"))
    assert logs.scrub("a turn") == "a turn"


def test_a_number_that_may_be_somebodys_is_no_number_in_the_log(log: Path) -> None:
    logs.start(Settings(log=str(log)))
    logging.getLogger("antt").info("x", extra={"a": 84912345678, "b": 84099012345, "c": 7})
    record = json.loads(log.read_text(encoding="utf-8"))
    assert (record["a"], record["c"]) == ("[phone]", 7)


# Libraries

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def test_a_library_is_logged_in_its_own_words_only(log: Path) -> None:
    logs.start(Settings(log=str(log), log_level="debug"))
    library = logging.getLogger("aiogram.dispatcher")
    library.error("Failed to fetch updates - %s: %s", "NetworkError", "text of a person")
    record = json.loads(log.read_text(encoding="utf-8"))
    assert record["library"] == "aiogram.dispatcher"
    assert record["said"] == "Failed to fetch updates - %s: %s"
    assert "person" not in log.read_text(encoding="utf-8")


def test_no_request_of_an_http_library_is_logged(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start(Settings(log=str(log), log_level="debug"))
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore", "httpcore.connection")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", timeout=5)
        answered = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200)))
        with answered:
            answered.get(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
    assert not log.exists()
    assert capsys.readouterr() == ("", "")


def test_a_forgotten_failure_is_logged_without_its_token(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start(Settings(log=str(log)))

    async def fail() -> None:
        raise OSError(f"https://api.example/bot{TOKEN}/getUpdates")

    async def forget() -> None:
        await asyncio.wait({asyncio.create_task(fail())})
        gc.collect()

    asyncio.run(forget())
    record = json.loads(log.read_text(encoding="utf-8"))
    assert record["library"] == "asyncio"
    assert "OSError" in record["traceback"]
    assert TOKEN.partition(":")[2] not in log.read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")


def test_a_log_on_standard_error_that_is_closed_costs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open(os.devnull) as unwritable:  # noqa: PTH123
        with monkeypatch.context() as patched:
            patched.setattr("sys.stderr", unwritable)
            logs.start(Settings(log="-"))
        logging.getLogger("antt").error("code=%s", "s3cret")
    logs.stop()
    assert capsys.readouterr() == ("", "")

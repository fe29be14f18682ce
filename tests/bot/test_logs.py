"""What reaches a log, and what never does."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

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
        ("gọi 0912 345 678 nhé", "[phone]"),
        ("+84.912.345.678", "[phone]"),
        ("số 084099012345", "[id]"),
        ("postgresql://antt:pw@host/db", "postgresql://[login]@host/db"),
    ],
)
def test_secrets_and_numbers_of_persons_are_scrubbed(said: str, kept: str) -> None:
    scrubbed = logs.scrub(said)
    assert kept in scrubbed
    assert not any(
        secret in scrubbed for secret in ("AAHdq", "s3cret", "7KQF", "345", "pw@", "ghi")
    )


@pytest.mark.parametrize(
    "said", ["1672/CAT-PV05 ngày 29/08/2022", "I.5.b: 95 vụ", "2026:17543", "2027-06-11T07:30:00"]
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

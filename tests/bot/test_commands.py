"""The command line for people and scripts: the text, the stream and the exit code."""

import json
from pathlib import Path

import pytest

from bot import commands
from bot.commands import BUG, COMMANDS, DONE, MISUSE
from bot.commands import due as due_command
from tests.bot.calling import Antt


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_in_both_languages(
    antt: Antt, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    vietnamese = antt(name, "--help")
    assert (vietnamese.code, vietnamese.err) == (DONE, "")
    assert vietnamese.out.startswith(f"Cách gọi: antt {name}")
    monkeypatch.setenv("ANTT_LOCALE", "en")
    assert antt(name, "--help").out.startswith(f"Usage: antt {name}")


def test_without_a_command_all_are_listed(antt: Antt) -> None:
    said = antt()
    assert said.code == MISUSE
    assert all(f"\n  {name} " in said.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["dance"], "Không có lệnh “dance”"),
        (
            ["invite", "--as", "a", "--handle", "b", "--role", "x", "--unit", "2026:1"],
            "--role không nhận x; chọn một trong: officer, head",
        ),
        (
            ["chat", "--as", "a", "--record", "/nowhere/x", "--db", "/nowhere/y"],
            "không có tệp này",
        ),
        (["outbox", "--retry", "abc"], "--retry phải là số nguyên, không nhận “abc”"),
        (["chat"], "cần đúng một trong hai: --as hoặc --stranger"),
        (["chat", "--as", "can-bo"], "thêm --db"),
        (["chat", "--as", "can-bo", "--db", "/nowhere/x.db"], "không có tệp này"),
        (["chat", "--as", "can-bo", "--dance"], "không có tùy chọn --dance"),
        (["ask", "--as"], "sau --as phải có giá trị"),
        (["due", "--pack", "x"], "còn thiếu --from, --to"),
        (["due", "--pack", "x", "--from", "1/1/2027", "--to", "2"], "không phải ngày"),
        (["due", "--pack", "x", "--from", "2027-01-01", "--to", "2027-02-01"], "Không có văn bản"),
        (["due", "--pack", "x", "--from", "2027-02-01", "--to", "2027-01-01"], "sau ngày cuối"),
        (["due", "--pack", "x", "--from", "1990-01-01", "--to", "1990-02-01"], "Chỉ biết ngày"),
        (["due", "--pack", "x", "--from", "2020-01-01", "--to", "2031-01-01"], "dài hơn 10 năm"),
        (["resolve", "xã Kim Liên"], "cần --structure"),
        (["resolve", "--structure", "1999", "--province", "1", "x"], "chọn một trong"),
        (["resolve", "--structure", "2026", "--province", "99", "x"], "không có tỉnh mã “99”"),
        (["check", "no-such-pack"], "Không có văn bản hoặc tệp"),
        (["check", "--verdicts"], "--verdicts cần --db"),
        (["demo", "--db", "postgresql://x/y"], "chỉ tạo tệp SQLite"),
        (["backup", "--db", "x", "--to", "y"], "không có tệp này"),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_code_2(
    antt: Antt, arguments: list[str], sentence: str
) -> None:
    said = antt(*arguments)
    assert said.code == MISUSE
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_bug_gives_an_id_and_the_traceback_goes_to_the_log_only(
    antt: Antt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def break_down(*_: object) -> int:
        raise ZeroDivisionError("bad day")

    monkeypatch.setattr(due_command, "run", break_down)
    said = antt("due", "--pack", "x", "--from", "2027-01-01", "--to", "2027-01-02")
    assert (said.code, said.out) == (BUG, "")
    assert "Traceback" not in said.err
    record = json.loads((tmp_path / "antt.log").read_text(encoding="utf-8"))
    assert record["error_id"] in said.err
    assert "ZeroDivisionError: bad day" in record["traceback"]


def test_a_bad_setting_is_told_before_anything_is_done(
    antt: Antt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTT_LOCALE", "fr")
    said = antt("due")
    assert said.code == MISUSE
    assert "ANTT_LOCALE" in said.err


def test_a_reader_that_has_seen_enough_is_no_mistake(
    antt: Antt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang_up(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(commands, "_run", hang_up)
    assert antt("due").code == DONE


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 but not really", b"\x00" * 5_000])
def test_a_file_that_is_no_database_gets_a_sentence(
    antt: Antt, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "file.db"
    file.write_bytes(content)
    said = antt("people", "--db", str(file))
    assert said.code == MISUSE
    assert str(file) in said.err
    assert file.read_bytes() == content

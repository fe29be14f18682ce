"""The command line as people and scripts call it: what is printed, where, and the exit code."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from bot import commands, logs
from bot.commands import BUG, COMMANDS, DONE, MISUSE, NO, main
from bot.commands import due as due_command
from bot.transcript import read
from domain.messages import Lane, Outgoing
from domain.verdicts import Finding, Verdict
from storage import Store
from tests.demo import BUILT_AT


class Said(NamedTuple):
    """What one call gave."""

    code: int
    out: str
    err: str


class Antt(Protocol):
    """Calls a command with arguments and, if given, lines of input."""

    def __call__(self, *arguments: str, typed: str = "") -> Said: ...


@pytest.fixture
def antt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Antt]:
    monkeypatch.setenv("ANTT_LOG", str(tmp_path / "antt.log"))
    for name in ("ANTT_DATABASE", "ANTT_LOCALE", "ANTT_SETTINGS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(arguments)
        return Said(code, *capsys.readouterr())

    yield call
    logs.stop()


# Every command


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


# due


def test_due_gives_the_dates_of_2027_as_projected(antt: Antt) -> None:
    said = antt(
        "due", "--pack", "nghe-an-104-2024", "--from", "2027-01-01", "--to", "2027-12-31", "--json"
    )
    duties = {duty["id"]: duty for duty in json.loads(said.out)}
    days = {name: duties[name]["last_working_day"] for name in ("O-NA-1", "O-NA-2", "O-NA-3")}
    assert days == {"O-NA-1": "2027-02-24", "O-NA-2": "2027-06-11", "O-NA-3": "2027-12-13"}
    assert all(duty["projected"] for duty in duties.values())
    assert duties["O-NA-2"]["hard_limit"] == "2027-06-14"
    assert duties["O-NA-2"]["stages"][:6] == [
        {"stage": "T-30", "on": "2027-04-28"},
        {"stage": "T-14", "on": "2027-05-24"},
        {"stage": "T-7", "on": "2027-06-02"},
        {"stage": "T-3", "on": "2027-06-08"},
        {"stage": "T-1", "on": "2027-06-10"},
        {"stage": "T", "on": "2027-06-11"},
    ]
    assert {"id", "clause", "verbatim", "who", "to_whom"} <= set(duties["O-NA-2"])


def test_due_says_it_in_words(antt: Antt) -> None:
    said = antt("due", "--pack", "nghe-an-104-2024", "--from", "2027-06-01", "--to", "2027-06-30")
    assert "O-NA-2" in said.out
    assert "(dự kiến)" in said.out
    assert "thứ Sáu 11/06/2027" in said.out


def test_due_in_the_documents_own_year_is_not_projected(antt: Antt) -> None:
    said = antt(
        "due", "--pack", "nghe-an-104-2024", "--from", "2024-01-01", "--to", "2024-12-31", "--json"
    )
    assert not any(duty["projected"] for duty in json.loads(said.out))


# resolve


@pytest.mark.parametrize("text", ["tình hình xã Mỹ Long Bắc", "tinh hinh xa my long bac"])
def test_resolve_names_one_commune_with_and_without_marks(antt: Antt, text: str) -> None:
    said = antt("resolve", "--structure", "2021", "--province", "84", text, "--json")
    assert said.code == DONE
    assert json.loads(said.out) == {"id": None, "units": ["c:29422"], "exact": True}


def test_resolve_of_nothing_is_the_answer_no(antt: Antt) -> None:
    said = antt("resolve", "--structure", "2021", "--province", "84", "xã nào chưa nộp", "--json")
    assert said.code == NO
    assert json.loads(said.out)["units"] == []


def test_resolve_reads_rows_and_gives_rows(antt: Antt) -> None:
    rows = [
        {"id": "a", "registry": "new", "user_province": "40", "text": "xã Kim Liên"},
        {"id": "b", "registry": "old2021", "user_province": "84", "text": "chưa có gì"},
        {"id": "c", "registry": "old2021", "user_province": "84", "text": "huyện Cầu Ngang"},
    ]
    said = antt("resolve", "--jsonl", typed="\n".join(map(json.dumps, rows)) + "\n\n")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == DONE
    assert [one["id"] for one in answers] == ["a", "b", "c"]
    assert [len(one["units"]) for one in answers] == [1, 0, 1]
    assert answers[2]["units"][0].startswith("d:")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "7",
        '{"id": 1}',
        '{"id":1,"registry":"old","user_province":"84","text":"x"}',
        "[" * 9_999,
    ],
)
def test_resolve_names_the_line_that_is_no_query(antt: Antt, line: str) -> None:
    said = antt("resolve", "--jsonl", typed=f"\n{line}\n")
    assert said.code == MISUSE
    assert "Dòng 2" in said.err


# chat and ask


def test_chat_answers_each_line_and_leaves_an_empty_one(antt: Antt, demo_file: Path) -> None:
    said = antt(
        "chat", "--db", str(demo_file), "--as", "can-bo", "--at", "2024-11-20T08:00",
        typed="xin chào\n\n   \n1\n",
    )  # fmt: skip
    assert (said.code, said.err) == (DONE, "")
    assert said.out.endswith("\n\n")
    assert said.out.count("Chào đồng chí") == 1
    assert "Câu 1/" in said.out


def test_chat_in_json_gives_one_line_for_each_message(antt: Antt, demo_file: Path) -> None:
    said = antt(
        "chat", "--db", str(demo_file), "--as", "can-bo", "--at", "2024-11-20T08:00", "--json",
        typed="xin chào\n1\n",
    )  # fmt: skip
    messages = [json.loads(line) for line in said.out.splitlines()]
    assert [set(one) for one in messages] == [{"text", "choices", "attachment"}] * 2
    assert messages[1]["choices"][0] == {"key": "1", "label": "Có (ghi số, ngày)"}
    assert "1. Có" not in messages[1]["text"]


def test_chat_shows_what_waits_first(antt: Antt, demo_file: Path) -> None:
    with Store(str(demo_file)) as store, store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        (address,) = tx.addresses.of_person(person.id)
        tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(text="nhắc việc"), BUILT_AT)
    call = ("chat", "--db", str(demo_file), "--as", "can-bo")
    assert antt(*call).out == "nhắc việc\n\n"
    assert antt(*call).out == ""


def test_chat_records_a_transcript_that_can_be_played(
    antt: Antt, demo_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "recorded.txt"
    antt(
        "chat", "--db", str(demo_file), "--as", "can-bo", "--at", "2024-11-20T08:00",
        "--record", str(file), typed="xin chào\n1\n",
    )  # fmt: skip
    recorded = read(file.read_text(encoding="utf-8"))
    assert recorded.person == "can-bo"
    assert [step.typed for step in recorded.steps] == ["xin chào", "1"]
    assert "Chào đồng chí" in recorded.steps[0].came_back


def test_chat_as_somebody_unknown_names_who_is_there(antt: Antt, demo_file: Path) -> None:
    said = antt("chat", "--db", str(demo_file), "--as", "ai-do", typed="x\n")
    assert said.code == MISUSE
    assert "can-bo, chi-huy" in said.err


def test_ask_answers_in_words_and_in_json(antt: Antt, demo_file: Path) -> None:
    call = ("ask", "--db", str(demo_file), "--as", "giam-sat", "tinh hinh xa my long bac")
    assert "Mỹ Long Bắc" in antt(*call).out
    answer = json.loads(antt(*call, "--json").out)
    assert set(answer) == {"intent", "units", "period", "text", "figures", "attachment"}
    assert answer["units"] == ["c:29422"]
    assert answer["period"] == 2024


def test_ask_outside_ones_scope_tells_nothing(antt: Antt, demo_file: Path) -> None:
    said = antt(
        "ask", "--db", str(demo_file), "--as", "giam-sat-na", "tình hình xã Mỹ Long Bắc", "--json"
    )
    assert json.loads(said.out)["figures"] == {}


# simulate


def _simulated(antt: Antt, demo_file: Path, *more: str) -> list[dict[str, str]]:
    said = antt(
        "simulate", "--db", str(demo_file), "--from", "2027-01-01", "--to", "2027-12-31",
        "--json", *more,
    )  # fmt: skip
    assert said.code == DONE
    found: list[dict[str, str]] = json.loads(said.out)
    return found


def test_a_simulated_year_has_each_reminder_once_and_leaves_no_trace(
    antt: Antt, demo_file: Path
) -> None:
    before = demo_file.read_bytes()
    messages = _simulated(antt, demo_file)
    assert demo_file.read_bytes() == before
    mine = [(one["at"], one["text"]) for one in messages if one["to"] == "can-bo-na"]
    assert len(mine) == len(set(mine)) == 3 * 7
    assert all(at.endswith("T07:30:00+07:00") for at, _ in mine)
    assert len([one for one in messages if one["to"] == "giam-sat-na"]) == 3


def test_no_reminder_follows_the_hand_in(antt: Antt, demo_file: Path, tmp_path: Path) -> None:
    code = next(
        one["text"].split()[3].rstrip(":")
        for one in _simulated(antt, demo_file)
        if one["at"].startswith("2027-04-28")
    )
    events = tmp_path / "events.jsonl"
    event = {"at": "2027-06-03T09:00", "as": "can-bo-na", "text": f"đã nộp {code}"}
    events.write_text(json.dumps(event), encoding="utf-8")
    messages = _simulated(antt, demo_file, "--events", str(events))
    mine = [one for one in messages if one["to"] == "can-bo-na" and code in one["text"]]
    days = [one["at"][:10] for one in mine]
    assert days == ["2027-04-28", "2027-05-24", "2027-06-02", "2027-06-03"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "phải là một JSON"),
        ('{"at": "hôm qua", "as": "can-bo-na", "text": "x"}', "phải là một JSON"),
        ('{"at": "2026-06-03", "as": "can-bo-na", "text": "x"}', "ngoài khoảng"),
    ],
)
def test_a_bad_event_is_named_by_its_line(
    antt: Antt, demo_file: Path, tmp_path: Path, line: str, sentence: str
) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(f"\n{line}\n", encoding="utf-8")
    said = antt(
        "simulate", "--db", str(demo_file), "--from", "2027-01-01", "--to", "2027-01-02",
        "--events", str(events),
    )  # fmt: skip
    assert said.code == MISUSE
    assert "dòng 2" in said.err
    assert sentence in said.err


# check, demo and running it


def test_check_of_everything_that_comes_with_us_finds_nothing(antt: Antt) -> None:
    said = antt("check")
    assert said.out.startswith("Không có lỗi")
    assert said.code == DONE


def test_check_numbers_the_problems_of_a_file(antt: Antt, tmp_path: Path) -> None:
    file = tmp_path / "law.yaml"
    file.write_text("document:\n  id: x\n  id: y\nsurprise: 7\n", encoding="utf-8")
    said = antt("check", str(file))
    assert said.code == NO
    assert "1. law.yaml:" in said.out
    assert "2. law.yaml:" in said.out


def test_check_finds_a_verdict_that_does_not_follow_from_the_answers(
    antt: Antt, demo_file: Path
) -> None:
    call = ("check", "tra-vinh-1672-2022", "--verdicts", "--db", str(demo_file))
    assert antt(*call).code == DONE
    with Store(str(demo_file)) as store, store.begin() as tx:
        (assessment, *_) = tx.assessments.page(0, 1)
        wrong = Finding(subject="I.1", verdict=Verdict.NEEDS_REVIEW, judgements=(), with_evidence=0)
        tx.assessments.save_findings(assessment.id, [wrong], BUILT_AT)
    said = antt(*call)
    assert said.code == NO
    assert "I.1: đang ghi “Cần cấp thẩm định quyết định”" in said.out


def test_demo_replaces_a_demo_and_nothing_else(antt: Antt, demo_file: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    said = antt("demo", "--db", str(mine))
    assert said.code == MISUSE
    assert mine.read_text() == "mine"
    assert antt("demo", "--db", str(demo_file)).code == DONE
    assert [path.name for path in tmp_path.glob("demo*")] == ["demo.db"]


def test_a_backup_is_a_database_of_its_own(antt: Antt, demo_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    call = ("backup", "--db", str(demo_file), "--to", str(copy))
    assert antt(*call).code == DONE
    assert antt("people", "--db", str(copy)).out == antt("people", "--db", str(demo_file)).out
    said = antt(*call)
    assert said.code == MISUSE
    assert "đã có" in said.err


def test_an_invitation_lets_a_stranger_in(antt: Antt, demo_file: Path) -> None:
    invited = antt(
        "invite", "--db", str(demo_file), "--as", "quan-tri", "--handle", "moi",
        "--name", "Người mới", "--role", "officer", "--unit", "2021:29422",
    )  # fmt: skip
    code = invited.out.split("Mã dùng một lần: ")[1].split()[0]
    stranger = ("chat", "--db", str(demo_file), "--stranger", "dien-thoai-moi")
    refused = antt(*stranger, typed="xin chào\n").out
    assert "Mỹ Long Bắc" not in refused
    assert "Mỹ Long Bắc" in antt(*stranger, typed=f"{code.lower()}\nxin chào\n").out


def test_who_is_no_administrator_of_the_unit_invites_nobody(antt: Antt, demo_file: Path) -> None:
    for handle in ("quan-tri-na", "giam-sat"):
        said = antt(
            "invite", "--db", str(demo_file), "--as", handle, "--handle", "moi",
            "--name", "x", "--role", "officer", "--unit", "2021:29422",
        )  # fmt: skip
        assert said.code == MISUSE
        assert "không phải quản trị" in said.err


def test_the_outbox_lists_what_waits_and_lets_it_be_dropped(antt: Antt, demo_file: Path) -> None:
    db = ("--db", str(demo_file))
    assert "Không có tin nhắn" in antt("outbox", *db).out
    with Store(str(demo_file)) as store, store.begin() as tx:
        (address, *_) = tx.addresses.of_people([1])
        tx.outbox.queue(address.id, Lane.REPLY, Outgoing(text="đang chờ đây"), BUILT_AT)
    (message,) = json.loads(antt("outbox", *db, "--json").out)
    assert message["text"] == "đang chờ đây"
    assert "đang chờ đây" in antt("outbox", *db).out
    assert antt("outbox", *db, "--drop", str(message["id"])).code == DONE
    assert antt("outbox", *db, "--drop", str(message["id"])).code == MISUSE
    assert antt("outbox", *db, "--retry", str(message["id"])).code == DONE


def test_the_audit_lists_what_was_read(antt: Antt, demo_file: Path) -> None:
    antt("ask", "--db", str(demo_file), "--as", "giam-sat", "tình hình xã Mỹ Long Bắc")
    (entry,) = json.loads(antt("audit", "--db", str(demo_file), "--as", "giam-sat", "--json").out)
    assert entry["who"] == "giam-sat"
    assert "2021:29422" in entry["subject"]


def test_a_path_with_strange_letters_is_a_path(antt: Antt, demo_file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "cơ sở #1 ?.db"
    shutil.copyfile(demo_file, odd)
    assert antt("people", "--db", str(odd)).code == DONE
    assert antt("backup", "--db", str(odd), "--to", str(tmp_path / "b.db")).code == DONE

"""Commands with conversation: chat, ask, simulate."""

import json
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from bot.commands import DONE, MISUSE
from bot.transcript import read
from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import Store, Unavailable
from tests.bot.calling import Antt
from tests.bot.test_terminal import Screen
from tests.demo import BUILT_AT


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
        tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(cards=saying("nhắc việc")), BUILT_AT)
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


def test_ask_as_somebody_without_a_post_is_a_stranger(antt: Antt, demo_file: Path) -> None:
    said = antt("ask", "--db", str(demo_file), "--as", "gia-dinh", "menu")
    assert (said.code, said.err) == (DONE, "")
    assert "mã" in said.out
    stranger = antt("chat", "--db", str(demo_file), "--stranger", "x", typed="menu\n")
    assert said.out.strip() == stranger.out.strip()


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:00"])
def test_a_clock_stands_in_years_that_can_be_counted(antt: Antt, demo_file: Path, at: str) -> None:
    said = antt("chat", "--db", str(demo_file), "--as", "can-bo", "--at", at, typed="menu\n")
    assert said.code == MISUSE
    assert said.err == "Thời điểm phải từ năm 2000 đến năm 2099.\n"


def test_a_terminal_shows_what_a_killed_process_with_a_later_clock_held(
    antt: Antt, demo_file: Path
) -> None:
    with Store(str(demo_file)) as store, store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        (address,) = tx.addresses.of_person(person.id)
        tx.outbox.queue(address.id, Lane.REPLY, Outgoing(cards=saying("chưa đọc")), BUILT_AT)
        assert tx.outbox.take_for(address.id, BUILT_AT + timedelta(days=900))
    call = ("chat", "--db", str(demo_file), "--as", "can-bo", "--at", "2024-11-20T08:00")
    said = antt(*call, typed="menu\n")
    assert said.out.startswith("chưa đọc\n\nChào đồng chí")
    assert antt(*call, typed="menu\n").out.startswith("Chào đồng chí")


@pytest.mark.parametrize("command", [("chat",), ("ask", "menu")])
def test_a_database_that_another_program_writes_is_said_in_a_sentence(
    antt: Antt, demo_file: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def busy(_store: Store) -> NoReturn:
        raise Unavailable("demo.db", "database is locked")

    monkeypatch.setattr(Store, "begin", busy)
    said = antt(*command, "--db", str(demo_file), "--as", "can-bo", typed="menu\n")
    assert said.code == MISUSE
    assert said.err.endswith("demo.db: chương trình khác đang ghi quá lâu.\n")


def test_a_stranger_cannot_be_somebody_who_was_let_in(antt: Antt, demo_file: Path) -> None:
    said = antt("chat", "--db", str(demo_file), "--stranger", "can-bo", typed="menu\n")
    assert said.code == MISUSE
    assert "dùng --as can-bo" in said.err
    assert said.out == ""


def test_on_a_screen_a_conversation_opens_with_where_it_stands(
    antt: Antt, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves(_prompt: str) -> NoReturn:
        raise EOFError

    monkeypatch.setattr("io.StringIO", Screen)
    monkeypatch.setattr("builtins.input", leaves)
    call = ("chat", "--db", str(demo_file), "--as", "can-bo", "--at", "2024-11-20T08:00")
    said = antt(*call)
    assert said.out.startswith("Nhấn Ctrl+D để kết thúc.\n\nChào đồng chí")

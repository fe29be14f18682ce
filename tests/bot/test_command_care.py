"""Commands that operate an installation: check, demo, backup, invite, outbox, audit."""

import json
import shutil
from pathlib import Path

import pytest

from bot.commands import DONE, MISUSE, NO
from domain.cards import saying
from domain.messages import Lane, Outgoing
from domain.verdicts import Finding, Verdict
from storage import Store
from tests.bot.calling import Antt
from tests.demo import BUILT_AT


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
    # The lock file of a database is never deleted: a process may hold its lock.
    assert sorted(path.name for path in tmp_path.glob("demo*")) == ["demo.db", "demo.db-lock"]


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
    assert "Mỹ Long Bắc" in antt(*stranger, typed=f"{code.lower()}\nđúng\nxin chào\n").out


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
        tx.outbox.queue(address.id, Lane.REPLY, Outgoing(cards=saying("đang chờ đây")), BUILT_AT)
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


@pytest.mark.postgres
def test_on_postgresql_the_same_commands_work_and_those_on_files_say_what_to_use(
    antt: Antt, demo_postgres: str, tmp_path: Path
) -> None:
    db = ("--db", demo_postgres)
    assert "can-bo" in antt("people", *db).out
    assert "Mỹ Long Bắc" in antt("ask", *db, "--as", "giam-sat", "tình hình xã Mỹ Long Bắc").out
    refused = antt("backup", *db, "--to", str(tmp_path / "x"))
    assert (refused.code, "pg_dump" in refused.err) == (MISUSE, True)
    refused = antt("simulate", *db, "--from", "2027-01-01", "--to", "2027-01-02")
    assert (refused.code, "chỉ dùng cho SQLite" in refused.err) == (MISUSE, True)


@pytest.mark.parametrize(
    ("handle", "name", "sentence"),
    [
        ("x 3;", "Nguyễn Văn A", "Tên ngắn “x 3;” không dùng được"),
        ("Ba", "Nguyễn Văn A", "Tên ngắn “Ba” không dùng được"),
        ("ba", "0912345678", "Tên không được chứa số điện thoại"),
    ],
)
def test_an_invitation_takes_no_name_that_may_not_be_kept(
    antt: Antt, demo_file: Path, handle: str, name: str, sentence: str
) -> None:
    said = antt(
        "invite", "--db", str(demo_file), "--as", "quan-tri", "--handle", handle, "--name", name,
        "--role", "officer", "--unit", "2021:29422",
    )  # fmt: skip
    assert said.code == MISUSE
    assert said.err.startswith(sentence)


def test_demo_makes_no_folder(antt: Antt, tmp_path: Path) -> None:
    said = antt("demo", "--db", str(tmp_path / "missing" / "demo.db"))
    assert said.code == MISUSE
    assert said.err.startswith("Không có thư mục")
    assert not (tmp_path / "missing").exists()

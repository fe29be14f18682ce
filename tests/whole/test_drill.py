"""The restore drill: work, copy, continue, kill the process, restore the copy, continue.

A page of docs/deploy describes what an operator does by hand; this test does the same steps.
"""

import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.commands import DONE
from bot.compose import open_store
from handlers.ground.library import Library
from scheduling.tick import tick
from storage import Store
from tests.bot.calling import Antt
from tests.bot.conftest import antt
from tests.handlers.talking import Talk
from tests.whole.test_whole_demo import DUE, START, plan

__all__ = ["antt"]

NEXT_DAY = datetime(2024, 12, 27, 1, 0, tzinfo=UTC)
LATER_IDS = 10_000
"""Deliveries after the restore have new ids."""


def _talk(store: Store, now: datetime, first: int = 1) -> Talk:
    return Talk(store=store, library=Library(), now=now, _ids=count(first))


def _killed(file: Path, folder: Path) -> Path:
    """The files that a killed process leaves behind: nothing is closed or written back."""
    folder.mkdir()
    for path in file.parent.glob(f"{file.name}*"):
        if not path.name.endswith(("-lock", "-shm")):
            shutil.copyfile(path, folder / path.name)
    return folder / file.name


def _code_of(antt: Antt, file: Path, handle: str, unit: str, name: str) -> str:
    who = ("--as", "quan-tri", "--handle", handle, "--name", name, "--role", "officer")
    said = antt("invite", "--db", str(file), *who, "--unit", unit)
    assert said.code == DONE, said.err
    return next(word for word in said.out.split() if len(word) == 11 and word[5] == "-")


def _send_notices(talk: Talk) -> list[str]:
    """Deliver every notice that is due; returns their texts."""
    with talk.store.begin() as tx:
        leased = tx.outbox.claim(talk.now, 1_000)
        for one in leased:
            tx.outbox.sent(one, talk.now)
    return [one.outgoing.text for one in leased]


def test_the_drill(antt: Antt, demo_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    code = _code_of(antt, demo_file, "can-bo-2", "2021:29422", "Cán bộ hai")

    # Work.
    with open_store(str(demo_file), START) as store:
        plan(store, START)
        talk = _talk(store, START)
        for name in ("can-bo", "chi-huy", "quan-tri"):
            talk.let_in(name)
        talk.let_in("can-bo", address="old phone")
        talk.says("can-bo", "hỏi từng câu", "làm tiếp", "1", "12-NQ/ĐU", "05/03/2024")
        assert "Câu 2/51" in talk.says("can-bo", "làm tiếp")

        # Copy, while the process runs.
        assert antt("backup", "--db", str(demo_file), "--to", str(copy)).code == DONE

        # Continue: an answer, a used code, a locked phone, a person replaced, a reminder.
        assert "Câu 3/51" in talk.says("can-bo", "2")
        talk.says("newcomer", code)
        assert "cán bộ nhập liệu, xã Mỹ Long Bắc" in talk.says("newcomer", "đúng")
        assert "ĐỒNG Ý" in talk.says("quan-tri", "thay chi-huy: Chỉ huy Mới")
        assert "đã thay" in talk.says("quan-tri", "ĐỒNG Ý")
        with store.begin() as tx:
            phone = tx.addresses.lock("zalo", "", "old phone")
            assert phone is not None
            tx.addresses.retire(phone.id, "access ended: lost", talk.now)
        talk.now = DUE
        tick(store, talk.library, DUE)
        reminded = [one for one in _send_notices(talk) if "🔔 Nhắc việc N1" in one]
        assert reminded

        # Kill the process.
        file = _killed(demo_file, tmp_path / "killed")

    # Restore the copy.
    said = antt("restore", "--db", str(file), str(copy), typed="ĐỒNG Ý\n")
    assert said.code == DONE, said.err
    assert "(can-bo), Mỹ Long Bắc 2024" in said.out
    assert "I.1.b" in said.out
    assert "người mới thêm: Chỉ huy Mới" in said.out
    assert sorted(path.name[: len("antt-wal")] for path in file.parent.glob("*before-restore*"))

    # Continue.
    with open_store(str(file), NEXT_DAY) as store:
        talk = _talk(store, NEXT_DAY, LATER_IDS)
        told = [one for one in talk.notices("can-bo") if "không còn" in one]
        assert len(told) == 1
        assert "I.1.b" in told[0]
        assert "I.1.a" not in told[0]
        assert "Câu 2/51" in talk.says("can-bo", "làm tiếp")

        assert "Mỹ Long Bắc" not in talk.says("another", code)
        assert "Câu" not in talk.says("old phone", "làm tiếp")
        assert "Mỹ Long Bắc" not in talk.says("chi-huy", "tình hình")

        tick(store, talk.library, DUE)
        tick(store, talk.library, NEXT_DAY)
        assert not [one for one in _send_notices(talk) if one in reminded]
        with store.read() as tx:
            head = tx.people.by_handle("chi-huy")
        assert head is not None
        assert head.posts == ()
    assert antt("check", "tra-vinh-1672-2022", "--verdicts", "--db", str(file)).code == DONE

"""Both bots, by polling and by webhook: from the code to hand-in, reminder and status."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.transcript import read
from domain.deadlines import duties_between
from domain.units import Structure, UnitId
from packs import load_pack
from packs.holidays import work_calendar
from storage import PlannedDuty, Store
from tests.conversations.test_transcripts import FOLDER
from tests.whole.city import City, city
from tests.whole.phones import Phone

START = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
DUE = datetime(2024, 12, 26, 1, 0, tzinfo=UTC)
"""Three working days before the deadline of the yearly forum."""

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
PACK = "tra-vinh-1672-2022"


def _answers() -> list[str]:
    """The texts of an officer whose answers meet everything in Part I."""
    transcript = read((FOLDER / "phan_i_deu_dat.txt").read_text(encoding="utf-8"))
    typed = [step.typed for step in transcript.steps if step.typed is not None]
    return typed[: typed.index("kết quả")]


def plan(store: Store, now: datetime) -> None:
    """The administrator confirms the yearly forum."""
    found = duties_between(
        load_pack(PACK).document, date(2024, 1, 1), date(2024, 12, 31), work_calendar(2023, 2025)
    )
    yearly = next(one for one in found if one.obligation.id == "O-TV-3")
    obligation = yearly.obligation
    with store.begin() as tx:
        administrator = tx.people.by_handle("quan-tri")
        assert administrator is not None
        duty = PlannedDuty(
            obligation_id=obligation.id,
            clause=obligation.clause,
            what=obligation.what,
            verbatim=obligation.verbatim,
            to_whom=obligation.to_whom,
            limits=yearly.limits,
            stages=yearly.stages,
            units=(MY_LONG_BAC,),
            trace=obligation.who,
            next_at=yearly.stages[0].at,
        )
        province = administrator.posts[0].unit
        tx.plans.confirm(province, PACK, 2024, [duty], person_id=administrator.id, now=now)


async def _comes_in(town: City, phone: Phone, handle: str) -> None:
    assert "có đúng" in (await phone.types(town.code_for(handle))).lower()
    await phone.types("đúng")


async def _whole_demo(town: City, officer: Phone, head: Phone, supervisor: Phone) -> None:
    await _comes_in(town, officer, "can-bo")
    await _comes_in(town, head, "chi-huy")
    await _comes_in(town, supervisor, "giam-sat")

    await officer.types("hỏi từng câu")
    for answer in _answers():
        await officer.types(answer)
    assert "ĐẠT (tạm tính)" in await officer.types("kết quả")

    await officer.types("nộp")
    await town.until(lambda: any("xem H1" in one for one in head.seen))
    await head.types("xem H1")
    assert "đã nộp bộ tiêu chí" in await head.types("ĐỒNG Ý")
    status = await supervisor.types("tình hình xã Mỹ Long Bắc")
    assert "Mỹ Long Bắc" in status
    assert "đơn vị tự đánh giá" in status

    plan(town.store, town.clock.now())
    town.clock.at = DUE
    await town.tick()
    await town.until(lambda: any("🔔 Nhắc việc N1" in one for one in officer.seen))
    assert "N1" in await officer.types("đã nộp N1")


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.usefixtures("quick")
async def test_the_whole_demo_on_telegram(mode: str, demo_file: Path) -> None:
    async with city(demo_file, FixedClock(START), mode=mode) as town:
        phones = [town.on_telegram(5_000_001 + number) for number in range(3)]
        await _whole_demo(town, *phones)
        assert len(town.telegram.world.acknowledged) > 20


@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.usefixtures("quick")
async def test_the_whole_demo_on_zalo(mode: str, demo_file: Path) -> None:
    async with city(demo_file, FixedClock(START), mode=mode) as town:
        phones = [town.on_zalo(name) for name in ("officer", "head", "supervisor")]
        await _whole_demo(town, *phones)

"""Nghệ An in the demo: the year 2027 planned from the province's document of 2024."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from bot.demo import people
from domain.deadlines import DatedDuty, duties_between
from domain.units import Structure, Unit, UnitId, UnitKind
from handlers.ground.settings import set_documents
from packs import load_pack
from packs.holidays import work_calendar
from packs.units import load_units
from storage import PlannedDuty, Tx

PACK: Final = "nghe-an-104-2024"
PROVINCE: Final = UnitId(Structure.Y2026, "40")
YEAR: Final = 2027
COMMUNE: Final = "Kim Liên"
"""The officer's commune."""

PLANNED: Final = ("O-NA-1", "O-NA-2", "O-NA-3")
"""The plan and the two reports that each year's plan repeats."""

CONFIRMED: Final = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)

TRACE: Final = (
    "Văn bản ghi “sở, ban, ngành, tổ chức chính trị - xã hội cấp tỉnh; "
    "UBND các huyện, thành, thị”. "
    "Từ 01/7/2025 không còn cấp huyện: “UBND huyện” được áp dụng cho “UBND xã” "
    "(xã, phường); sở, ban, ngành giữ nguyên. Xác nhận: quan-tri-na."
)

DEPARTMENTS: Final = (
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Tư pháp",
    "Sở Công Thương",
    "Sở Xây dựng",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch",
)


def departments() -> tuple[Unit, ...]:
    """Ten departments of the province; the codes are ours, because no registry has any."""
    return tuple(
        Unit(
            id=UnitId(Structure.Y2026, f"{PROVINCE.code}-{number:02}"),
            kind=UnitKind.DEPARTMENT,
            name=name,
            parent=PROVINCE.code,
            province=PROVINCE.code,
        )
        for number, name in enumerate(DEPARTMENTS, start=1)
    )


def duties() -> Iterable[DatedDuty]:
    """The dated duties of the year that the demo's administrator confirmed."""
    calendar = work_calendar(YEAR - 1, YEAR + 1)
    found = duties_between(load_pack(PACK).document, date(YEAR, 1, 1), date(YEAR, 12, 31), calendar)
    return (duty for duty in found if duty.obligation.id in PLANNED)


def build(tx: Tx, now: datetime) -> None:
    """Units, people and the confirmed plan, in the caller's transaction."""
    book = load_units(Structure.Y2026)
    communes = book.communes(PROVINCE.code)
    tx.units.add_many((book.get(PROVINCE), *communes, *departments()))
    commune = next(
        unit for unit in communes if unit.name == COMMUNE and unit.kind is UnitKind.COMMUNE
    )
    people.let_in(people.OFFICER_NA, commune.id, tx, now)
    let_in = [people.let_in(member, PROVINCE, tx, now) for member in people.OF_NGHE_AN]
    set_documents(tx, PROVINCE, (PACK,))
    _confirm(tx, let_in[-1].id, tuple(unit.id for unit in (*departments(), *communes)))


def _confirm(tx: Tx, person_id: int, units: tuple[UnitId, ...]) -> None:
    planned = (_planned(duty, units) for duty in duties())
    tx.plans.confirm(PROVINCE, PACK, YEAR, planned, person_id=person_id, now=CONFIRMED)
    tx.audit.record(CONFIRMED, person_id, "plan_confirmed", f"{PACK} {YEAR}", TRACE)


def _planned(duty: DatedDuty, units: tuple[UnitId, ...]) -> PlannedDuty:
    obligation = duty.obligation
    return PlannedDuty(
        obligation_id=obligation.id,
        clause=obligation.clause,
        what=obligation.what,
        verbatim=obligation.verbatim,
        to_whom=obligation.to_whom,
        limits=duty.limits,
        stages=duty.stages,
        units=units,
        trace=TRACE,
        next_at=duty.stages[0].at,
    )

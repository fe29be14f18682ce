"""Every text that an administrator types gets an answer, and only the typed word
changes anything.
"""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.units import Structure, UnitId
from handlers.ground.library import Library
from handlers.ground.settings import ceiling_of
from storage import Store, migrate
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR, begun
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
TRA_VINH = UnitId(Structure.Y2021, "84")
STEPS = 150
TYPED = (
    *map(str, range(12)),
    "cài đặt",
    "quay lại",
    "hủy",
    "menu",
    "để sau",
    "xã",
    "phường, sở",
    "2024",
    "năm 2027",
    "12/QĐ-UBND",
    "01/10/2024",
    "32/13/2024",
    "không thời hạn",
    "8h15",
    "21:00 - 6:00",
    "Sở Nội vụ; Sở Y tế",
    "Nghệ An 2026",
    "ai chưa vào",
    "ai đã vào xã Mỹ Long Bắc",
    "thay quan-tri",
    "mã khong-co",
    "thêm người: Lê Nam; cán bộ xã Mỹ Long Bắc",
    "thêm người: ; ",
    "thêm vai quan-tri: chỉ huy xã Mỹ Long Bắc",
    "rút Q1",
    "hủy vào M1",
    "xem H1",
    "trả lại H99 vì sai",
    "đồng ý H1",
    "nộp",
    "đổi vai",
    "dùng số này",
    "🙂",
    "'; DROP TABLE person; --",
    "{{ 7 * 7 }}",
    "s:plan:ok",
    "x" * 3_999,
)


def _bound(talk: Talk) -> tuple[object, ...]:
    """The data that only the typed word may change."""
    with talk.store.read() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        return (
            [(one.handle, one.posts) for one in tx.people.all()],
            tx.plans.of_province(TRA_VINH),
            tx.rulings.in_force(TRA_VINH, "tra-vinh-1672-2022"),
            tx.visible_to(person).assessments(),
            len(tx.units.of_province(Structure.Y2021, "84")),
            tuple(ceiling_of(tx, TRA_VINH, one) for one in ("web", "zalo", "telegram")),
        )


@pytest.fixture
def talk(tmp_path: Path, library: Library) -> Talk:
    url = f"sqlite:///{tmp_path / 'walk.db'}"
    migrate(url)
    return begun(Store(url), library, TRA_VINH, "tra-vinh-1672-2022")


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(20, 22))
def test_without_the_word_nothing_is_bound_and_everything_is_answered(
    talk: Talk, seed: int
) -> None:
    dice = random.Random(seed)
    talk.now = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
    before = _bound(talk)
    for _ in range(STEPS):
        typed = dice.choice(TYPED)
        if dice.random() < 0.2:
            said = talk.taps(
                ME, dice.choice(("s:home:", "s:plan:d0", "s:rulings:ok", "h:1:1")), typed
            )
        else:
            said = talk.says(ME, typed)
        assert said.strip()
        assert "None" not in said
    assert _bound(talk) == before
    talk.store.close()


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(20, 22))
def test_with_the_word_everything_is_still_answered(talk: Talk, seed: int) -> None:
    dice = random.Random(seed)
    talk.now = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
    for _ in range(STEPS):
        assert talk.says(ME, dice.choice((*TYPED, *["ĐỒNG Ý"] * 12))).strip()
    talk.store.close()

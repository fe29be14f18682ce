"""What is stored of a whole item is what the officer meant: doubtful figures are asked, a no writes
nothing, a correction changes what it names, a yes writes what was read back.
"""

import random
from datetime import UTC, date, datetime

import pytest

from handlers import Library
from storage import EarlierFigure
from tests.handlers.subjects.checklist.page.mylongbac import MY_LONG_BAC, saved
from tests.handlers.subjects.checklist.reading.generated import REJECTIONS
from tests.handlers.talking import Talk

LINE = (
    "1 không 2 không 3 80 so với 10 4 3 so với 4 5 5 so với 6, chết 0 so với 1, bị thương 3 so với"
    " 4 6 0 so với 1 7 0 so với 0 8 để mai tính"
)


@pytest.fixture
def officer(talk: Talk) -> Talk:
    """The page of I.5 on Zalo, 20/12/2024; the province's table says 10 for I.5.b."""
    talk.now = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
    with talk.store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        figure = EarlierFigure(
            unit=MY_LONG_BAC,
            set_id="tra-vinh-1672-2022",
            requirement_id="I.5.b",
            year=2023,
            measure="cases",
            count=10,
            document_number="15/BC-CAH",
            document_date=date(2024, 1, 5),
        )
        tx.earlier_figures.save([figure], person.id, talk.now)
    talk.says(
        "can-bo",
        "làm tiếp",
        "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 05/KH-UBND 20/01/2024",
        "tất cả có",
        "1 đạt 2 không 3 15/15",
        "tất cả có",
        "đúng",
    )
    return talk


def told(talk: Talk) -> dict[str, dict[str, object]]:
    """The stored answers of I.5 by the letter of the question."""
    return {
        row.removeprefix("I.5."): {one.name.value: one.value for one in answer.fields}
        for row, answer in saved(talk).items()
        if row.startswith("I.5.")
    }


def test_a_doubtful_figure_is_asked_and_nothing_is_written(officer: Talk) -> None:
    shown = officer.says("can-bo", LINE)
    assert "Câu 3: năm 2023: 10, năm 2024: 80: số này cách xa số đã biết" in shown
    assert "4 năm 2023: 4, năm 2024: 3" in shown
    assert "Để lại sau: I.5.a" in shown
    assert told(officer) == {}


@pytest.mark.parametrize(
    "no", ["khoan, sai rồi", "không đúng", "sai", "khong phai", "chuwa ddungs"]
)
def test_a_no_writes_nothing_and_asks_what_is_wrong(officer: Talk, no: str) -> None:
    shown = officer.says("can-bo", LINE, no)
    assert "Chưa ghi câu nào. Đồng chí sửa câu nào?" in shown
    assert told(officer) == {}


def test_a_correction_is_read_back_and_a_yes_writes_all(officer: Talk) -> None:
    shown = officer.says("can-bo", LINE, "khoan, sai rồi", "à nhầm 3 8 so với 10")
    assert "3 năm 2023: 10, năm 2024: 8" in shown
    assert told(officer) == {}
    officer.says("can-bo", "ừ đúng rồi em")
    written = told(officer)
    assert written.keys() == set("bcdefgh")
    assert written["b"] == {"last_year": 10, "this_year": 8}
    assert written["f"] == {
        "last_year": 6,
        "this_year": 5,
        "deaths_last_year": 1,
        "deaths_this_year": 0,
        "injured_last_year": 4,
        "injured_this_year": 3,
    }


def test_a_yes_to_the_doubtful_figure_stores_it(officer: Talk) -> None:
    officer.says("can-bo", LINE, "đúng")
    assert told(officer)["b"] == {"last_year": 10, "this_year": 80}


def test_going_on_after_a_no_does_not_write_what_was_rejected(officer: Talk) -> None:
    officer.says("can-bo", LINE, "khoan, sai rồi", "bỏ qua")
    assert told(officer) == {}


def test_a_word_for_the_next_page_confirms_only_what_was_read_back(officer: Talk) -> None:
    officer.says("can-bo", LINE, "3 8 so với 10", "1-9 có")
    assert told(officer)["b"] == {"last_year": 10, "this_year": 8}


@pytest.mark.parametrize(("yes", "written"), [("dung", 4), ("DUNG", 4), ("ddungs", 4), ("dừng", 0)])
def test_a_yes_without_marks_is_no_order_to_stop(officer: Talk, yes: str, written: int) -> None:
    officer.says("can-bo", "3 8 so voi 10 4 3 so voi 4 6 0 so voi 1 7 2 so voi 3", yes)
    assert len(told(officer)) == written


NUMBERS = {"b": 3, "e": 4, "g": 6, "h": 7}
"""The questions of I.5 that take two figures and no casualties, with their numbers on the page."""


def _line(chance: random.Random) -> tuple[str, dict[str, dict[str, object]]]:
    """Answers to some of the questions, and what they give by the question's letter."""
    meant: dict[str, dict[str, object]] = {}
    pieces = []
    for letter in sorted(chance.sample(list(NUMBERS), chance.randint(2, len(NUMBERS)))):
        last = 10 if letter == "b" else chance.randint(4, 9)
        this = last - chance.randint(1, 3)
        written = (f"{this} so với {last}", f"năm nay {this} năm ngoái {last}")
        pieces.append(f"{NUMBERS[letter]} {chance.choice(written)}")
        meant[letter] = {"last_year": last, "this_year": this}
    return chance.choice((" ", ", ", "\n")).join(pieces), meant


@pytest.mark.parametrize("seed", range(8))
def test_what_is_confirmed_is_stored_as_it_was_read_back(officer: Talk, seed: int) -> None:
    chance = random.Random(seed)
    line, meant = _line(chance)
    officer.says("can-bo", line)
    assert told(officer) == {}
    rejection = chance.choice(REJECTIONS)
    officer.says("can-bo", rejection)
    assert told(officer) == {}, rejection
    shown = officer.says("can-bo", line)
    for letter, fields in meant.items():
        assert (
            f"{NUMBERS[letter]} năm 2023: {fields['last_year']}, năm 2024: {fields['this_year']}"
            in shown
        )
    officer.says("can-bo", chance.choice(("đúng", "đúng rồi", "ừ đúng rồi em", "chuẩn", "ĐÚNG Ạ")))
    assert told(officer) == meant


def test_an_installation_chooses_how_far_a_figure_is(officer: Talk) -> None:
    officer.library = Library(far_times=100)
    shown = officer.says("can-bo", "3 80 so với 10 4 3 so với 4")
    assert "3 năm 2023: 10, năm 2024: 80" in shown
    assert "cách xa" not in shown

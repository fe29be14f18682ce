"""Only a head hands in, only the result that was shown, by the typed word; a person with two posts
acts as one.
"""

import pytest

from bot.demo.invented import GOOD, invented
from domain.answers import Answer, FieldName
from domain.assessments import AssessmentState, find
from domain.people import Post, Role
from domain.units import Structure, Unit, UnitId, UnitKind
from storage import EarlierFigure
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
YEAR = 2024


@pytest.fixture
def opened(tra_vinh: Talk) -> Talk:
    """The year 2024 is open, Mỹ Long Bắc has an officer and has answered everything."""
    tra_vinh.says(ME, "cài đặt", "8", "1", str(YEAR), "đồng ý")
    tra_vinh.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Mỹ Long Bắc", "đồng ý")
    tra_vinh.let_in("can-bo-my-long-bac", address="hoa")
    return tra_vinh


def _commune(talk: Talk, name: str = "Mỹ Long Bắc") -> Unit:
    with talk.store.read() as tx:
        units = tx.units.of_province(Structure.Y2021, "84", (UnitKind.COMMUNE,))
        return next(unit for unit in units if unit.name == name)


def _fill(talk: Talk) -> None:
    unit = _commune(talk)
    with talk.store.begin() as tx:
        person = tx.people.by_handle("can-bo-my-long-bac")
        assert person is not None
        loaded = tx.assessments.load(unit.id, person.id)
        assert loaded is not None
        assessment = loaded.assessment
        criteria = talk.library.criteria(assessment.set_id, assessment.set_hash, tx)
        part = criteria.parts_for(unit.kind)[0]
        answers = invented(part, unit.code, YEAR, GOOD)
        for row, answer in answers.items():
            assessment = tx.assessments.save_answer(assessment, row, answer, person.id, talk.now)
        for one in criteria.parts_for(unit.kind):
            findings = find(criteria, one, answers, year=YEAR)
            tx.assessments.save_findings(assessment.id, findings, talk.now)


def _state(talk: Talk) -> AssessmentState:
    with talk.store.read() as tx:
        (assessment,) = tx.assessments.of_unit(_commune(talk).id, YEAR)
        return assessment.state


def _add(talk: Talk, handle: str, role: Role, unit: UnitId) -> None:
    with talk.store.begin() as tx:
        tx.people.add(handle=handle, name=handle, locale="vi", posts=(Post(role=role, unit=unit),))
    talk.let_in(handle)


def test_what_is_not_all_answered_is_not_laid_before_anybody(opened: Talk) -> None:
    _add(opened, "truong", Role.HEAD, _commune(opened).id)
    assert "còn 51 câu chưa trả lời" in opened.says("hoa", "nộp")
    assert opened.notices("truong") == []
    said = opened.says("truong", "nộp")
    assert "chưa xác nhận nộp được" in said
    opened.says("truong", "đồng ý")
    assert _state(opened) is AssessmentState.OPEN


def test_a_unit_without_a_head_is_told_to_the_administrator_once(opened: Talk) -> None:
    _fill(opened)
    before = len(opened.notices(ME))
    assert "Đơn vị chưa có chỉ huy" in opened.says("hoa", "nộp", "nộp")
    assert _state(opened) is AssessmentState.OPEN
    (notice,) = opened.notices(ME)[before:]
    assert "chưa có chỉ huy trong hệ thống" in notice


def test_a_head_of_another_unit_confirms_nothing_here(opened: Talk) -> None:
    _fill(opened)
    _add(opened, "truong", Role.HEAD, _commune(opened).id)
    _add(opened, "truong-khac", Role.HEAD, _commune(opened, "Mỹ Long Nam").id)
    opened.says("hoa", "nộp")
    code = opened.notices("truong")[0].rsplit("xem ", 1)[1].strip("”. ")
    assert "Không có bộ tiêu chí nào" in opened.says("truong-khac", f"xem {code}")
    with opened.store.begin() as tx:
        address = tx.addresses.lock("zalo", "", "truong-khac")
        assert address is not None
        (assessment,) = tx.assessments.of_unit(_commune(opened).id, YEAR)
        tx.addresses.set_menu(address.id, f"h:{assessment.id}:{assessment.version}")
    opened.says("truong-khac", "ĐỒNG Ý")
    assert _state(opened) is AssessmentState.OPEN


def test_the_head_confirms_by_the_word_after_he_saw_it(opened: Talk) -> None:
    _fill(opened)
    _add(opened, "truong", Role.HEAD, _commune(opened).id)
    _add(opened, "tham-dinh", Role.REVIEWER, UnitId(Structure.Y2021, "84"))
    opened.says("hoa", "nộp")
    opened.says("truong", "đồng ý")
    assert _state(opened) is AssessmentState.OPEN, "he has not seen it"
    code = opened.notices("truong")[0].rsplit("xem ", 1)[1].strip("”. ")
    assert "gõ ĐỒNG Ý" in opened.says("truong", f"xem {code}")
    opened.says("truong", "1")
    assert _state(opened) is AssessmentState.OPEN
    assert "đơn vị tự đánh giá" in opened.says("truong", "dong y")
    assert _state(opened) is AssessmentState.HANDED_IN
    assert "xác nhận nộp" in opened.notices("hoa")[-1]
    assert "Chờ thẩm định" in opened.notices("tham-dinh")[-1]
    assert "không sửa" in opened.says("hoa", "sửa I.1.a")


def test_one_person_as_officer_and_head_of_one_unit_is_not_asked_which(opened: Talk) -> None:
    _fill(opened)
    with opened.store.begin() as tx:
        person = tx.people.by_handle("can-bo-my-long-bac")
        assert person is not None
        tx.people.add_post(person.id, Post(role=Role.HEAD, unit=_commune(opened).id))
    said = opened.says("hoa", "nộp")
    assert "gõ ĐỒNG Ý" in said
    opened.says("hoa", "ĐỒNG Ý")
    assert _state(opened) is AssessmentState.HANDED_IN


def test_two_units_are_asked_once_and_kept_apart(opened: Talk) -> None:
    with opened.store.begin() as tx:
        person = tx.people.by_handle("can-bo-my-long-bac")
        assert person is not None
        there = Post(role=Role.OFFICER, unit=_commune(opened, "Mỹ Long Nam").id)
        tx.people.add_post(person.id, there)
    assert "vai trò nào" in opened.says("hoa", "làm tiếp")
    assert "xã Mỹ Long Nam" in opened.says("hoa", "2")
    assert "xã Mỹ Long Nam" in opened.says("hoa", "làm tiếp")
    opened.says("hoa", "sửa I.1.c", "1")
    with opened.store.read() as tx:
        (mine,) = tx.assessments.of_unit(there.unit, YEAR)
        (other,) = tx.assessments.of_unit(_commune(opened).id, YEAR)
        assert list(tx.assessments.answers(mine.id)) == ["I.1.c"]
        assert tx.assessments.answers(other.id) == {}
    opened.says("hoa", "đổi vai", "1")
    assert "xã Mỹ Long Bắc" in opened.says("hoa", "menu")


# Figures of earlier years


def _figures(talk: Talk, count: int, number: str = "") -> None:
    with talk.store.begin() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        figure = EarlierFigure(
            unit=_commune(talk).id,
            set_id="tra-vinh-1672-2022",
            requirement_id="I.5.b",
            year=YEAR - 1,
            measure="cases",
            count=count,
            document_number=number,
        )
        tx.earlier_figures.save([figure], person.id, talk.now)


def test_last_years_figure_is_offered_with_its_source_and_not_filled_in(opened: Talk) -> None:
    _figures(opened, 12, "45/BC-CAX")
    said = opened.says("hoa", "sửa I.5.b")
    assert "Năm 2023 đã ghi 12" in said
    assert "văn bản số 45/BC-CAX" in said
    assert "năm 2024?" in opened.says("hoa", "dùng số này")
    assert "năm trước 12, năm nay 11" in opened.says("hoa", "11")


def test_another_number_is_taken_as_readily(opened: Talk) -> None:
    _figures(opened, 12)
    assert "không ghi văn bản" in opened.says("hoa", "sửa I.5.b")
    assert "năm trước 20, năm nay 11" in opened.says("hoa", "20", "11")


def test_without_marks_the_word_still_pauses(opened: Talk) -> None:
    _figures(opened, 12)
    opened.says("hoa", "sửa I.5.b")
    assert "năm 2024?" not in opened.says("hoa", "dung")
    with opened.store.read() as tx:
        (assessment,) = tx.assessments.of_unit(_commune(opened).id, YEAR)
        assert tx.assessments.answers(assessment.id) == {}


def test_the_units_own_answer_of_last_year_is_offered(opened: Talk) -> None:
    opened.says(ME, "cài đặt", "8", "1", str(YEAR + 1), "đồng ý")
    with opened.store.begin() as tx:
        person = tx.people.by_handle("can-bo-my-long-bac")
        assert person is not None
        (before,) = tx.assessments.of_unit(_commune(opened).id, YEAR)
        answer = Answer().adding(FieldName.LAST_YEAR, 9).adding(FieldName.THIS_YEAR, 7)
        tx.assessments.save_answer(before, "I.5.b", answer, person.id, opened.now)
    said = opened.says("hoa", "sửa I.5.b")
    assert "Năm 2024 đã ghi 07" in said
    assert "bộ tiêu chí năm 2024 của đơn vị" in said


def test_where_nothing_is_known_nothing_is_offered(opened: Talk) -> None:
    said = opened.says("hoa", "sửa I.5.b")
    assert "đã ghi" not in said
    assert "năm 2024?" not in opened.says("hoa", "dùng số này")

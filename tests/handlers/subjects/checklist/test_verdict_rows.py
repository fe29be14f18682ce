"""The verdict rows that a conversation leaves are those that judging everything gives."""

from pathlib import Path

import pytest

from domain import assessments
from domain.assessments import find
from domain.criteria import Requirement
from domain.rules import Case, judge
from domain.verdicts import Judgement
from handlers.ground.library import Library
from storage import Store
from storage.verdicts import kept
from tests.demo import BUILT_AT
from tests.handlers.subjects.checklist.page.mylongbac import MY_LONG_BAC
from tests.handlers.talking import Talk

TEXTS = (
    "làm tiếp",
    "hỏi cả nội dung",
    "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 mật",
    "đúng",
    "1 có 2 có 3 không 4 đạt 5 đạt 6 đạt",
    "sửa 3 có",
    "đúng",
    "sửa I.1.d",
    "2",
    "làm tiếp",
    "hỏi từng câu",
    "1",
    "2",
    "bỏ qua",
    "1",
)


@pytest.mark.parametrize("channel", ["zalo", "web"])
def test_rows_after_each_text_are_those_of_judging_everything(
    demo_file: Path, channel: str
) -> None:
    with Store(str(demo_file)) as store:
        library = Library()
        talk = Talk(store=store, library=library, now=BUILT_AT)
        talk.let_in("can-bo", channel=channel)
        for text in TEXTS:
            talk.says("can-bo", text, channel=channel)
            _compare(store, library)
        with store.begin() as tx:
            (assessment,) = tx.assessments.of_unit(MY_LONG_BAC, 2024)
            assert len(tx.assessments.answers(assessment.id)) > len(TEXTS) // 2


def _compare(store: Store, library: Library) -> None:
    with store.begin() as tx:
        (assessment,) = tx.assessments.of_unit(MY_LONG_BAC, 2024)
        unit = tx.units.get(MY_LONG_BAC)
        assert unit is not None
        criteria = library.criteria(assessment.set_id, assessment.set_hash, tx)
        answers = tx.assessments.answers(assessment.id)
        rows = {one.subject: one for one in tx.assessments.verdict_rows(assessment.id)}
        expected = {
            finding.subject: kept(assessment.id, finding)
            for part in criteria.parts_for(unit.kind)
            for finding in find(criteria, part, answers, year=assessment.year)
        }
        assert rows == (expected if answers else {})


def test_a_later_answer_judges_its_own_item_only(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def noting(row: Requirement, case: Case) -> Judgement:
        judged.append(row.id)
        return judge(row, case)

    monkeypatch.setattr(assessments, "judge", noting)
    with Store(str(demo_file)) as store:
        talk = Talk(store=store, library=Library(), now=BUILT_AT)
        talk.let_in("can-bo", channel="web")
        for text in ("làm tiếp", "3"):
            talk.says("can-bo", text, channel="web")
        assert len(judged) > 50, "the first answer of all judges everything"
        judged.clear()
        talk.says("can-bo", "2", channel="web")
        # II.1 asks whether all of Part I is met.
        assert sorted(judged) == ["I.1.a", "I.1.b", "I.1.c", "I.1.d", "I.1.e", "II.1"]

"""What a free question is about."""

import pytest

from domain.units import Structure, UnitKind
from handlers.understanding.intents import Intent
from handlers.understanding.questions import intent_of
from handlers.understanding.text import strip_marks
from locales import Words
from packs.units import load_units


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("tình hình xã Mỹ Long Bắc", Intent.STATUS),
        ("tinh hinh xa my long bac", Intent.STATUS),
        ("tình hình xã Mỹ Long Bắc ra sao", Intent.STATUS),
        ("xã Mỹ Long Bắc thế nào rồi", Intent.STATUS),
        ("kết quả xã Mỹ Long Bắc", Intent.STATUS),
        ("tiến độ xã Mỹ Long Bắc", Intent.STATUS),
        ("xã Mỹ Long Bắc đạt chưa", Intent.STATUS),
        ("xem xã Mỹ Long Bắc", Intent.STATUS),
        ("how is Mỹ Long Bắc", Intent.STATUS),
        ("status of Mỹ Long Bắc", Intent.STATUS),
        ("vì sao xã Mỹ Long Bắc chưa đạt", Intent.WHY),
        ("vi sao xa my long bac chua dat", Intent.WHY),
        ("tại sao chưa đạt", Intent.WHY),
        ("lý do xã Mỹ Long Bắc chưa đạt", Intent.WHY),
        ("lí do chưa đạt", Intent.WHY),
        ("sao xã Mỹ Long Bắc chưa đạt", Intent.WHY),
        ("xã Mỹ Long Bắc sao chưa đạt", Intent.WHY),
        ("xã Mỹ Long Bắc còn vướng gì", Intent.WHY),
        ("xã Mỹ Long Bắc vướng", Intent.WHY),
        ("con vuong gi", Intent.WHY),
        ("còn thiếu gì", Intent.WHY),
        ("vì sao", Intent.WHY),
        ("why is Mỹ Long Bắc not met", Intent.WHY),
        ("xã nào chưa nộp", Intent.MISSING),
        ("xa nao chua nop", Intent.MISSING),
        ("ai chưa nộp báo cáo", Intent.MISSING),
        ("đơn vị nào chậm nộp", Intent.MISSING),
        ("xã nào chưa gửi báo cáo", Intent.MISSING),
        ("vì sao xã nào cũng chưa nộp", Intent.MISSING),
        ("who has not handed in", Intent.MISSING),
        ("các hạn nộp trong năm", Intent.DATES),
        ("hạn nộp báo cáo 6 tháng", Intent.DATES),
        ("bao giờ đến hạn", Intent.DATES),
        ("khi nào phải nộp báo cáo", Intent.DATES),
        ("han nop", Intent.DATES),
        ("bao giờ phải nộp báo cáo", Intent.DATES),
        ("xã tôi nộp báo cáo chưa", Intent.DATES),
        ("Sở Y tế nộp chưa", Intent.DATES),
        ("deadlines", Intent.DATES),
        ("thị trấn Chùa Hang đã nộp", Intent.UNKNOWN),
        ("xã Mỹ Long Bắc", Intent.UNKNOWN),
        ("xin chào", Intent.UNKNOWN),
        ("", Intent.UNKNOWN),
        ("12", Intent.UNKNOWN),
    ],
)
def test_what_a_question_is_about(typed: str, intent: Intent) -> None:
    assert intent_of(typed) is intent


def test_the_names_of_places_change_no_question() -> None:
    words = Words("vi")
    names = {
        words.say("common.unit", kind=unit.kind, name=unit.name)
        for structure in Structure
        for unit in load_units(structure).units
        if unit.kind is not UnitKind.DEPARTMENT
    }
    wrong = [
        (question, intent)
        for name in names
        for typed in (name, strip_marks(name))
        for question, wanted in ((typed, Intent.UNKNOWN), (f"tình hình {typed}", Intent.STATUS))
        if (intent := intent_of(question)) is not wanted
    ]

    assert len(names) > 9_000
    assert wrong == []

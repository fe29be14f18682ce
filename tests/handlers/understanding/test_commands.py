"""Commands: every phrase in both languages, and no other text."""

import unicodedata
from datetime import date

import pytest

from domain.units import Structure
from handlers.understanding.commands import PHRASES, Command, Order, read_order
from handlers.understanding.text import strip_marks
from locales import Words
from packs import load_pack
from packs.units import load_units

EVERY_PHRASE = [
    pytest.param(command, phrase, id=phrase)
    for command, phrases in PHRASES.items()
    for phrase in phrases
]


@pytest.mark.parametrize(("command", "phrase"), EVERY_PHRASE)
def test_a_phrase_is_its_command_however_it_is_typed(command: Command, phrase: str) -> None:
    wanted = Order(command=command)
    for typed in (
        phrase,
        phrase.upper(),
        phrase.capitalize() + ".",
        f"  {phrase} ! ",
        f"/{phrase}",
        unicodedata.normalize("NFD", phrase),
        phrase.replace(" ", "  "),
        strip_marks(phrase),
        strip_marks(phrase).upper(),
    ):
        assert read_order(typed) == wanted, typed


def test_every_command_has_a_way_to_be_said() -> None:
    by_pattern = {Command.FIX, Command.HANDED_IN}
    only_from_the_menu = {Command.STATUS}

    assert set(Command) - set(PHRASES) == by_pattern | only_from_the_menu
    phrases = [strip_marks(phrase) for group in PHRASES.values() for phrase in group]
    assert len(phrases) == len(set(phrases))


ACTIONS = {
    "skip": Command.SKIP,
    "back": Command.BACK,
    "explain": Command.EXPLAIN,
    "not_applicable": Command.NOT_APPLICABLE,
    "later": Command.LATER,
    "keep": Command.KEEP,
    "resume": Command.RESUME,
    "result": Command.RESULT,
    "menu": Command.MENU,
}


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize(("action", "command"), ACTIONS.items())
def test_the_word_on_a_button_is_a_command(locale: str, action: str, command: Command) -> None:
    assert read_order(Words(locale).say(f"actions.{action}")) == Order(command=command)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("sửa", Order(command=Command.FIX)),
        ("sửa câu", Order(command=Command.FIX)),
        ("sửa I.5.b", Order(command=Command.FIX, about="I.5.b")),
        ("sua i.5.b", Order(command=Command.FIX, about="I.5.b")),
        ("sửa câu I.5.B", Order(command=Command.FIX, about="I.5.b")),
        ("Sửa lại câu III.3.d ạ", Order(command=Command.FIX, about="III.3.d")),
        ("fix I.5.b", Order(command=Command.FIX, about="I.5.b")),
        ("correct i.1.a", Order(command=Command.FIX, about="I.1.a")),
        ("kết quả I.5", Order(command=Command.RESULT, about="I.5")),
        ("ket qua noi dung i.5", Order(command=Command.RESULT, about="I.5")),
        ("kết quả mục II.3", Order(command=Command.RESULT, about="II.3")),
        ("result I.5", Order(command=Command.RESULT, about="I.5")),
        ("đã nộp", Order(command=Command.HANDED_IN)),
        ("đã nộp N3", Order(command=Command.HANDED_IN, about="N3")),
        ("da nop n3", Order(command=Command.HANDED_IN, about="N3")),
        ("Đã nộp N 3.", Order(command=Command.HANDED_IN, about="N3")),
        ("đã nộp N3 rồi ạ", Order(command=Command.HANDED_IN, about="N3")),
        ("đã nộp báo cáo N3", Order(command=Command.HANDED_IN, about="N3")),
        ("đã nộp N3 hôm nay", Order(command=Command.HANDED_IN, about="N3")),
        ("nộp rồi", Order(command=Command.HANDED_IN)),
        ("đã nộp báo cáo 6 tháng", Order(command=Command.HANDED_IN, about="bao cao 6 thang")),
        ("đã nộp N3 – Báo cáo 06 tháng", Order(command=Command.HANDED_IN, about="N3")),
        ("da nop n2 ngay 3/6", Order(command=Command.HANDED_IN, about="N2", day_month=(3, 6))),
        ("đã nộp ngày 3 tháng 6", Order(command=Command.HANDED_IN, day_month=(3, 6))),
        ("đã nộp báo cáo chưa", None),
        ("đã nộp báo cáo 6 tháng ngày 31/2", None),
        ("đã nộp N2 ngày 31/2/2027", None),
        ("handed in N3", Order(command=Command.HANDED_IN, about="N3")),
        ("done n12", Order(command=Command.HANDED_IN, about="N12")),
        (
            "đã nộp N3 ngày 12/06/2027",
            Order(command=Command.HANDED_IN, about="N3", on=date(2027, 6, 12)),
        ),
        (
            "đã nộp N3 12.6.27",
            Order(command=Command.HANDED_IN, about="N3", on=date(2027, 6, 12)),
        ),
        ("đã gửi ngày 12/06/2027", Order(command=Command.HANDED_IN, on=date(2027, 6, 12))),
    ],
)
def test_a_command_with_what_it_is_about(typed: str, order: Order) -> None:
    assert read_order(typed) == order


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "12",
        "có",
        "chưa",
        "chưa có",
        "không",
        # One syllable with other marks is another word
        "đúng",
        "hàn",
        "hân",
        "dũng",
        "hí",
        "chảo",
        "lích",
        "giúp đỡ",
        # Names and numbers that contain a command's word
        "12-NQ/ĐU",
        "Bỏ qua mặc cảm",
        "Tiếp nhận tố giác",
        "Hạn chế tai nạn giao thông",
        "Lịch sự, văn minh",
        "Chào cờ đầu tuần",
        "Hướng dẫn viên an toàn giao thông",
        "Tổ sửa xe lưu động",
        "sữa chua",
        "sửa chữa đường",
        "Đã nộp đơn",
        "kết quả tốt",
        "Việc làm cho thanh niên",
        "menu 2",
        # A hand-in on a day that cannot be read is not one of today
        "đã nộp N3 hôm qua",
        "đã nộp N3 chưa?",
        "đã nộp N3 ngày 31/02/2027",
        "vì sao",
        "tình hình xã Mỹ Long Bắc",
    ],
)
def test_what_is_no_command(typed: str) -> None:
    assert read_order(typed) is None


def test_no_choice_of_the_checklist_is_a_command() -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    labels = {
        label for part in criteria.parts for row in part.requirements() for label in row.choices
    }

    assert [label for label in labels if read_order(label)] == []


def test_no_unit_of_the_country_bears_a_commands_name() -> None:
    names = {unit.name for structure in Structure for unit in load_units(structure).units}

    assert [name for name in names if read_order(name)] == []
    # Without marks one is a command: thị trấn Dùng, if "dừng" is typed so. It pauses, and saves
    # nothing.
    bare = {name for name in map(strip_marks, names) if read_order(name)}
    assert bare == {"Dung"}


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("bỏ qua câu này", Command.SKIP),
        ("bỏ qua đi", Command.SKIP),
        ("giải thích câu này", Command.EXPLAIN),
        ("quay lại câu trước", Command.BACK),
        ("câu này là sao", Command.EXPLAIN),
        ("còn mấy câu", Command.RESUME),
        ("cám ơn đồng chí", Command.THANKS),
        ("cám ơn", Command.THANKS),
    ],
)
def test_a_command_keeps_its_sense_with_a_tail(typed: str, command: Command) -> None:
    order = read_order(typed)

    assert order is not None
    assert order.command is command

"""An order that no subject owns is answered with: nothing was changed, and who could do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.messages import Said
from handlers.deciding.conversation import converse
from handlers.ground.library import Library
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.understanding.deeds import DeedKind, read_deed
from handlers.understanding.intents import Intent
from handlers.understanding.text import strip_marks
from storage import Store, Tx
from tests.demo import BUILT_AT

ORDERS = (
    ("duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("phê duyệt kết quả xã Mỹ Long Bắc đi", DeedKind.APPROVE),
    ("đề nghị công nhận xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("trả lại xã Mỹ Long Bắc vì thiếu số văn bản", DeedKind.RETURN),
    ("xóa dữ liệu xã Mỹ Long Bắc", DeedKind.DELETE),
    ("xoá hết báo cáo của xã Kim Hòa", DeedKind.DELETE),
    ("gia hạn cho xã Mỹ Long Bắc", DeedKind.EXTEND),
    ("cho xã Mỹ Long Bắc gia hạn thêm 3 ngày", DeedKind.EXTEND),
    ("nhắc xã Mỹ Long Bắc", DeedKind.REMIND),
    ("tạm dừng nhắc xã Mỹ Long Bắc", DeedKind.PAUSE),
    ("ghi chú xã Mỹ Long Bắc: tốt", DeedKind.NOTE),
    ("mở lại phiếu xã Mỹ Long Bắc", DeedKind.LOCK),
    ("sửa kết quả xã Mỹ Long Bắc thành đạt", DeedKind.CHANGE),
    ("nhắc các xã chưa nộp", DeedKind.REMIND),
    ("duyệt tất cả các xã", DeedKind.APPROVE),
    ("khóa can-bo-kim-lien", DeedKind.LOCK),
    ("delete data of xã Mỹ Long Bắc", DeedKind.DELETE),
    ("ok duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("tôi đồng ý duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("kính đề nghị đồng chí duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("anh ơi duyệt xã Mỹ Long Bắc giúp em", DeedKind.APPROVE),
    ("chào bot, duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("đừng duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("- duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("1. duyệt xã Mỹ Long Bắc", DeedKind.APPROVE),
    ("xã Mỹ Long Bắc: duyệt", DeedKind.APPROVE),
    ("xã Mỹ Long Bắc duyệt đi", DeedKind.APPROVE),
    ("cho xã Mỹ Long Bắc đạt", DeedKind.APPROVE),
    ("duyệt giúp xã Mỹ Long Bắc được không", DeedKind.APPROVE),
    ("“xóa dữ liệu xã Mỹ Long Bắc”", DeedKind.DELETE),
    ("hủy kết quả xã Mỹ Long Bắc", DeedKind.DELETE),
    ("thu hồi kết quả xã Mỹ Long Bắc", DeedKind.DELETE),
    ("xóa dữ liệu xã Mỹ Long Bắc vì nhập sai, không dùng nữa", DeedKind.DELETE),
    ("xin gia hạn", DeedKind.EXTEND),
    ("gia hạn thêm 5 ngày", DeedKind.EXTEND),
)
NO_ORDERS = (
    "tình hình xã Mỹ Long Bắc",
    "xã Mỹ Long Bắc duyệt chưa",
    "duyệt xã nào rồi",
    "duyệt xã Mỹ Long Bắc chưa",
    "ai duyệt xã Mỹ Long Bắc?",
    "khi nào xóa dữ liệu",
    "xã Mỹ Long Bắc",
    "sửa I.5.b",
    "nhắc lại kết quả xã Mỹ Long Bắc",
    "cho tôi biết tình hình nộp hồ sơ xã Mỹ Long Bắc",
    "cho tôi xem ghi chú xã Mỹ Long Bắc",
    "cập nhật tình hình xã Mỹ Long Bắc",
    "thẩm định xã Mỹ Long Bắc đến đâu rồi",
    "Hạ Sơn kết quả",
    "Hạ Sơn Quỳ Hợp",
    "Đội Cung thành phố Vinh",
    "nhắc qua Zalo",
)

NAMES_OF_MODELS = (
    "Nhắc nhau giữ xã Mỹ Long Bắc bình yên",
    "Xóa đói giảm nghèo xã Mỹ Long Bắc",
    "Giao ước thi đua xã Mỹ Long Bắc",
    "Ghi nhận tin báo của xã Mỹ Long Bắc",
    "Nhắc nhau giữ xóm",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def tx(demo_file: Path) -> Iterator[Tx]:
    with Store(str(demo_file)) as store, store.begin() as tx:
        yield tx


@pytest.mark.parametrize(("text", "kind"), ORDERS)
def test_an_order_is_read_with_and_without_marks(text: str, kind: DeedKind) -> None:
    for said in (text, strip_marks(text), text.upper()):
        deed = read_deed(said)
        assert deed is not None
        assert deed.kind is kind


@pytest.mark.parametrize("text", NO_ORDERS)
def test_a_question_or_a_name_is_no_order(text: str, tx: Tx, library: Library) -> None:
    reply = _reply(tx, library, "giam-sat", text)
    assert reply.intent is not Intent.NOT_DONE


@pytest.mark.parametrize("who", ["can-bo", "chi-huy", "tham-dinh", "giam-sat", "hoi-dong"])
@pytest.mark.parametrize("text", [text for text, _kind in ORDERS])
def test_nothing_was_changed_is_said_first(text: str, who: str, tx: Tx, library: Library) -> None:
    reply = _reply(tx, library, who, text)
    assert reply.intent is Intent.NOT_DONE
    assert reply.text.startswith("Chưa có gì thay đổi.")


@pytest.mark.parametrize("text", [text for text, _kind in ORDERS])
def test_it_is_said_so_too_in_the_middle_of_a_question(text: str, tx: Tx, library: Library) -> None:
    first = _reply(tx, library, "can-bo", "làm tiếp")
    turn = _turn(tx, library, "can-bo")
    reply = converse(turn, Said(text=text), first.menu)
    assert reply.text.startswith("Chưa có gì thay đổi.")
    assert "I.1.a" in reply.text, "the question that still waits is named"


@pytest.mark.parametrize("text", NAMES_OF_MODELS)
def test_the_name_of_a_model_is_no_order(text: str) -> None:
    assert read_deed(text) is None
    assert read_deed(strip_marks(text)) is None


@pytest.mark.parametrize(
    "text", ["khóa can-bo?", "hủy vào M1?", "rút Q1?", "bỏ kênh K1?", "trả lại H1 được không"]
)
def test_a_question_with_the_words_of_an_order_changes_nothing(
    text: str, tx: Tx, library: Library
) -> None:
    before = len(tx.audit.listing())
    _reply(tx, library, "quan-tri", text)
    assert len(tx.audit.listing()) == before


def test_of_a_unit_that_nobody_sees_nothing_more_is_said(tx: Tx, library: Library) -> None:
    seen = _reply(tx, library, "can-bo", "duyệt xã Mỹ Long Bắc").text
    assert _reply(tx, library, "can-bo", "duyệt xã Kim Hòa").text == seen
    assert _reply(tx, library, "can-bo", "duyệt xã Hoằng Phú").text == seen


def test_whose_task_it_is_hears_that_it_cannot_be_done_here(tx: Tx, library: Library) -> None:
    mine = _reply(tx, library, "tham-dinh", "duyệt xã Mỹ Long Bắc").text
    assert "thuộc nhiệm vụ của đồng chí" in mine


def _turn(tx: Tx, library: Library, who: str) -> Turn:
    person = tx.people.by_handle(who)
    assert person is not None
    return Turn(tx=tx, now=BUILT_AT, library=library, person=person)


def _reply(tx: Tx, library: Library, who: str, text: str) -> Reply:
    return converse(_turn(tx, library, who), Said(text=text), None)

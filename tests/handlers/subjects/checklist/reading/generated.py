"""Texts together with what they mean, made of a core and what is only noise around it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from domain.answers import FieldName, Value
from domain.criteria import AskedAs, Requirement
from handlers.subjects.checklist.reading.asked import Fields
from handlers.understanding.text import strip_marks
from tests.domain.tra_vinh import CRITERIA, YEAR

ROWS: Final = tuple(row for item in CRITERIA.parts[0].items for row in item.requirements)
"""The requirements of Part I."""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A text and the fields that it gives."""

    text: str
    fields: Fields


REJECTIONS: Final = (
    "sai rồi", "nhầm rồi", "khoan đã", "khoan, sai rồi", "đừng lưu", "đừng ghi vội", "không lưu",
    "từ từ đã", "hủy", "huỷ bỏ", "nhầm",
)  # fmt: skip
POSTPONEMENTS: Final = (
    "để mai tính", "để mai", "mai làm tiếp", "lát nữa tôi trả lời", "hôm sau", "chiều làm tiếp",
    "để hỏi lại đội trưởng", "chưa nhớ số", "không biết", "bận họp rồi", "câu này để sau",
)  # fmt: skip
ORDERS: Final = (
    "kết quả", "trợ giúp", "giải thích", "bỏ qua", "quay lại", "nộp", "hỏi từng câu",
    "duyệt xã Mỹ Long Bắc", "xóa dữ liệu xã Mỹ Long Bắc", "gia hạn thêm 5 ngày",
    "nhắc các xã chưa nộp", "cho xã Mỹ Long Bắc đạt",
)  # fmt: skip
QUESTIONS: Final = (
    "câu này là sao?", "tính cả vụ dân sự không?", "tình hình xã Mỹ Long Bắc", "hạn nộp ngày nào?",
    "ghi thế nào?", "không hiểu", "có cần số văn bản không?", "khi nào nộp báo cáo",
    "tại sao hỏi câu này", "xã Mỹ Long Bắc đạt chưa?",
)  # fmt: skip
NO_ANSWERS: Final = (*REJECTIONS, *POSTPONEMENTS, *ORDERS, *QUESTIONS)

_HEADS: Final = ("", "dạ ", "dạ anh ơi ", "em ơi ")
_TAILS: Final = ("", " ạ", " nhé", " nha em", "!")
_STYLES: Final[tuple[Callable[[str], str], ...]] = (
    str,
    str.upper,
    strip_marks,
    lambda text: unicodedata.normalize("NFD", text),
)


@st.composite
def no_answers(draw: st.DrawFn) -> str:
    """A text that answers no question, with noise around it."""
    core = draw(st.sampled_from(NO_ANSWERS))
    tail = "" if core.endswith("?") else draw(st.sampled_from(_TAILS))
    return _styled(draw, f"{draw(st.sampled_from(_HEADS))}{core}{tail}")


@st.composite
def answers(draw: st.DrawFn, row: Requirement) -> Meant:
    """An answer to a question whose kind is in `GIVING`, with noise around it."""
    meant = draw(GIVING[row.asked_as])
    text = f"{draw(st.sampled_from(_HEADS))}{meant.text}{draw(st.sampled_from(_TAILS[:-1]))}"
    return Meant(text=_styled(draw, text), fields=meant.fields)


def _styled(draw: st.DrawFn, text: str) -> str:
    return draw(st.sampled_from(_STYLES))(text)


@st.composite
def _two_years(draw: st.DrawFn) -> Meant:
    this, last = draw(st.integers(0, 60)), draw(st.integers(0, 60))
    text = draw(
        st.sampled_from(
            (
                f"{this} so với {last}",
                f"năm nay {this}, năm ngoái {last}",
                f"năm ngoái {last}, năm nay {this}",
                f"năm {YEAR} {this} vụ, năm {YEAR - 1} {last} vụ",
                f"năm {YEAR - 1}: {last}, năm {YEAR}: {this}",
            )
        )
    )
    return Meant(text=text, fields={FieldName.LAST_YEAR: last, FieldName.THIS_YEAR: this})


@st.composite
def _documents(draw: st.DrawFn) -> Meant:
    number = f"{draw(st.integers(10, 200))}/{draw(st.sampled_from(('KH', 'BC', 'QĐ')))}-UBND"
    day = date(YEAR, 1, 1) + timedelta(days=draw(st.integers(0, 330)))
    text = draw(
        st.sampled_from(
            (
                f"có, số {number} ngày {day:%d/%m/%Y}",
                f"{number} ngày {day:%d/%m/%Y}",
                f"rồi, {number}, ký {day:%d-%m-%Y}",
                f"ngày {day:%d/%m/%Y} số {number}",
            )
        )
    )
    given: dict[FieldName, Value] = {
        FieldName.CHOICE: 0,
        FieldName.NUMBER: number,
        FieldName.ISSUED_ON: day,
    }
    return Meant(text=text, fields=given)


_YES_OR_NO: Final = st.sampled_from(
    tuple(
        Meant(text=text, fields={FieldName.CHOICE: choice})
        for choice, texts in enumerate(
            (("có", "có rồi", "đã làm rồi", "xong rồi"), ("chưa", "chưa làm được", "chưa có"))
        )
        for text in texts
    )
)

GIVING: Final[dict[AskedAs, st.SearchStrategy[Meant]]] = {
    AskedAs.YEAR_ON_YEAR: _two_years(),
    AskedAs.DOCUMENT: _documents(),
    AskedAs.YES_NO: _YES_OR_NO,
}
"""The kinds of question whose answers are made here."""

"""What may not be entered is refused, and similar texts are accepted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.screening import Forbidden, forbidden_in, says_secret
from handlers.understanding.text import strip_marks
from packs import load_pack

MARK, PHONE, IDENTITY = Forbidden.SECRECY_MARK, Forbidden.PHONE_NUMBER, Forbidden.IDENTITY_NUMBER

HARMLESS = [
    "",
    "mặt trận",
    "Ủy ban Mặt trận Tổ quốc Việt Nam xã",
    "MẶT TRẬN TỔ QUỐC",
    "Kế hoạch phối hợp với Mặt trận",
    "mật độ dân số",
    "Mật độ",
    "MẬT ĐỘ",
    "MẬT ĐỘ DÂN SỐ CAO",
    "báo cáo mật độ giao thông",
    "tài liệu mật độ dân cư",
    "mức mật độ",
    "mức độ mật thiết",
    "bảo mật",
    "Bảo mật thông tin",
    "BẢO MẬT",
    "tuân thủ quy định bảo mật của ngành",
    "An toàn Bảo Mật mạng",
    "bí mật",
    "Luật Bảo vệ bí mật nhà nước",
    "mô hình tuyên truyền bảo vệ bí mật nhà nước",
    "thân mật",
    "Cơ mật",
    "mật ong",
    "MẬT ONG RỪNG",
    "Mật khẩu",
    "mật khẩu",
    "rừng rậm",
    "mất mát",
    "mát mẻ; mắt; mặt bằng",
    "tôi mật báo",
    # Document numbers, dates, figures
    "12-NQ/ĐU",
    "1672/CAT-PV05",
    "0123/QĐ-UBND",
    "05/2024/QĐ-UBND ngày 10/01/2024",
    "104/KH-UBND, 07/02/2024",
    "05-01-2024 15-02-2024",
    "05.01.2024 15.02.2024",
    "ngày 05.01.2024 12 vụ",
    "2024-01-05 08 30 15",
    "so-lieu_2023_2024_2025.xlsx",
    "mat_tran_to_quoc.xlsx",
    "so sánh 2021 2022 2023 2024",
    "98.765 vụ",
    "1.234.567 lượt người",
    "123.456.789.012",
    "tình hình xã Mỹ Long Bắc năm 2024",
]
HARMLESS_WITHOUT_MARKS = [
    "mat tran to quoc",
    "ke hoach mat tran",
    "van ban mat tran to quoc",
    "nghi quyet mat tran xa",
    "bao cao mat do dan so",
    "ke hoach giai phong mat bang",
    "ho so mat cap",
    "tai lieu mat tich",
    "toi mat giay to",
    "bao mat",
    "mat ong",
    "mat",
    "bi mat",
    "bao ve bi mat nha nuoc",
]
MARKED = [
    "tuyệt mật",
    "Tuyệt mật",
    "TUYỆT MẬT",
    "Tối mật",
    "tối  mật",
    "tối-mật",
    "văn bản mật số 5",
    "văn bản mật",
    "(MẬT)",
    "(mật)",
    "[Mật]",
    '"mật"',
    "“Mật”",
    "*Mật*",
    "tài liệu Mật",
    "TÀI LIỆU MẬT",
    "MẬT",
    "mật",
    "Mật.",
    "độ mật",
    "Độ mật: Tối mật",
    "dấu Mật",
    "đóng dấu mật",
    "công văn số 12/CV-CAX mật",
    "KH 12/KH-CAX (Mật)",
    "Văn bản này thuộc loại Mật",
    "văn bản bí mật nhà nước",
    "nội dung bí mật nhà nước",
    "van ban mật",
    "văn bản maatj",
    "kế hoạch ma65t số 3",
    "12-NQ/ĐU Mật",
    "Van_ban_tuyet_mat.docx",
    "KE_HOACH_05_(MẬT).xlsx",
    "tài\u200bliệu: Mật",
]
MARKED_WITHOUT_MARKS = [
    "tuyet mat",
    "TUYET MAT",
    "van ban mat",
    "van ban mat so 5",
    "tai lieu mat.",
    "ke hoach 05 mat",
    "van ban toi mat",
    "dong dau mat",
    "(mat)",
    "bi mat nha nuoc",
]
NUMBERS = [
    ("0912345678", PHONE),
    ("gọi 0912345678 nhé", PHONE),
    ("0912 345 678", PHONE),
    ("0912.345.678", PHONE),
    ("091-234-5678", PHONE),
    ("(091) 234 5678", PHONE),
    ("0 9 1 2 3 4 5 6 7 8", PHONE),
    ("+84912345678", PHONE),
    ("+84 912 345 678", PHONE),
    ("+84 (0) 912 345 678", PHONE),
    ("84912345678", PHONE),
    ("84 912 345 678", PHONE),
    ("0294 3855 123", PHONE),
    ("０９１２３４５６７８", PHONE),
    ("0912\u200b345678", PHONE),
    ("0912–345–678", PHONE),
    ("đt:0912345678/0987654321", PHONE),
    ("LH-0912345678", PHONE),
    ("danh_ba_0912_345_678.xlsx", PHONE),
    ("12-NQ/ĐU 0912345678", PHONE),
    ("079123456789", IDENTITY),
    ("079 123 456 789", IDENTITY),
    ("079.123.456.789", IDENTITY),
    ("079-123-456-789", IDENTITY),
    ("0791 2345 6789", IDENTITY),
    ("0 7 9 1 2 3 4 5 6 7 8 9", IDENTITY),
    ("CCCD:079123456789", IDENTITY),
    ("123456789012", IDENTITY),
    ("ngày 05/01/2024, 079123456789", IDENTITY),
]


@pytest.mark.parametrize("text", [*HARMLESS, *HARMLESS_WITHOUT_MARKS])
def test_a_harmless_text_passes(text: str) -> None:
    assert forbidden_in(text) is None
    assert forbidden_in(unicodedata.normalize("NFD", text)) is None


@pytest.mark.parametrize("text", [*MARKED, *MARKED_WITHOUT_MARKS])
def test_a_mark_of_secrecy_is_caught(text: str) -> None:
    assert forbidden_in(text) is MARK
    assert forbidden_in(unicodedata.normalize("NFD", text)) is MARK


@pytest.mark.parametrize(("text", "kind"), NUMBERS)
def test_a_personal_number_is_caught(text: str, kind: Forbidden) -> None:
    assert forbidden_in(text) is kind


@pytest.mark.parametrize("text", ["0912345678 12 vụ", "0912345678, 0987654321", "3 0912345678"])
def test_a_personal_number_among_other_figures_is_caught_as_one_or_the_other(text: str) -> None:
    assert forbidden_in(text) in {PHONE, IDENTITY}


def test_no_word_of_the_documents_themselves_is_caught_but_their_own_choice() -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    texts = [
        text
        for part in criteria.parts
        for row in part.requirements()
        for text in (row.question, row.label, row.counted, row.verbatim, *row.choices)
    ]

    caught = {text for text in texts if forbidden_in(text)}
    assert caught == {"Có, văn bản mật: không ghi số"}


# Inserted into any text

_LETTERS = "abcdeghiklmnopqrstuvxyàáảãạăâđêôơư"
_AROUND = st.lists(st.text(_LETTERS, min_size=1, max_size=8), max_size=8).map(" ".join)
_FIGURES = st.integers(0, 10**8 - 1).map(lambda number: f"{number:08d}")
_GROUPINGS = st.sampled_from([(10,), (4, 3, 3), (3, 3, 4), (2, 2, 2, 2, 2), (5, 5), (4, 6)])
_OF_TWELVE = st.sampled_from([(12,), (3, 3, 3, 3), (4, 4, 4), (3, 9), (1,) * 12])
_BREAKS = st.sampled_from(["", " ", ".", "-"])


def _grouped(figures: str, groups: tuple[int, ...], between: str) -> str:
    pieces, at = [], 0
    for size in groups:
        pieces.append(figures[at : at + size])
        at += size
    return between.join(pieces)


@pytest.mark.fuzz
@given(before=_AROUND, after=_AROUND, figures=_FIGURES, groups=_GROUPINGS, between=_BREAKS)
def test_a_phone_number_planted_anywhere_is_caught(
    before: str, after: str, figures: str, groups: tuple[int, ...], between: str
) -> None:
    planted = _grouped(f"09{figures}", groups, between)

    assert forbidden_in(f"{before} {planted} {after}") is PHONE
    assert forbidden_in(f"{before} +84 9{figures} {after}") is PHONE


@pytest.mark.fuzz
@given(
    before=_AROUND,
    after=_AROUND,
    province=st.integers(1, 96),
    figures=_FIGURES,
    groups=_OF_TWELVE,
    between=_BREAKS,
)
def test_an_identity_number_planted_anywhere_is_caught(
    before: str,
    after: str,
    province: int,
    figures: str,
    groups: tuple[int, ...],
    between: str,
) -> None:
    planted = _grouped(f"{province:03d}1{figures}", groups, between)

    assert forbidden_in(f"{before} {planted} {after}") is not None


@pytest.mark.fuzz
@given(
    before=_AROUND,
    after=_AROUND,
    mark=st.sampled_from(["tuyệt mật", "TỐI MẬT", "(Mật)", "văn bản mật", "dấu mật", "MẬT"]),
)
def test_a_mark_planted_anywhere_is_caught(before: str, after: str, mark: str) -> None:
    # "mật o…" may continue as "mật ong": the full stop separates the words around from the mark.
    assert forbidden_in(f"{before}. {mark}. {after}") is MARK


@pytest.mark.fuzz
@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    assert forbidden_in(text) in {None, *Forbidden}


@pytest.mark.fuzz
@given(_AROUND)
def test_words_without_figures_or_the_word_itself_pass(text: str) -> None:
    if "mat" not in strip_marks(text).split():
        assert forbidden_in(text) is None


@pytest.mark.parametrize(
    "typed",
    ["mật", "12-NQ/ĐU mật", "đây là văn bản mật", "05/KH-UBND - mat", "cv mật", "QĐ MẬT 15"],
)
def test_one_who_is_asked_for_a_document_says_that_it_is_secret(typed: str) -> None:
    assert says_secret(typed)


@pytest.mark.parametrize(
    "typed", ["12-NQ/ĐU", "12-NQ/ĐU, không mật", "không phải văn bản mật", "12/KH-MTTQ mặt trận"]
)
def test_a_number_without_a_word_of_secrecy_is_no_secret(typed: str) -> None:
    assert not says_secret(typed)


@pytest.mark.parametrize("typed", ["12 NQ mật", "QĐ mật 15", "cv mật"])
def test_a_short_name_of_a_paper_before_the_mark_is_caught(typed: str) -> None:
    assert forbidden_in(typed) is Forbidden.SECRECY_MARK

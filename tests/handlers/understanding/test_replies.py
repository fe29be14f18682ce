"""A typed reply is read as what the open step takes."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import FieldName, Value
from domain.steps import Step, StepKind
from handlers.understanding.replies import labels_of, read_reply
from locales import Words
from packs import load_pack

NUMBER = Step(field=FieldName.THIS_YEAR, kind=StepKind.WHOLE_NUMBER)
DOCUMENT = Step(field=FieldName.NUMBER, kind=StepKind.DOCUMENT_NUMBER)
DAY = Step(field=FieldName.ISSUED_ON, kind=StepKind.DATE)
NAMES = Step(field=FieldName.NAMES, kind=StepKind.NAMES)
CHOICE = Step(field=FieldName.CHOICE, kind=StepKind.CHOICE, options=2)


def _read(step: Step, text: str) -> dict[str, Value]:
    return {name.value: value for name, value in read_reply(step, (), text)}


# A whole number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("05", 5),
        ("１２", 12),
        (" 12 ", 12),
        ("12.", 12),
        ("12 vụ", 12),
        ("12vụ", 12),
        ("12 vụ, việc", 12),
        ("05 (năm) vụ", 5),
        ("có 12 vụ", 12),
        ("là 12", 12),
        ("tổng số: 12 vụ", 12),
        ("12 vụ năm 2023", 12),
        ("1.234", 1234),
        ("12.345 vụ", 12345),
        ("1.234.567", 1234567),
        ("không", 0),
        ("Không có", 0),
        ("khong co", 0),
        (unicodedata.normalize("NFD", "không có"), 0),
        ("không có vụ nào", 0),
        ("không có vụ việc nào cả", 0),
        ("không xảy ra vụ nào", 0),
        ("chưa có", 0),
        ("0 vụ", 0),
        ("none", 0),
    ],
)
def test_a_whole_number_as_people_type_it(typed: str, number: int) -> None:
    assert _read(NUMBER, typed) == {"this_year": number}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-5",
        "1,5",
        "1.5",
        "1,234",
        "1.23",
        "12.34.567",
        "½",
        "5²",
        "12 345",  # two figures, or one with a space for the thousands
        "12 - 15",
        "12/20",
        "10+",
        "~12",
        "khoảng 12",
        "hơn 10 vụ",
        "2 nghìn",
        "2k",
        "3 trăm vụ",
        "1 chục",
        "5%",
        "5 %",
        "5 phần trăm",
        "tăng 5 vụ, giảm 2 vụ",
        "12 vụ 3 người",
        "mười hai",
        "vụ",
        "có",
        "15/01/2024",
        "12345678901",
        "12-NQ/ĐU",
        "không rõ",
        "không áp dụng",
    ],
)
def test_what_is_not_one_whole_number_is_not_guessed(typed: str) -> None:
    assert _read(NUMBER, typed) == {}


@given(st.integers(0, 999_999_999))
def test_every_number_is_read_plain_and_with_thousands(number: int) -> None:
    assert _read(NUMBER, str(number)) == {"this_year": number}
    assert _read(NUMBER, f"{number:,}".replace(",", ".") + " vụ") == {"this_year": number}


# A date


def test_a_date_is_read_and_one_there_is_not_is_not() -> None:
    assert _read(DAY, "ký ngày 15/01/2024") == {"issued_on": date(2024, 1, 15)}
    assert _read(DAY, "31/02/2024") == {}
    assert _read(DAY, "12") == {}


# A document's number, with or without its date


@pytest.mark.parametrize(
    ("typed", "number", "day"),
    [
        ("12-NQ/ĐU", "12-NQ/ĐU", None),
        ("số 12-NQ/ĐU", "12-NQ/ĐU", None),
        ("Số: 12-NQ/ĐU", "12-NQ/ĐU", None),
        ("Số:12-NQ/ĐU.", "12-NQ/ĐU", None),
        (unicodedata.normalize("NFD", "Số 12-NQ/ĐU"), "12-NQ/ĐU", None),
        ("so 12-nq/đu", "12-nq/đu", None),
        ("12 - NQ / ĐU", "12-NQ/ĐU", None),
        ("12 –NQ/ĐU", "12-NQ/ĐU", None),
        ("12 NQ/ĐU", "12 NQ/ĐU", None),
        ("12 NQ ĐU", "12 NQ ĐU", None),
        ("１２-NQ/ĐU", "12-NQ/ĐU", None),
        ("0123/QĐ-UBND", "0123/QĐ-UBND", None),
        ("1672/CAT-PV05", "1672/CAT-PV05", None),
        ("05/2024/QĐ-UBND", "05/2024/QĐ-UBND", None),
        ("NQ-12/ĐU", "NQ-12/ĐU", None),
        ("12-NQ/ĐU ngày 15/01/2024", "12-NQ/ĐU", date(2024, 1, 15)),
        ("12-NQ/ĐU, 15.1.24", "12-NQ/ĐU", date(2024, 1, 15)),
        ("12-NQ/ĐU (15/01/2024)", "12-NQ/ĐU", date(2024, 1, 15)),
        ("12-NQ/ĐU ký ngày 15 tháng 01 năm 2024", "12-NQ/ĐU", date(2024, 1, 15)),
        ("ngày 15/01/2024, số 12-NQ/ĐU", "12-NQ/ĐU", date(2024, 1, 15)),
        ("15/01/2024 - 12-NQ/ĐU", "12-NQ/ĐU", date(2024, 1, 15)),
        ("29/KH-UBND, 20/02/2023", "29/KH-UBND", date(2023, 2, 20)),
        ("12-NQ/ĐU ban hành ngày 2024-01-15", "12-NQ/ĐU", date(2024, 1, 15)),
        ("05/2024/QĐ-UBND ngày 10/01/2024", "05/2024/QĐ-UBND", date(2024, 1, 10)),
        # A date that does not exist is asked again, and is not part of the number
        ("12-NQ/ĐU ngày 31/02/2024", "12-NQ/ĐU", None),
        # Words around it are not stored: they might be names
        ("Nghị quyết số 12-NQ/ĐU của Đảng ủy xã", "12-NQ/ĐU", None),
        ("12-NQ/ĐU Nguyễn Văn A ký", "12-NQ/ĐU", None),
        ("nghị quyết 12-NQ/ĐU", "12-NQ/ĐU", None),
    ],
)
def test_a_document_number_and_the_date_it_may_bring(
    typed: str, number: str, day: date | None
) -> None:
    wanted = [number] if day is None else [number, day]

    assert list(_read(DOCUMENT, typed).values()) == wanted


@pytest.mark.parametrize(
    "typed",
    [
        *("", "có", "đã có nghị quyết", "có 2 văn bản", "15/01/2024", "không nhớ", "số", "?"),
        # A figure without a symbol is a mistake: the number of a choice typed too late
        *("1", "0", "12", "số 15", "1.000", "\\u0000", "12-N"),
    ],
)
def test_words_or_a_date_alone_are_no_document_number(typed: str) -> None:
    assert _read(DOCUMENT, typed) == {}


# Names of a list


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Camera an ninh", ("Camera an ninh",)),
        ("Camera an ninh; Tiếng kẻng an ninh", ("Camera an ninh", "Tiếng kẻng an ninh")),
        ("Camera an ninh;", ("Camera an ninh",)),
        ("1. Camera an ninh\n2. Tiếng kẻng", ("Camera an ninh", "Tiếng kẻng")),
        ("1.Camera an ninh\n2)Tiếng kẻng", ("Camera an ninh", "Tiếng kẻng")),
        ("- Camera an ninh\n\n• Tiếng kẻng.", ("Camera an ninh", "Tiếng kẻng")),
        ("-Camera an ninh", ("Camera an ninh",)),
        ("3 giảm; 4 tự", ("3 giảm", "4 tự")),
        ("Camera an ninh, phòng cháy", ("Camera an ninh, phòng cháy",)),
        (unicodedata.normalize("NFD", "Tiếng kẻng"), ("Tiếng kẻng",)),
        # Words that are commands elsewhere are names within a longer text
        ("Bỏ qua mặc cảm", ("Bỏ qua mặc cảm",)),
        ("chưa có", ()),
        ("Không có", ()),
        ("không có mô hình nào", ()),
        ("chưa có mô hình nào ạ", ()),
        ("0", ()),
        ("0 mô hình", ()),
        ("none yet", ()),
    ],
)
def test_a_list_of_names(typed: str, names: tuple[str, ...]) -> None:
    assert _read(NAMES, typed) == {"names": names}


@pytest.mark.parametrize(
    "typed", ["", "12", "2 mô hình", "có 2 mô hình", "có", "có rồi", "rồi", ";;", "mô hình là gì?"]
)
def test_what_names_no_model_is_not_kept_as_one(typed: str) -> None:
    assert _read(NAMES, typed) == {}


# Choices


def test_a_choice_is_read_by_its_labels() -> None:
    assert read_reply(CHOICE, ("Có", "Chưa"), "chưa") == ((FieldName.CHOICE, 1),)
    assert read_reply(CHOICE, ("Có", "Chưa"), "không biết") == ()


def test_the_labels_are_the_packs_own_or_ours_for_the_claim() -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    ours = ("Có, đề nghị xét bất khả kháng", "Không")
    claim = Step(field=FieldName.FORCE_MAJEURE, kind=StepKind.CHOICE, options=2)

    assert labels_of(criteria.requirement("I.1.c"), CHOICE, ours) == ("Có", "Chưa")
    assert labels_of(criteria.requirement("I.5.g"), claim, ours) == ours
    assert labels_of(criteria.requirement("I.5.g"), NUMBER, ours) == ()


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_our_own_labels_of_the_claim_are_read_back(locale: str) -> None:
    words = Words(locale)
    labels = (
        words.say("checklist.claim_force_majeure"),
        words.say("checklist.no_force_majeure"),
    )

    assert [read_reply(CHOICE, labels, label) for label in labels] == [
        ((FieldName.CHOICE, 0),),
        ((FieldName.CHOICE, 1),),
    ]


# Any text


@pytest.mark.fuzz
@given(st.sampled_from([NUMBER, DOCUMENT, DAY, NAMES, CHOICE]), st.text(max_size=300))
def test_any_text_is_read_as_the_open_field_or_as_nothing(step: Step, text: str) -> None:
    fields = read_reply(step, ("Có", "Chưa"), text)

    assert not fields or fields[0][0] is step.field
    assert len(fields) <= 1 or step is DOCUMENT


@pytest.mark.parametrize("typed", ["không nhớ", "chưa rõ", "đang xây dựng", "NaN", "null"])
def test_what_says_that_nothing_is_known_is_no_name(typed: str) -> None:
    assert _read(NAMES, typed) == {}


@pytest.mark.parametrize("typed", ["Tổ tự quản số 1", "Ánh sáng an ninh", "Không tội phạm"])
def test_a_name_stays_a_name(typed: str) -> None:
    assert _read(NAMES, typed) == {"names": (typed,)}

"""A typed reply to a question with fixed choices."""

import unicodedata

import pytest

from handlers.understanding.choices import read_choice, same_label
from handlers.understanding.text import strip_marks
from packs import load_pack

DOCUMENT = ("Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", "Chưa có")
HAVE = ("Có", "Chưa")
NONE_OR_SOME = ("Không có", "Có")
LISTED = ("Có", "Không")
PASSED = ("Đạt (không phát sinh, hoặc đã ngăn chặn kịp thời)", "Chưa đạt")
ON_PAPER = ("Có, lưu hồ sơ giấy", "Chưa có")
CONVERTED = ("Đã chuyển hóa", "Chưa")
TITLE = ("Đơn vị quyết thắng", "Đơn vị tiên tiến", "Chưa đạt danh hiệu")
RATED = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)
CLAIM = ("Có, đề nghị xét bất khả kháng", "Không")
CLAIM_EN = ("Yes, claim force majeure", "No")

_criteria = load_pack("tra-vinh-1672-2022").criteria
assert _criteria is not None
EVERY_LIST = sorted(
    {row.choices for part in _criteria.parts for row in part.requirements() if row.choices}
)


def test_the_lists_above_are_those_of_the_document() -> None:
    written = {DOCUMENT, HAVE, NONE_OR_SOME, LISTED, PASSED, ON_PAPER, CONVERTED, TITLE, RATED}

    assert set(EVERY_LIST) - written == {("Có rà soát đủ các nhóm", "Chưa")}
    assert written <= set(EVERY_LIST)


# By number


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("1", 0),
        ("2", 1),
        ("１", 0),
        ("２．", 1),
        ("1.", 0),
        ("1)", 0),
        ("(1)", 0),
        (" 2 ", 1),
        ("02", 1),
        ("số 1", 0),
        ("so 2", 1),
        ("Số 1", 0),
        (unicodedata.normalize("NFD", "số 1"), 0),
        ("chọn 2", 1),
        ("chọn số 2", 1),
        ("câu 1", 0),
        ("phương án 2", 1),
        ("đáp án 1", 0),
        ("option 2", 1),
        # No choice has that number: the domain refuses it with how many there are
        ("0", -1),
        ("3", 2),
        ("99", 98),
    ],
)
def test_a_number_is_the_choice_it_numbers(typed: str, index: int) -> None:
    assert read_choice(HAVE, typed) == index


@pytest.mark.parametrize("typed", ["100", "1 2", "1,2", "1/2", "-1", "1.5", "12 vụ", "số", "²"])
def test_another_figure_is_no_choice(typed: str) -> None:
    assert read_choice(HAVE, typed) is None


# By its words


@pytest.mark.parametrize("labels", EVERY_LIST, ids="/".join)
def test_every_label_is_read_as_itself_however_it_is_typed(labels: tuple[str, ...]) -> None:
    for index, label in enumerate(labels):
        for typed in (
            label,
            label.upper(),
            label.lower() + ".",
            f"  {label} ",
            strip_marks(label),
            unicodedata.normalize("NFD", label),
            label.replace(",", "").replace(":", ""),
            f"dạ {label.lower()} ạ",
        ):
            assert read_choice(labels, typed) == index, typed
            if "ạ" not in typed:
                assert same_label(labels, typed) == index, typed


@pytest.mark.parametrize(
    ("labels", "typed", "index"),
    [
        (DOCUMENT, "văn bản mật", 1),
        (DOCUMENT, "có, văn bản mật", 1),
        (DOCUMENT, "có văn bản mật", 1),
        (DOCUMENT, "mật", 1),
        (DOCUMENT, "không ghi số", 1),
        (DOCUMENT, "ghi số", 0),
        (PASSED, "không phát sinh", 0),
        (PASSED, "đã ngăn chặn kịp thời", None),
        (ON_PAPER, "lưu hồ sơ giấy", 0),
        (CLAIM, "đề nghị xét bất khả kháng", 0),
        (RATED, "hoàn thành nhiệm vụ", 2),
        (RATED, "không hoàn thành nhiệm vụ", 3),
        (RATED, "hoàn thành", None),
    ],
)
def test_a_label_may_be_called_by_a_part_that_no_other_has(
    labels: tuple[str, ...], typed: str, index: int | None
) -> None:
    assert read_choice(labels, typed) == index


# By yes or no: what "có", "không", "chưa", "đạt", "rồi", "chưa đạt" mean for each list

YES_AND_NO = [
    # labels                             có   không chưa  đạt   rồi   chưa đạt
    (DOCUMENT,                          (0,    2,    2,    0,    0,    2)),
    (HAVE,                              (0,    1,    1,    0,    0,    1)),
    (("Có rà soát đủ các nhóm", "Chưa"), (0,    1,    1,    0,    0,    1)),
    # "Đạt" to "có ai bị kỷ luật không?" is not "Có", and "chưa đạt" is not "Không có"
    (NONE_OR_SOME,                      (1,    0,    0,    None, None, None)),
    (LISTED,                            (0,    1,    1,    None, None, None)),
    # "Không", "có" to "đã đạt chưa?" may be about what happened: asked again
    (PASSED,                            (None, None, 1,    0,    0,    1)),
    (ON_PAPER,                          (0,    1,    1,    0,    0,    1)),
    (CONVERTED,                         (0,    1,    1,    0,    0,    1)),
    (TITLE,                             (None, None, None, None, None, None)),
    (RATED,                             (None, None, None, None, None, None)),
    (CLAIM,                             (0,    1,    1,    None, None, None)),
    (CLAIM_EN,                          (0,    1,    None, None, None, None)),
]  # fmt: skip
WORDS = ("có", "không", "chưa", "đạt", "rồi", "chưa đạt")


@pytest.mark.parametrize(("labels", "indexes"), YES_AND_NO, ids=lambda value: str(value)[:40])
def test_a_bare_yes_or_no_is_read_only_where_it_means_one_thing(
    labels: tuple[str, ...], indexes: tuple[int | None, ...]
) -> None:
    assert tuple(read_choice(labels, word) for word in WORDS) == indexes
    assert tuple(read_choice(labels, strip_marks(word).upper()) for word in WORDS) == indexes
    assert tuple(read_choice(labels, f"Dạ {word} ạ.") for word in WORDS) == indexes


@pytest.mark.parametrize(
    ("labels", "typed", "index"),
    [
        (NONE_OR_SOME, "ko", 0),
        (NONE_OR_SOME, "k có", 0),
        (NONE_OR_SOME, "chưa có", 0),
        (NONE_OR_SOME, "vâng", 1),
        (HAVE, "đã có", 0),
        (HAVE, "có rồi", 0),
        (HAVE, "đã đạt", 0),
        (HAVE, "yes", 0),
        (HAVE, "no", 1),
        (CLAIM_EN, "y", 0),
    ],
)
def test_other_ways_to_say_yes_and_no(labels: tuple[str, ...], typed: str, index: int) -> None:
    assert read_choice(labels, typed) == index


@pytest.mark.parametrize(
    "typed", ["", "   ", "ok", "tình hình xã Mỹ Long Bắc", "không áp dụng", "bỏ qua", "có" * 60]
)
@pytest.mark.parametrize("labels", EVERY_LIST, ids="/".join)
def test_something_else_said_is_no_choice(labels: tuple[str, ...], typed: str) -> None:
    assert read_choice(labels, typed) is None


# Where words may be another kind of answer


@pytest.mark.parametrize("typed", ["1", "2", "đạt", "không", "12-NQ/ĐU", ""])
def test_a_number_or_a_guess_is_not_the_same_label(typed: str) -> None:
    assert same_label(DOCUMENT, typed) is None

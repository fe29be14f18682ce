"""Entries as they are typed: separators, commas in doubt, from–to and the decision."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.registers import Entries, RegisterEntry
from handlers.subjects.checklist.kinds.register import entry_said
from handlers.subjects.checklist.kinds.words import Asked
from handlers.subjects.checklist.register.entry_text import (
    CommaDoubt,
    Named,
    NotPossible,
    read_entries,
)
from handlers.subjects.checklist.register.orders import (
    Add,
    Edit,
    End,
    Keep,
    Nothing,
    Remove,
    read_fixed,
    read_free,
    read_on_page,
)
from locales import LOCALES, Words
from tests.domain.tra_vinh import row

if TYPE_CHECKING:
    from handlers.ground.turn import Turn


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Camera an ninh", ["Camera an ninh"]),
        ("Camera; Tổ tự quản", ["Camera", "Tổ tự quản"]),
        ("Camera\nTổ tự quản\n", ["Camera", "Tổ tự quản"]),
        ("- Camera\n- Tổ tự quản", ["Camera", "Tổ tự quản"]),
        ("1. Camera\n2. Tổ tự quản", ["Camera", "Tổ tự quản"]),
        ("Camera, Tổ tự quản, Tiếng kẻng", ["Camera", "Tổ tự quản", "Tiếng kẻng"]),
        ("3 mô hình: camera, tổ tự quản, tiếng kẻng", ["camera", "tổ tự quản", "tiếng kẻng"]),
        ("3 mô hình: A; B; C", ["A", "B", "C"]),
        # Where semicolons or lines separate, a comma belongs to a name.
        ("Phòng, chống tội phạm; Camera", ["Phòng, chống tội phạm", "Camera"]),
        ("“phòng, chống tội phạm”", ["phòng, chống tội phạm"]),
    ],
)
def test_names_are_separated(text: str, names: list[str]) -> None:
    found = read_entries(text)
    assert isinstance(found, Named)
    assert [one.name for one in found.entries] == names


@pytest.mark.parametrize("text", ["camera, tổ tự quản", "Phòng, chống tội phạm", "Camera, kẻng"])
def test_a_comma_that_may_be_part_of_a_name_is_in_doubt(text: str) -> None:
    found = read_entries(text)
    assert found == CommaDoubt(apart=tuple(text.split(", ")), whole=text)


def test_each_way_out_of_the_doubt_is_read() -> None:
    found = read_entries("camera, tổ tự quản")
    assert isinstance(found, CommaDoubt)
    apart, whole = read_entries("; ".join(found.apart)), read_entries(f"“{found.whole}”")
    assert isinstance(apart, Named)
    assert isinstance(whole, Named)
    assert (len(apart.entries), len(whole.entries)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Camera (từ 2021)", RegisterEntry(name="Camera", since_year=2021)),
        (
            "Camera (từ 01/03/2022, đến 30/06/2024)",
            RegisterEntry(
                name="Camera",
                since_year=2022,
                since_on=date(2022, 3, 1),
                ended_on=date(2024, 6, 30),
            ),
        ),
        (
            "Camera (từ năm 2022; QĐ 12/QĐ-UBND ngày 28/02/2022)",
            RegisterEntry(
                name="Camera",
                since_year=2022,
                decision_number="12/QĐ-UBND",
                decision_date=date(2022, 2, 28),
            ),
        ),
        ("Camera (đến 2023)", RegisterEntry(name="Camera", ended_on=date(2023, 12, 31))),
        ("Camera (04 ấp)", RegisterEntry(name="Camera (04 ấp)")),
        ("Tổ tự quản (ấp 2)", RegisterEntry(name="Tổ tự quản (ấp 2)")),
    ],
)
def test_the_details_of_an_entry_stand_in_brackets(text: str, entry: RegisterEntry) -> None:
    assert read_entries(text) == Named(entries=(entry,))


def test_an_entry_that_ends_before_it_begins_is_named() -> None:
    found = read_entries("Camera (từ 2022, đến 2021)")
    assert isinstance(found, NotPossible)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("giữ", Keep()),
        ("Giữ 2 mục đã ghi", Keep()),
        ("keep the 2 on record", Keep()),
        ("xóa 2", Remove(number=2)),
        ("remove 2", Remove(number=2)),
        ("kết thúc 2", End(number=2, last_day=None)),
        ("kết thúc 2 ngày 30/6/2024", End(number=2, last_day=date(2024, 6, 30))),
        ("chưa có", Nothing()),
        ("kết thúc 2 ngày 31/2/2024", None),
        ("giữ nguyên", None),
        ("kết thúc", None),
        ("xóa", None),
        ("giữ gìn an ninh", None),
    ],
)
def test_orders_without_a_name(text: str, order: object) -> None:
    assert read_fixed(text) == order


CAMERA = Named(entries=(RegisterEntry(name="Camera"),))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("thêm Camera", Add(told=CAMERA)),
        ("thêm: Camera", Add(told=CAMERA)),
        ("Camera", Add(told=CAMERA)),
        ("sửa 2 Camera", Edit(number=2, told=CAMERA)),
        ("sửa 2: Camera", Edit(number=2, told=CAMERA)),
        ("có rồi", None),
        ("đang xây dựng", None),
        ("3 mô hình", None),
        ("@@@", None),
    ],
)
def test_orders_with_a_name(text: str, order: object) -> None:
    assert read_free(text) == order


KNOWN = (RegisterEntry(id=7, name="Tiếng kẻng"),)


@pytest.mark.parametrize(
    ("text", "offered", "answer"),
    [
        ("giữ", KNOWN, Entries(items=KNOWN)),
        ("giữ", (), None),
        ("chưa có", KNOWN, Entries()),
        ("Camera", (), Entries(items=CAMERA.entries)),
        ("thêm Camera", KNOWN, Entries(items=(*KNOWN, *CAMERA.entries))),
        ("camera, kẻng", (), CommaDoubt(apart=("camera", "kẻng"), whole="camera, kẻng")),
        ("tiếng kẻng; Camera", KNOWN, Entries(items=(*KNOWN, *CAMERA.entries))),
        ("xóa 1", KNOWN, None),
        ("sửa 1 Camera", KNOWN, None),
        ("đang xây dựng", KNOWN, None),
    ],
)
def test_on_a_page_a_text_gives_the_whole_answer(
    text: str, offered: tuple[RegisterEntry, ...], answer: object
) -> None:
    assert read_on_page(text, offered) == answer


_NAMES = st.sampled_from(["Camera an ninh", "Tổ tự quản ấp 1", "Tiếng kẻng (ấp 2)", "Phòng, chống"])
_DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@st.composite
def _entries(draw: st.DrawFn) -> RegisterEntry:
    since = draw(st.none() | _DAYS | st.integers(2010, 2030))
    begun = since if isinstance(since, date) else None
    year = begun.year if begun else since if isinstance(since, int) else None
    ended = draw(st.none() | _DAYS)
    entry = RegisterEntry(name=draw(_NAMES), since_year=year, since_on=begun)
    if ended is not None and not entry.ends_before_it_begins(ended):
        entry = replace(entry, ended_on=ended)
    number = draw(st.sampled_from(["", "12/QĐ-UBND", "05-QĐ/ĐU"]))
    return replace(
        entry,
        decision_number=number,
        decision_date=draw(st.none() | _DAYS) if number else None,
        note=draw(st.sampled_from(["", "04 ấp, 12 hộ"])),
    )


class _Saying:
    """As much of a turn as saying a sentence needs."""

    def __init__(self, locale: str) -> None:
        self.say = Words(locale).say


@pytest.mark.parametrize("locale", LOCALES)
@examples(entries=st.lists(_entries(), min_size=2, max_size=4, unique_by=lambda one: one.name))
def test_entries_said_back_are_read_as_the_same(locale: str, entries: list[RegisterEntry]) -> None:
    turn = cast("Turn", _Saying(locale))
    asked = Asked(turn=turn, row=row("I.6.d"), year=2024)
    told = "; ".join(entry_said(asked, one) for one in entries)
    assert read_entries(told) == Named(entries=tuple(entries))

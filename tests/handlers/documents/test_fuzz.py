"""For any bytes the result is a value: the file is taken over, or refused with sentences."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.units import Structure, UnitId
from handlers.documents.people_in import PeopleTaken
from handlers.documents.people_out import people_template
from handlers.documents.problems import Refused, describe
from tests.handlers.documents.books import (
    GOOD_ROW,
    VI,
    nghe_an,
    parts,
    people_book,
    read,
    sheet_xml,
    zipped,
)

pytestmark = pytest.mark.fuzz

HUNG_CHAN = UnitId(Structure.Y2026, "16801")
FEW = (nghe_an()[0], *(unit for unit in nghe_an() if unit.id == HUNG_CHAN))
SOUND = (people_book(GOOD_ROW, GOOD_ROW), people_template(FEW, VI), parts())
PARTS = ("types", "root", "book", "relations", "texts", "styles", "sheet")
WORDS = (
    "<row>", "</row>", "<c>", "</c>", '<c r="A2">', '<c t="s">', '<c t="d">', '<c t="e">',
    '<c s="1">', "<v>", "</v>", "<is>", "</is>", "<t>", "</t>", "<f>", "</f>", "<rPh>", "</rPh>",
    '<row r="9">', '<mergeCell ref="A1:B2"/>', "<x:c>", "</worksheet>", "1", "1e9", "0912345678",
    "=1", "xã Hùng Chân", "quản trị", "\ufeff", "\u202e", "<!--", "-->", "<![CDATA[", "]]>", "&#0;",
    "&amp;", "&x;", "_x0000_", "_xD800_",
)  # fmt: skip


def _answers(data: bytes) -> None:
    sheet = read(data, FEW)
    if isinstance(sheet, PeopleTaken):
        assert sheet.rows
        assert len({person.handle for person in sheet.rows}) == len(sheet.rows)
        return
    assert isinstance(sheet, Refused)
    assert sheet.problems
    for problem in sheet.problems:
        describe(problem, VI).encode()


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11"])
)
def test_any_bytes(data: bytes, begin: bytes) -> None:
    _answers(begin + data)


@given(st.sampled_from(SOUND), st.data())
def test_a_sound_file_with_bytes_changed(sound: bytes, data: st.DataObject) -> None:
    changed = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    _answers(bytes(changed))


@given(st.sampled_from(SOUND), st.data())
def test_a_sound_file_with_a_piece_cut_out_or_doubled(sound: bytes, data: st.DataObject) -> None:
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(sound))] * 2)))
    _answers(sound[:first] + sound[last:])
    _answers(sound[:last] + sound[first:])


@given(st.sampled_from(SOUND[:2]), st.data())
def test_a_sound_zip_with_its_parts_changed(sound: bytes, data: st.DataObject) -> None:
    with ZipFile(BytesIO(sound)) as archive:
        files = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(files)))
    part = files[name]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(part) - 1, 0)))
        part[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.one_of(st.binary(max_size=9), st.sampled_from(WORDS).map(str.encode))
        )
    _answers(zipped({name: bytes(part) for name, part in files.items()}))


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_a_sheet_of_random_elements(pieces: list[str]) -> None:
    _answers(parts(sheet=sheet_xml("".join(pieces).replace("\x00", ""))))


@given(st.dictionaries(st.sampled_from(PARTS), st.one_of(st.none(), st.binary(max_size=60))))
def test_a_workbook_with_random_parts(changed: dict[str, bytes | None]) -> None:
    _answers(parts(**changed))


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.dictionaries(NAMES, st.binary(max_size=60), max_size=6))
def test_a_random_zip(files: dict[str, bytes]) -> None:
    _answers(zipped(files))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(["xã Hùng Chân", "quản trị", "web", "Định An", "691", "#N/A", "=A1", "@x"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_any_cells_that_a_person_may_type(
    rows: list[list[str | int | float | bool | None]],
) -> None:
    _answers(people_book(*rows))

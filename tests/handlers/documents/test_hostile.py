"""Files that are damaged, of another kind, or made to do harm: each has its own sentence."""

import subprocess
import sys
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from handlers.documents import limits
from handlers.documents.people_in import PeopleTaken
from tests.handlers.documents.books import (
    GOOD_ROW,
    GOOD_XML_ROW,
    HEAD_ROW,
    MAIN,
    PEOPLE_SHEET,
    RELATIONS,
    VI,
    mistakes,
    parts,
    people_book,
    read,
    sheet_xml,
    text_cell,
    zipped,
)
from tests.house import ROOT

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Ten times what a slow machine needs is still no denial of service.
MOST_SECONDS, MOST_MEGABYTES = 15.0, 150

DEAREST = ("every cell wrong", "texts", "nesting")
"""The two that take most time to read and the one that takes most memory."""


def _is(defect: str, data: bytes) -> None:
    assert mistakes(read(data)) == [VI.say(f"workbook_mistakes.defect_{defect}")]


def test_the_parts_made_by_hand_are_a_sound_workbook() -> None:
    assert isinstance(read(parts()), PeopleTaken)


@pytest.mark.parametrize(
    ("data", "defect"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(limits.MOST_FILE_BYTES), "too_large"),
        (OLE + bytes(2_000), "old_excel"),
        (OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("Đơn vị,Họ tên\nxã A,B\n".encode(), "text_file"),
        ("\ufeffĐơn vị\tHọ tên\r\n".encode("utf-8"), "text_file"),
        (b"<html><table>", "text_file"),
        (b"%PDF-1.7\n\x00\x01", "not_excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_excel"),
        (zipped({"readme.txt": "x"}), "not_excel"),
        (zipped({"mimetype": "x", "content.xml": "x"}), "open_document"),
        (zipped({"[Content_Types].xml": "x", "xl/workbook.bin": "x"}), "binary_workbook"),
        (parts(root="<Relationships/>"), "not_excel"),
        (
            parts(
                root=f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
                'Target="word/document.xml"/></Relationships>'
            ),
            "not_excel",
        ),
        (parts(**{"xl/vbaProject.bin": "x"}), "macros"),
        (parts(types="<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
        (parts(**{"xl/macrosheets/sheet1.xml": "x"}), "macros"),
        (parts(**{"xl/externalLinks/externalLink1.xml": "x"}), "external_links"),
        (parts(**{"xl/connections.xml": "x"}), "external_links"),
        (parts(book=None), "damaged"),
        (parts(relations=None), "damaged"),
        (parts(sheet=None), "damaged"),
        (parts(book=f'<workbook xmlns="{MAIN}"/>'), "damaged"),
        (parts(sheet="<worksheet>"), "damaged"),
        (parts(sheet=sheet_xml('<row><c t="s"><v>7</v></c></row>')), "damaged"),
        (parts(sheet=sheet_xml('<row><c t="s"><v>-1</v></c></row>')), "damaged"),
        (parts(sheet=sheet_xml('<row r="1048577"/>')), "damaged"),
        (parts(sheet=sheet_xml('<row r="2"><c r="A3"/></row>')), "damaged"),
        (parts(sheet=sheet_xml('<row r="2"><c r="XFE2"/></row>')), "damaged"),
        (parts(sheet=sheet_xml('<row r="2"><c r="B2"/><c r="B2"/></row>')), "damaged"),
        (parts(sheet=sheet_xml('<row r="2"/><row r="2"/>')), "damaged"),
        (parts(sheet=sheet_xml("", '<mergeCell ref="nowhere"/>')), "damaged"),
        (parts(sheet=sheet_xml("<row>&unknown;</row>")), "damaged"),
        (
            parts(sheet=sheet_xml("").replace("<worksheet", '<?xml encoding="x-y"?><worksheet')),
            "damaged",
        ),
        (parts(sheet=b"\xff\xfe\x00"), "damaged"),
    ],
)
def test_each_other_file_gets_its_own_sentence(data: bytes, defect: str) -> None:
    _is(defect, data)


def test_a_file_cut_short_anywhere_is_damaged() -> None:
    data = people_book(GOOD_ROW)
    for end in range(4, len(data), 97):
        _is("damaged", data[:end])


@pytest.mark.parametrize("word", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>'])
@pytest.mark.parametrize("part", ["root", "book", "relations", "texts", "styles", "sheet"])
def test_no_part_may_declare_a_document_type(part: str, word: str) -> None:
    _is("entities", parts(**{part: word + "<a/>"}))


def test_entities_stay_out_in_the_other_encoding_as_well() -> None:
    _is("entities", parts(sheet='<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")))


def test_the_other_encoding_is_read() -> None:
    assert isinstance(read(parts(sheet=sheet_xml(GOOD_XML_ROW).encode("utf-16"))), PeopleTaken)


def test_an_entity_that_names_a_file_is_never_opened() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    _is("entities", parts(sheet=bomb + sheet_xml(f"<row>{text_cell('&f;')}</row>")))


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    data = parts(sheet=sheet_xml(" " * 20_000_000))
    assert len(data) < 30_000
    _is("unpacks_too_large", data)


def test_a_part_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PART_BYTES", 1_000)
    _is("unpacks_too_large", parts(sheet=sheet_xml(GOOD_XML_ROW) + " " * 1_000))


def test_the_parts_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", 1_500)
    _is("unpacks_too_large", parts())


def test_a_lying_size_gives_no_more_than_it_says() -> None:
    data = bytearray(parts(sheet=sheet_xml(GOOD_XML_ROW) + " " * 5_000))
    with ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = bytes(data).replace(size.to_bytes(4, "little"), (size - 5_000).to_bytes(4, "little"))
    assert lie != data
    _is("damaged", lie)


def test_too_many_files_in_the_zip_are_refused() -> None:
    many = {f"xl/media/{number}.png": "" for number in range(limits.MOST_PARTS)}
    _is("unpacks_too_large", parts(**many))


def test_a_name_that_stands_twice_in_the_zip_is_refused() -> None:
    _is("damaged", parts(**{"XL/workbook.xml": PEOPLE_SHEET}))


def test_packing_that_no_spreadsheet_uses_is_refused() -> None:
    stream = BytesIO(parts(sheet=None))
    with ZipFile(stream, "a", ZIP_BZIP2) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml(GOOD_XML_ROW))
    _is("damaged", stream.getvalue())


def test_an_encrypted_part_is_a_password() -> None:
    data = bytearray(parts())
    entry = data.rindex(b"PK\x01\x02")  # the sheet's, the last one
    data[entry + 8] |= 1
    _is("password", bytes(data))


def test_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 30)
    _is("too_many_cells", parts())


def test_too_many_filled_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 9)
    _is("too_many_cells", parts())


def test_too_many_letters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_LETTERS", 50)
    _is("too_many_cells", parts())


def test_the_size_a_sheet_declares_is_not_believed() -> None:
    declared = sheet_xml(GOOD_XML_ROW).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    assert isinstance(read(parts(sheet=declared)), PeopleTaken)


def test_rows_may_stand_at_the_end_of_the_sheet() -> None:
    far = GOOD_XML_ROW.replace("<row>", '<row r="1048576">')
    assert isinstance(read(parts(sheet=sheet_xml(far))), PeopleTaken)


def test_pictures_links_and_comments_are_left_in_the_file() -> None:
    beside: dict[str, str | bytes | None] = {
        "xl/media/image1.png": b"\x89PNG" + bytes(9_000_000),
        "xl/comments1.xml": "<!DOCTYPE",
        "docProps/core.xml": "not read",
        "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships>",
    }
    assert isinstance(read(parts(**beside)), PeopleTaken)


def test_every_way_to_write_a_cell_is_understood() -> None:
    row = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c>'
        '<c r="B2" t="inlineStr"><is><r><t>Trưởng </t></r><r><t>Công_x0020_an</t></r>'
        "<rPh><t>aside</t></rPh></is></c>"
        '<c r="D2" t="str"><v>quản&#32;trị</v></c><c r="E2" s="1"/></row>'
    )
    texts = f'<sst xmlns="{MAIN}"><si><r><t>xã </t></r><r><t>Tri Lễ</t></r></si></sst>'
    for prefix in ("", "x:"):
        sheet = sheet_xml(row)
        if prefix:
            sheet = (sheet.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")).replace(
                "xmlns=", "xmlns:x="
            )
        taken = read(parts(sheet=sheet, texts=texts))
        assert isinstance(taken, PeopleTaken), mistakes(taken)
        assert (taken.rows[0].name, taken.rows[0].posts[0].unit.code) == (
            "Trưởng Công an",
            "16756",
        )


@pytest.mark.parametrize(
    ("styles", "is_day"),
    [
        ('<cellXfs><xf numFmtId="14"/></cellXfs>', True),
        ('<cellXfs><xf numFmtId="2"/></cellXfs>', False),
        ('<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/></cellXfs>', False),
        (
            '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
            '<cellXfs><xf numFmtId="164"/></cellXfs>',
            True,
        ),
        (
            '<numFmts><numFmt numFmtId="164" formatCode="[Red]#,##0&quot; ngày&quot;"/></numFmts>'
            '<cellXfs><xf numFmtId="164"/></cellXfs>',
            False,
        ),
        (
            '<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>'
            '<cellXfs><xf numFmtId="164"/></cellXfs>',
            True,
        ),
    ],
)
def test_the_format_tells_days_from_numbers(styles: str, is_day: bool) -> None:
    row = GOOD_XML_ROW.replace(text_cell(GOOD_ROW[1]), '<c s="0"><v>45000</v></c>')
    sheet = sheet_xml(row)
    (sentence,) = mistakes(
        read(parts(sheet=sheet, styles=f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'))
    )
    assert ("ngày tháng" in sentence) is is_day


def test_numbers_that_no_sheet_holds_are_errors() -> None:
    for number in ("1e999", "nan", "x", "-1e300", "1_0_0x"):
        row = GOOD_XML_ROW.replace(text_cell(GOOD_ROW[1]), f"<c><v>{number}</v></c>")
        (sentence,) = mistakes(read(parts(sheet=sheet_xml(row))))
        assert "giá trị lỗi" in sentence


def test_the_sheet_may_have_no_texts_and_no_styles() -> None:
    assert isinstance(read(parts(texts=None, styles=None)), PeopleTaken)
    assert HEAD_ROW in sheet_xml("")


@pytest.mark.slow
@pytest.mark.parametrize("names", [DEAREST, pytest.param((), marks=pytest.mark.long)])
def test_no_workbook_costs_more_than_seconds_or_much_memory(names: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.handlers.documents.hostile", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    costs = [line.split("\t") for line in ran.stdout.splitlines()]
    assert len(costs) == (len(names) or 13)
    dear = [
        cost for cost in costs if float(cost[1]) > MOST_SECONDS or int(cost[2]) > MOST_MEGABYTES
    ]
    assert dear == []

"""Workbooks for these tests: some are filled in as by a person, some are made to do harm."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from domain.units import Structure, Unit, UnitId
from handlers.documents.people_in import PeopleSheet, read_people
from handlers.documents.problems import Refused, describe
from locales import Words
from packs.units import UnitBook, load_units

TUYEN_QUANG, NGHE_AN = "08", "40"
TRA_VINH = "84"

VI = Words("vi")
EN = Words("en")

Value = str | int | float | bool | date | None

PEOPLE_HEAD = (
    "Đơn vị (tên hoặc mã)",
    "Họ tên hoặc chức danh",
    "Tên ngắn (không bắt buộc)",
    "Vai trò",
    "Kênh (không bắt buộc)",
)
GOOD_ROW = ("xã Hùng Chân", "Trưởng Công an xã", "chi-huy-1", "chỉ huy đơn vị", "web")


@cache
def unit_book(structure: Structure) -> UnitBook:
    return load_units(structure)


@cache
def units_of(structure: Structure, province: str) -> tuple[Unit, ...]:
    """A province and everything below it."""
    book = unit_book(structure)
    top = book.get(UnitId(structure, province))
    return (top, *book.districts(province), *book.communes(province))


def nghe_an() -> tuple[Unit, ...]:
    return units_of(Structure.Y2026, NGHE_AN)


def book_of(sheets: Mapping[str, Iterable[Sequence[Value]]]) -> bytes:
    """A workbook as a person fills it in: texts that begin with = are formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def people_book(*rows: Sequence[Value], head: Sequence[Value] = PEOPLE_HEAD) -> bytes:
    """The sheet of people alone, with these rows from row 2 on."""
    return book_of({"Người dùng": (head, *rows)})


def mistakes(sheet: object) -> list[str]:
    """The sentences about a refused workbook."""
    assert isinstance(sheet, Refused), sheet
    return [describe(problem, VI) for problem in sheet.problems]


def read(data: bytes, units: Sequence[Unit] | None = None) -> PeopleSheet:
    return read_people(data, nghe_an() if units is None else units, VI)


# Parts that no ordinary program writes.

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PEOPLE_SHEET = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Người dùng" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


HEAD_ROW = "<row>" + "".join(map(text_cell, PEOPLE_HEAD)) + "</row>"
GOOD_XML_ROW = "<row>" + "".join(map(text_cell, GOOD_ROW)) + "</row>"


def sheet_xml(rows: str, behind: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD_ROW}{rows}</sheetData>{behind}</worksheet>'


def parts(**changed: str | bytes | None) -> bytes:
    """A valid workbook of parts, some of them changed; None leaves one out.

    Names: types, root, book, relations, texts, styles, sheet; other parts are added as they are.
    """
    kind = f"{RELATIONS}/"
    known = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "texts": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    content: dict[str, str | bytes | None] = {
        "types": "<Types/>",
        "root": f'<Relationships><Relationship Id="a" Type="{kind}officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "book": PEOPLE_SHEET,
        "relations": "<Relationships>"
        f'<Relationship Id="r1" Type="{kind}worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{kind}sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{kind}styles" Target="styles.xml"/>'
        "</Relationships>",
        "texts": f'<sst xmlns="{MAIN}"/>',
        "styles": f'<styleSheet xmlns="{MAIN}"/>',
        "sheet": sheet_xml(GOOD_XML_ROW),
    }
    return zipped({known.get(name, name): part for name, part in (content | changed).items()})


def zipped(files: Mapping[str, str | bytes | None]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()

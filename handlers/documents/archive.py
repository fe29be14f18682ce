"""The zip file that a workbook is: which kind of file it is, and its parts unpacked
within limits.
"""

import struct
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from handlers.documents import limits
from handlers.documents.problems import Defect, UnreadableWorkbook

_ZIP: Final = b"PK\x03\x04"
_ENTRY: Final = b"PK\x01\x02"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old .xls files, and new files with a password, which Office wraps in the old container."""
_WRAPPED: Final = "EncryptedPackage".encode("utf-16-le")
_NOT_TEXT: Final = frozenset(range(9)) | {11, 12} | frozenset(range(14, 32))
_TEXT_SAMPLE: Final = 2_000
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""All exceptions that the standard library raises for a damaged zip."""


class Archive:
    """The parts of one workbook, by their name in lower case ("xl/workbook.xml")."""

    def __init__(self, data: bytes) -> None:
        """Raises `UnreadableWorkbook` for every other kind of file."""
        _check_kind(data)
        try:
            self._zip = ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise UnreadableWorkbook(Defect.DAMAGED) from error
        self._parts: dict[str, ZipInfo] = {}
        self._unpacked = 0
        for entry in entries:
            name = entry.filename.replace("\\", "/").lower()
            if name in self._parts:
                # With two parts of one name, two programs would read two different workbooks.
                raise UnreadableWorkbook(Defect.DAMAGED)
            self._parts[name] = entry
        _check_parts(frozenset(self._parts))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """Unpack one part. Raises `UnreadableWorkbook` if it is missing, damaged or too large."""
        entry = self._parts.get(name.lower())
        if entry is None:
            raise UnreadableWorkbook(Defect.DAMAGED)
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableWorkbook(Defect.PASSWORD)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise UnreadableWorkbook(Defect.DAMAGED)
        self._check_size(entry)
        try:
            with self._zip.open(entry) as part:
                # Reading stops at the stated size, however much the packed bytes contain.
                data = part.read(limits.MOST_PART_BYTES + 1)
        except _BROKEN as error:
            raise UnreadableWorkbook(Defect.DAMAGED) from error
        self._unpacked += len(data)
        return data

    def _check_size(self, entry: ZipInfo) -> None:
        size, packed = entry.file_size, max(entry.compress_size, 1)
        if (
            size > limits.MOST_PART_BYTES
            or self._unpacked + size > limits.MOST_UNPACKED_BYTES
            or (size > limits.FREE_UNPACKED_BYTES and size > limits.MOST_PACKING * packed)
        ):
            raise UnreadableWorkbook(Defect.UNPACKS_TOO_LARGE)


def _check_kind(data: bytes) -> None:
    if not data:
        raise UnreadableWorkbook(Defect.EMPTY)
    if len(data) > limits.MOST_FILE_BYTES:
        raise UnreadableWorkbook(Defect.TOO_LARGE)
    if data.startswith(_OLE):
        raise UnreadableWorkbook(Defect.PASSWORD if _WRAPPED in data else Defect.OLD_EXCEL)
    if not data.startswith(_ZIP):
        is_text = _NOT_TEXT.isdisjoint(data[:_TEXT_SAMPLE])
        raise UnreadableWorkbook(Defect.TEXT_FILE if is_text else Defect.NOT_EXCEL)
    if data.count(_ENTRY) > limits.MOST_PARTS:
        raise UnreadableWorkbook(Defect.UNPACKS_TOO_LARGE)


def _check_parts(names: frozenset[str]) -> None:
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableWorkbook(Defect.OPEN_DOCUMENT)
    if "xl/workbook.bin" in names:
        raise UnreadableWorkbook(Defect.BINARY_WORKBOOK)
    if "[content_types].xml" not in names:
        raise UnreadableWorkbook(Defect.NOT_EXCEL)
    for name in names:
        if name.endswith("vbaproject.bin") or "/macrosheets/" in name:
            raise UnreadableWorkbook(Defect.MACROS)
        if "/externallinks/" in name or name.endswith("/connections.xml"):
            raise UnreadableWorkbook(Defect.EXTERNAL_LINKS)

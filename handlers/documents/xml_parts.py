"""Reads one XML part from start to end, without document types or entities and with a limit on
work.

It uses the standard parser because that delivers one element at a time: no structure is built that
the sender of a file could make grow, and nothing outside the part is opened.
"""

import codecs
from abc import ABC, abstractmethod
from collections.abc import Mapping
from xml.parsers import expat

from handlers.documents import limits
from handlers.documents.problems import Defect, UnreadableWorkbook

_SEPARATOR = " "
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Budget:
    """How many elements may still be read from one workbook."""

    def __init__(self) -> None:
        self._left = limits.MOST_ELEMENTS

    def spend(self) -> None:
        """Count one more element. Raises `UnreadableWorkbook` if there were too many."""
        self._left -= 1
        if self._left < 0:
            raise UnreadableWorkbook(Defect.TOO_MANY_CELLS)


class PartReader(ABC):
    """Receives the elements of one part. Names come without the namespace: Excel writes the same
    names in two namespaces, and other programs use any prefix. An attribute with a namespace has it
    before its name, with a space between.
    """

    @abstractmethod
    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:  # noqa: B027  most parts say all in their attributes
        """An element ends."""

    def text(self, piece: str) -> None:  # noqa: B027  as above
        """A piece of the text of the element that began last."""


def read_part(data: bytes, reader: PartReader, budget: Budget) -> None:
    """Pass a part through `reader`. Raises `UnreadableWorkbook`."""
    data = _as_utf_8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        # Checked before parsing: the parser would continue to expand after a refusal.
        raise UnreadableWorkbook(Defect.ENTITIES)
    _check_tags(data)

    def start(name: str, attributes: dict[str, str]) -> None:
        budget.spend()
        reader.start(_local(name), attributes)

    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    try:
        # In one piece: older parsers take quadratic time for a long tag that arrives in chunks.
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError) as error:
        raise UnreadableWorkbook(Defect.DAMAGED) from error


def check_most(already: int, most: int) -> None:
    """Raise `UnreadableWorkbook` if one more would be too many."""
    if already >= most:
        raise UnreadableWorkbook(Defect.TOO_MANY_CELLS)


def _as_utf_8(data: bytes) -> bytes:
    """Convert both encodings that the format allows to one, so that the checks see what
    is parsed.
    """
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError as error:
            raise UnreadableWorkbook(Defect.DAMAGED) from error
    return data.removeprefix(codecs.BOM_UTF8)


def _check_tags(data: bytes) -> None:
    at = 0
    while len(data) - at > limits.MOST_TAG_BYTES:
        following = data.rfind(b"<", at + 1, at + limits.MOST_TAG_BYTES)
        if following < 0:
            raise UnreadableWorkbook(Defect.DAMAGED)
        at = following


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]

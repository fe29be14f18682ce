"""The texts of the table, from `phrases.txt`."""

import zlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE / "phrases.txt"
HEADING = "# "


def _texts() -> Iterator[str]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(HEADING):
            yield line


TEXTS = tuple(_texts())
"""Every text, in the order of the file."""


def one_of(texts: tuple[str, ...], every: int, name: str) -> tuple[str, ...]:
    """About one in `every` of the texts: always the same ones for one name."""
    return tuple(text for text in texts if zlib.crc32(f"{name}\n{text}".encode()) % every == 0)

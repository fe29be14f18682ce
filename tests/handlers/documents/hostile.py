"""Workbooks made to cost time or memory. Run as a program it prints the cost of each one: name,
seconds of CPU time, megabytes above the start.
"""

import gc
import random
import resource
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from domain.units import Structure
from tests.handlers.documents.books import MAIN, parts, read, sheet_xml, text_cell, units_of

PART: Final = 23 * 1024 * 1024
"""Just below the limit of one unpacked part."""

_KILOBYTES: Final = 1024


def _letters(count: int, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choices("abcdđeghiklm nopqrstưvxy", k=count))


def _noise(count: int) -> str:
    """Data that hardly compresses, so that the ratio of the rest stays below the limit."""
    return random.Random(1).randbytes(count).hex()


def _rows(make: Callable[[int], str], count: int) -> bytes:
    return parts(sheet=sheet_xml("".join(f"<row>{make(at)}</row>" for at in range(count))))


def _wrong_row(at: int) -> str:
    texts = (_letters(30, at), "09", "09", _letters(9, at), _letters(8, at))
    return "".join(map(text_cell, texts))


def _relation(at: int) -> str:
    return f'<Relationship Id="i{at}" Type="x" Target="t{at}"/>'


CASES: Final[Mapping[str, Callable[[], bytes]]] = {
    "empty cells": lambda: parts(
        sheet=sheet_xml("<row>" + "<c/>" * 4_000_000 + "</row>" + f"<!--{_noise(140_000)}-->")
    ),
    "empty rows": lambda: parts(
        sheet=sheet_xml("<row/>" * 3_000_000 + f"<!--{_noise(140_000)}-->")
    ),
    "nesting": lambda: parts(sheet=sheet_xml("<a>" * 5_000_000 + f"<!--{_noise(140_000)}-->")),
    "phone numbers": lambda: _rows(lambda at: f"<c><v>{9 * 10**8 + at}</v></c>" * 16, 6_000),
    "every cell wrong": lambda: _rows(_wrong_row, 6_000),
    "every cell long": lambda: _rows(lambda at: text_cell(_letters(190, at)) * 5, 2_500),
    "every cell far too long": lambda: _rows(lambda at: text_cell(_letters(4_000, at)) * 16, 300),
    "attributes": lambda: parts(
        sheet=sheet_xml("<c " + " ".join(f'a{at}=""' for at in range(1_500_000)) + "/>")
    ),
    "texts": lambda: parts(
        texts=f'<sst xmlns="{MAIN}">'
        + "".join(f"<si><t>{at}</t></si>" for at in range(400_000))
        + "</sst>"
    ),
    "formats": lambda: parts(
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>'
        + "".join(f'<xf numFmtId="{at}"/>' for at in range(400_000))
        + "</cellXfs></styleSheet>"
    ),
    "merged ranges": lambda: parts(
        sheet=sheet_xml(
            "", "".join(f'<mergeCell ref="A{at + 2}:B{at + 2}"/>' for at in range(90_000))
        )
    ),
    "relations": lambda: parts(
        relations="<Relationships>" + "".join(map(_relation, range(300_000))) + "</Relationships>"
    ),
    "headings": lambda: parts(
        sheet=f'<worksheet xmlns="{MAIN}"><sheetData>'
        + "".join(
            "<row>" + "".join(text_cell(_letters(150, at)) for at in range(1_500)) + "</row>"
            for _ in range(10)
        )
        + "</sheetData></worksheet>"
    ),
}


def main() -> None:
    units = units_of(Structure.Y2021, "38")  # 587 units, the most of one province
    for name in sys.argv[1:] or CASES:
        data = CASES[name]()
        gc.collect()
        before, peak = _resident(), _reset_peak()
        begin = time.process_time()
        read(data, units)
        seconds = time.process_time() - begin
        sys.stdout.write(f"{name}\t{seconds:.2f}\t{peak() - before}\n")


def _resident() -> int:
    """Megabytes that the process uses now."""
    return _status("VmRSS")


def _reset_peak() -> Callable[[], int]:
    """Reset the peak memory use; the result returns the peak since then."""
    try:
        with open("/proc/self/clear_refs", "w") as file:  # noqa: PTH123
            file.write("5")
    except OSError:
        pass
    return lambda: _status("VmHWM")


def _status(field: str) -> int:
    with open("/proc/self/status") as file:  # noqa: PTH123
        for line in file:
            if line.startswith(field):
                return int(line.split()[1]) // _KILOBYTES
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KILOBYTES


if __name__ == "__main__":
    main()

"""How much a workbook may contain. Work is limited by counts, because this package
reads no clock.
"""

from typing import Final

MOST_FILE_BYTES: Final = 5 * 1024 * 1024
"""12,000 rows of people make about 0.6 MB; pictures and old sheets in the same file may add to it.
"""

MOST_PART_BYTES: Final = 24 * 1024 * 1024
"""One unpacked part. 12,000 full rows make about 6 MB of it; more is waste or a zip bomb."""

MOST_UNPACKED_BYTES: Final = 64 * 1024 * 1024
"""All parts that are unpacked together; each is freed before the next, so memory use stays lower.
"""

MOST_PACKING: Final = 200
"""The highest compression ratio of a part. Sheets stay below 60; deflate's own limit is 1,032."""

FREE_UNPACKED_BYTES: Final = 1024 * 1024
"""Below this size the ratio is not checked: a megabyte does no harm."""

MOST_PARTS: Final = 1_000
"""Files in the zip: our template has twelve, a workbook with many pictures a few hundred."""

MOST_ELEMENTS: Final = 500_000
"""XML elements in all parts that are read, about a second of work: 12,000 full rows need 200,000.
"""

MOST_SHEETS: Final = 200
"""Sheets and all other parts that the workbook refers to; ours have three."""

MOST_FORMATS: Final = 70_000
"""Formats of cells; Excel itself keeps 65,490."""

MOST_MERGED: Final = 5_000
"""Merged ranges of a sheet; each is a mistake to report."""

MOST_TAG_BYTES: Final = 300_000
"""From one "<" to the next: enough for a cell's 32,767 characters written as entities, too little
for a million attributes in one element.
"""

MOST_ROWS: Final = 12_000
"""Filled rows below the header: three times the communes of the country."""

MOST_CELLS: Final = 200_000
"""Filled cells: all rows with sixteen columns."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last row and column of every Excel sheet."""

MOST_LETTERS: Final = 2_500_000
"""Letters in the cells of one sheet. All are screened, 1.5 µs a letter: 12,000 rows with 200
letters each.
"""

MOST_CELL_LETTERS: Final = 32_767
"""The most that Excel itself stores in one cell."""

MOST_READ_LETTERS: Final = 200
"""A longer text is too long for every column, and the rest of it is not read."""

MOST_HEADINGS: Final = 300
"""Filled cells of a header row: all figures of all years make some thirty."""

MOST_PROBLEMS: Final = 20_000
"""Mistakes stored for one sheet: more than one for each row of the largest."""

MOST_SUGGESTIONS: Final = 500
"""Unknown units for which the nearest name is looked up (0.2 ms each); people do not read more."""

HEADER_ROWS: Final = 10
"""The header must be among the first filled rows: people put a title above it."""

"""How much a workbook may hold. Work is bounded by counting, for a room without a clock."""

from typing import Final

MOST_FILE_BYTES: Final = 5 * 1024 * 1024
"""12,000 rows of people make about 0.6 MB; pictures and old sheets kept beside may add to it."""

MOST_PART_BYTES: Final = 24 * 1024 * 1024
"""One unpacked part. 12,000 full rows make about 6 MB of it; more is bloat or a zip bomb."""

MOST_UNPACKED_BYTES: Final = 64 * 1024 * 1024
"""All parts that we unpack together; each is dropped before the next, so memory stays below."""

MOST_PACKING: Final = 200
"""How many times larger a part may become. Sheets stay below 60; deflate's own limit is 1,032."""

FREE_UNPACKED_BYTES: Final = 1024 * 1024
"""Below this the ratio does not matter: a megabyte harms nobody."""

MOST_PARTS: Final = 1_000
"""Files within the zip: a workbook of ours has twelve, one with many pictures a few hundred."""

MOST_ELEMENTS: Final = 500_000
"""XML elements in all parts read, about a second of work: 12,000 full rows need 200,000."""

MOST_SHEETS: Final = 200
"""Sheets and everything else the workbook refers to; ours have three."""

MOST_FORMATS: Final = 70_000
"""Formats of cells; Excel itself keeps 65,490."""

MOST_MERGED: Final = 5_000
"""Merged ranges of a sheet, each of them a mistake to show."""

MOST_TAG_BYTES: Final = 300_000
"""From one "<" to the next: a cell's 32,767 characters written as entities, not a million
attributes in one element."""

MOST_ROWS: Final = 12_000
"""Filled rows below the header: three times the communes of the country."""

MOST_CELLS: Final = 200_000
"""Filled cells: all rows with sixteen columns."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Where every sheet of Excel ends."""

MOST_LETTERS: Final = 2_500_000
"""Letters in the cells of one sheet, each of them looked through for what may not be kept,
1.5 µs a letter: 12,000 rows with 200 letters each."""

MOST_CELL_LETTERS: Final = 32_767
"""What Excel itself keeps in one cell."""

MOST_READ_LETTERS: Final = 200
"""A longer text is too long for each of our columns, and is not looked at any further."""

MOST_HEADINGS: Final = 300
"""Filled cells of a header row: all figures of all years make some thirty."""

MOST_PROBLEMS: Final = 20_000
"""Mistakes kept of one sheet: more than one in each row of the largest."""

MOST_SUGGESTIONS: Final = 500
"""Unknown units for which the nearest name is looked up (0.2 ms each); nobody reads on."""

HEADER_ROWS: Final = 10
"""Within so many filled rows the header must come: people put a title above it."""

"""How long a text is for a chat service, and the pieces it is sent in."""

from collections.abc import Iterator


def units(text: str) -> int:
    """Length in UTF-16 units, as chat services count: characters beyond the first plane count
    twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces_of(text: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` UTF-16 units, broken at line ends, else spaces, else anywhere.

    A message that was interrupted goes on at the piece it stopped at: the same text and limit
    must always give the same pieces, also in a later version.
    """
    piece = ""
    for line in text.split("\n"):
        for part in _short_lines(line, limit):
            whole = f"{piece}\n{part}" if piece else part
            if units(whole) <= limit:
                piece = whole
            else:
                yield piece
                piece = part
    yield piece


def _short_lines(line: str, limit: int) -> Iterator[str]:
    while units(line) > limit:
        end = _fitting(line, limit)
        space = line.rfind(" ", 0, end + 1)
        cut = space if space > 0 else end
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    yield line


def _fitting(line: str, limit: int) -> int:
    """How many characters of a line that is longer than `limit` units fill at most so many; at
    least one."""
    end, filled = 0, units(line[0])
    while filled <= limit:
        end += 1
        filled += units(line[end])
    return max(end, 1)

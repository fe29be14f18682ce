"""The length of a text for a chat service, and the pieces in which it is sent."""

from collections.abc import Iterator


def units(text: str) -> int:
    """Length in UTF-16 units, as chat services count: a character above U+FFFF counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces_of(text: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` UTF-16 units, broken at line ends, else at spaces, else anywhere.

    A message that was interrupted continues at the piece where it stopped, so the same text and
    limit must always give the same pieces, also in a later version.
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
    """How many characters of a line longer than `limit` units fit into `limit`; at least one."""
    end, filled = 0, units(line[0])
    while filled <= limit:
        end += 1
        filled += units(line[end])
    return max(end, 1)

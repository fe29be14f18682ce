"""Reads the text of a file of unknown content."""

from pathlib import Path

from packs.nodes import SIZE_LIMIT
from packs.problems import Problem, ProblemCode


def text_of(path: Path) -> tuple[str, Problem | None]:
    """The file's text, or "" and the reason. Never reads more than the limit."""

    def refused(code: ProblemCode, *details: str) -> tuple[str, Problem]:
        return "", Problem(file=path.name, line=1, code=code, details=details)

    try:
        # Checked first: reading a device or a pipe would never end.
        if path.exists() and not path.is_file():
            return refused(ProblemCode.CANNOT_READ, "not a file")
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
        if len(content) > SIZE_LIMIT:
            return refused(ProblemCode.TOO_LARGE, str(path.stat().st_size), str(SIZE_LIMIT))
        # Some editors on Windows write a byte order mark first.
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return refused(ProblemCode.NOT_TEXT)
    except (OSError, ValueError) as error:
        # ValueError: a path with a NUL in it.
        reason = error.strerror if isinstance(error, OSError) else None
        return refused(ProblemCode.CANNOT_READ, reason or type(error).__name__)

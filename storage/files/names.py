"""Names of files that are kept next to a database."""

from datetime import datetime
from pathlib import Path

from domain.deadlines import VIETNAM


def dated(file: Path, word: str, now: datetime) -> Path:
    """A file name that says what is kept and since when ("antt.db.0009-…"), with a number at the
    end if the name is taken.
    """
    moment = now.astimezone(VIETNAM).strftime("%Y%m%d-%H%M%S")
    name = f"{file.name}.{word}-{moment}"
    path, number = file.with_name(name), 1
    while path.exists():
        number += 1
        path = file.with_name(f"{name}-{number}")
    return path

"""The file of revocations: lines are added at its end, and old ones dropped at night."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from storage.errors import Unavailable
from storage.revoked.lines import NIGHT, is_night

SUFFIX: Final = "-revoked"
"""Beside an SQLite file."""

PRIVATE: Final = 0o600

NIGHTS: Final = 400
"""How many nights with something new are kept: a year of daily notices and a month. A copy that
is older is put back without what was taken back before; `antt restore` says so."""


class Journal:
    """One file. Several threads and processes may add to it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unsaved: list[str] = []
        self._lock = threading.Lock()

    def lines(self) -> list[str]:
        """All lines, oldest first, a torn one included; nothing where there is no file. Raises
        Unavailable where it cannot be read: what was revoked must not be overlooked."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise Unavailable(str(self.path), error.strerror or str(error)) from error

    def add(self, taken_back: Sequence[str], sent: Sequence[str] = ()) -> None:
        """Add lines, and wait for the disk where anything was taken back.

        What cannot be written is kept for the next time, and written at the next start at the
        latest: the turn was committed, and its reply must not fail for this.
        """
        with self._lock:
            self._unsaved += (*taken_back, *sent)
            with suppress(OSError):
                self._append(self._unsaved, durable=bool(taken_back))
                self._unsaved = []

    def prepare(self) -> None:
        """Make the file, empty, where there is none. Raises Unavailable where none can be
        written: an installation must not learn of it after the first loss."""
        try:
            self._append((), durable=False)
        except OSError as error:
            raise Unavailable(str(self.path), error.strerror or str(error)) from error

    def tidy(self, today: date) -> None:
        """Mark a night if there is anything new, and drop what is older than `NIGHTS` of them.
        Raises OSError."""
        with self._lock:
            lines = self.lines()
            if not lines or is_night(lines[-1]):
                return
            lines.append(f"{NIGHT} {today.isoformat()}")
            self._append(lines[-1:], durable=False)
            nights = [place for place, line in enumerate(lines) if is_night(line)]
            if len(nights) > NIGHTS:
                self._rewrite(lines[nights[-NIGHTS - 1] + 1 :])

    def _append(self, lines: Sequence[str], *, durable: bool) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, PRIVATE)
        try:
            size = os.fstat(descriptor).st_size
            # A torn line must not swallow the next one.
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            text = "\n" * torn + "".join(f"{line}\n" for line in lines)
            os.write(descriptor, text.encode())
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _rewrite(self, lines: Sequence[str]) -> None:
        new = self.path.with_name(f"{self.path.name}.new")
        new.unlink(missing_ok=True)
        Journal(new)._append(lines, durable=True)
        new.replace(self.path)

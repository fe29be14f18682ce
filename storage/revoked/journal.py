"""The file of revocations: lines are added at its end, and old ones are deleted at night."""

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
"""Name of the file next to an SQLite file."""

PRIVATE: Final = 0o600

NIGHTS: Final = 400
"""Number of nights with new lines that are kept: a year and a month of daily notices. A copy that
is older is restored without what was revoked before; `antt restore` says so.
"""


class Journal:
    """One file. Several threads and processes may add to it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unsaved: list[str] = []
        self._lock = threading.Lock()

    def lines(self) -> list[str]:
        """All lines, oldest first, also an incomplete one; empty if there is no file. Raises
        Unavailable if it cannot be read, because revocations must not be missed.
        """
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise Unavailable(str(self.path), error.strerror or str(error)) from error

    def add(self, taken_back: Sequence[str], sent: Sequence[str] = ()) -> None:
        """Add lines, and wait for the disk (fsync) if any of them is a revocation.

        Lines that cannot be written are kept for the next time, and written at the next start at
        the latest: the turn was committed, and its reply must not fail because of this.
        """
        with self._lock:
            self._unsaved += (*taken_back, *sent)
            with suppress(OSError):
                self._append(self._unsaved, durable=bool(taken_back))
                self._unsaved = []

    def prepare(self) -> None:
        """Make an empty file if there is none. Raises Unavailable if it cannot be written: an
        installation must learn this before the first loss.
        """
        try:
            self._append((), durable=False)
        except OSError as error:
            raise Unavailable(str(self.path), error.strerror or str(error)) from error

    def tidy(self, today: date) -> None:
        """Add a night mark if there are new lines, and delete what is older than `NIGHTS` of them.
        Raises OSError.
        """
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
            # A new line must not be appended to an incomplete one.
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

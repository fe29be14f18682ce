"""Which processes have an SQLite database open.

Each process that uses a database holds a shared lock on an empty file next to it, as long as the
database is open. A process that changes its version or replaces it takes the exclusive lock. The
lock file is never deleted: between its deletion and its creation two processes could each hold a
lock on a file of this name.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from storage.errors import InUse, Unavailable

SUFFIX: Final = "-lock"
PRIVATE: Final = 0o600

_SHARED_FIRST: Final = 0x40000002
_SHARED_SIZE: Final = 510
"""The bytes on which every open SQLite connection holds a read lock in WAL mode (SQLite's file
format, "lock-byte page"): this also finds programs that do not know our lock file.
"""


class FileLock:
    """A lock that ends with `release` or with the process, even if the process is killed."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    @classmethod
    def shared(cls, database: Path) -> Self:
        """For using the database. Raises InUse while a process replaces it or changes its
        version.
        """
        return cls(_locked(database, fcntl.LOCK_SH))

    @classmethod
    def alone(cls, database: Path) -> Self:
        """For replacing the database or changing its version. Raises InUse while any process has it
        open, also a different program or version.

        This process must have no connection to the database: closing a descriptor of a file ends
        all locks that the process holds on it.
        """
        lock = cls(_locked(database, fcntl.LOCK_EX))
        if _is_open_elsewhere(database):
            lock.release()
            raise InUse(str(database))
        return lock

    def release(self) -> None:
        """End the lock; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _locked(database: Path, how: int) -> int:
    path = database.with_name(database.name + SUFFIX)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise Unavailable(str(path), error.strerror or str(error)) from error
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise InUse(str(database)) from error
    return descriptor


def _is_open_elsewhere(database: Path) -> bool:
    with suppress(FileNotFoundError):
        descriptor = os.open(database, os.O_RDWR)
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
        finally:
            os.close(descriptor)
    return False

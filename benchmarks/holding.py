"""The memory of a running process."""

from pathlib import Path
from typing import Final

NOW: Final = "VmRSS"
MOST: Final = "VmHWM"
"""Resident memory now, and its maximum so far; without a parent's share."""

_KIB_IN_MB: Final = 1_000_000 / 1024
_STATUS: Final = "/proc/{pid}/status"


def held(pid: int, what: str) -> float | None:
    """MB; None if the system does not report a running process."""
    status = Path(_STATUS.format(pid=pid))
    if not status.exists():
        return None
    for line in status.read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / _KIB_IN_MB
    return None


def in_words(found: float | None) -> str:
    """For a report."""
    return "memory not known here" if found is None else f"{found:.0f} MB"

"""How much memory a running process holds."""

from pathlib import Path
from typing import Final

NOW: Final = "VmRSS"
MOST: Final = "VmHWM"
"""Resident now, and the most until now; a parent's own share is not in it."""

_KIB_IN_MB: Final = 1_000_000 / 1024
_STATUS: Final = "/proc/{pid}/status"


def held(pid: int, what: str) -> float | None:
    """MB; None where the system does not tell of a running process."""
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

"""The one place where bugs land: each gets an id, which the log and the person both see."""

import logging
import secrets

_log = logging.getLogger("antt.errors")

ID_BYTES = 3
"""Six hexadecimal digits: short enough to read out over the telephone, and a log of a
year's bugs has no two alike."""


def report(error: BaseException, *, action: str) -> str:
    """Log a bug with its traceback and return the id under which it stands there."""
    error_id = secrets.token_hex(ID_BYTES)
    _log.error(
        "bug",
        exc_info=(type(error), error, error.__traceback__),
        extra={"error_id": error_id, "action": action},
    )
    return error_id

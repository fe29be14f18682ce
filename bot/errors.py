"""The single place for bugs: each gets an id, which is in the log and shown to the person."""

import logging
import secrets

_log = logging.getLogger("antt.errors")

ID_BYTES = 3
"""Six hexadecimal digits: short enough to read out on the telephone, and unique among the bugs in a
year's log.
"""


def report(error: BaseException, *, action: str) -> str:
    """Log a bug with its traceback and return its id in the log."""
    error_id = secrets.token_hex(ID_BYTES)
    _log.error(
        "bug",
        exc_info=(type(error), error, error.__traceback__),
        extra={"error_id": error_id, "action": action},
    )
    return error_id

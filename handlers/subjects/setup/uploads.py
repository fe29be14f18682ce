"""The content of a file that a channel stored for us."""

from pathlib import Path

from domain.messages import Sent
from handlers.documents.limits import MOST_FILE_BYTES


def content_of(file: Sent) -> bytes | None:
    """The bytes, cut one byte above the limit, so that a file over the limit is still recognised as
    too large; None if the channel takes no files or the file is gone.
    """
    if file.path is None:
        return None
    try:
        with Path(file.path).open("rb") as parked:
            return parked.read(MOST_FILE_BYTES + 1)
    except OSError:
        return None

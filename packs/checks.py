"""What must be true of a pack beyond the types of its fields."""

from packs.reader import Reader
from packs.schema import Draft


def check_draft(draft: Draft, reader: Reader) -> None:
    """Reports to `reader` all that the draft gets wrong."""

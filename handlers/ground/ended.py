"""Why the access of an address was taken away; stored with the address and never changed."""

from storage import Address

_ENDED = "access ended: "

UNDONE = f"{_ENDED}undone"
"""A mistaken joining was undone."""
LOST = f"{_ENDED}lost"
"""The phone was lost, and an administrator locked it."""
REPLACED = f"{_ENDED}replaced"
"""Another person took over the post."""
DROPPED = f"{_ENDED}dropped"
"""The person removed this channel."""


def was_ended(address: Address) -> bool:
    """Whether access from here was taken away: then only a new code restores it. Every other reason
    (blocked, unreachable) ends when the person writes again.
    """
    reason = address.retired_reason or ""
    return address.retired_at is not None and reason.startswith(_ENDED)

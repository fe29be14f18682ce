"""Why access from an address was taken away; kept with the address and never changed."""

from storage import Address

_ENDED = "access ended: "

UNDONE = f"{_ENDED}undone"
"""A wrong coming-in was undone."""
LOST = f"{_ENDED}lost"
"""The phone was lost, and an administrator locked it."""
REPLACED = f"{_ENDED}replaced"
"""Somebody else took over the post."""
DROPPED = f"{_ENDED}dropped"
"""The person dropped this channel himself."""


def was_ended(address: Address) -> bool:
    """Whether access from here was taken away: then only a new code opens again. Every other
    reason (blocked, unreachable) is over when the person speaks again."""
    reason = address.retired_reason or ""
    return address.retired_at is not None and reason.startswith(_ENDED)

"""Outgoing messages. `queueing` adds messages and combines the other parts, `claims` leases
addresses to senders, `marks` records results, `reading` only reads, `unseen` finds notices that did
not reach their reader.
"""

from storage.outbox.queueing import Outbox

__all__ = ["Outbox"]

"""What goes out. `queueing` takes messages in and brings the other parts together, `claims`
leases addresses to senders, `marks` notes what became of messages, `reading` only looks,
`unseen` finds notices that did not reach their reader."""

from storage.outbox.queueing import Outbox

__all__ = ["Outbox"]

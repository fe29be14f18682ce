"""The results of sending: what is recorded after an attempt."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, case, func, insert, text, update

from domain.messages import Lane
from storage.records import Leased
from storage.revoked.notes import Notes
from storage.statements import Repository
from storage.tables.messages import (
    ADDRESS,
    DELIVERY_ATTEMPT,
    OUTBOX,
    AttemptOutcome,
    SendState,
)

INTERRUPTED: Final = "the sender ended before it could note the outcome"

_WAITING: Final = text("outbox.state = 'waiting'")
_THIS: Final = OUTBOX.c.id == bindparam("outbox_id_")
_OURS: Final = ADDRESS.c.lease_token == bindparam("token")
_MOMENT: Final = OUTBOX.c.due_at.type

_RELEASE: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id"))
    .where(_OURS)
    .values(
        # An address may need a pause: then it keeps its lease for a while, without a sender.
        leased_until=bindparam("rests_until", type_=ADDRESS.c.leased_until.type),
        lease_token=None,
        leased_row=None,
    )
)
# The next positions; ends the lease unless it expired and another sender has it.
_SHOW_AND_RELEASE: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id"))
    .values(
        position=ADDRESS.c.position + bindparam("shown"),
        leased_until=case(
            (_OURS, bindparam("rests_until", type_=ADDRESS.c.leased_until.type)),
            else_=ADDRESS.c.leased_until,
        ),
        leased_row=case((_OURS, None), else_=ADDRESS.c.leased_row),
        lease_token=case((_OURS, None), else_=ADDRESS.c.lease_token),
    )
    .returning(ADDRESS.c.position)
)
_MARK_SENT: Final = (
    update(OUTBOX)
    .where(_THIS)
    .where(_WAITING)
    .values(
        state=SendState.SENT,
        sent_at=bindparam("now"),
        position=bindparam("position_"),
        attempts=OUTBOX.c.attempts + 1,
        error=None,
    )
)
_MARK_FAILED: Final = (
    update(OUTBOX)
    .where(_THIS)
    .where(_WAITING)
    .values(
        state=bindparam("state_"),
        due_at=func.coalesce(bindparam("retry_at", type_=_MOMENT), OUTBOX.c.due_at),
        attempts=OUTBOX.c.attempts + 1,
        unknowns=OUTBOX.c.unknowns + bindparam("unknown"),
        pieces=bindparam("pieces_"),
        error=bindparam("error_"),
    )
)
_PUT_OFF: Final = (
    update(OUTBOX)
    .where(_THIS)
    .where(_WAITING)
    .values(
        state=bindparam("state_"),
        due_at=func.coalesce(bindparam("retry_at", type_=_MOMENT), OUTBOX.c.due_at),
        error=bindparam("error_"),
    )
)
# The reason stays until the next attempt: the next sender needs it, and may come later, after a
# reply to the same address.
_COUNT_INTERRUPTED: Final = (
    update(OUTBOX)
    .where(_THIS)
    .values(
        attempts=OUTBOX.c.attempts + 1,
        unknowns=OUTBOX.c.unknowns + 1,
        error=case((_WAITING, INTERRUPTED), else_=OUTBOX.c.error),
    )
)
_ATTEMPT: Final = insert(DELIVERY_ATTEMPT)
_SEEN: Final = (
    update(OUTBOX)
    .where(OUTBOX.c.address_id == bindparam("address_id_"))
    .where(OUTBOX.c.position <= bindparam("position_"))
    .where(OUTBOX.c.seen_at.is_(None))
    .values(seen_at=bindparam("now"))
)
_EXPIRE: Final = (
    update(OUTBOX)
    .where(_WAITING)
    .where(OUTBOX.c.expires_at <= bindparam("now", type_=_MOMENT))
    .values(state=SendState.EXPIRED)
)
_FREE: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id_"))
    .values(leased_until=None, lease_token=None, leased_row=None)
)
_DUE_NOW: Final = (
    update(OUTBOX)
    .where(OUTBOX.c.address_id == bindparam("address_id_"))
    .where(_WAITING)
    .where(OUTBOX.c.due_at > bindparam("now", type_=_MOMENT))
    .values(due_at=bindparam("now", type_=_MOMENT))
)
_DROP: Final = update(OUTBOX).where(_THIS).where(_WAITING).values(state=SendState.DROPPED)
_RETRY: Final = (
    update(OUTBOX)
    .where(_THIS)
    .where(OUTBOX.c.state.in_((SendState.FAILED, SendState.EXPIRED, SendState.DROPPED)))
    .values(state=SendState.WAITING, due_at=bindparam("now"), expires_at=None, error=None)
)


class OutboxMarks(Repository):
    """The part of the outbox that is used after sending."""

    __slots__ = ("_notes",)

    def __init__(self, connection: Connection, notes: Notes) -> None:
        super().__init__(connection)
        self._notes = notes

    def sent(self, leased: Leased, now: datetime, *, rests_until: datetime | None = None) -> int:
        """It was delivered; ends the lease, and sends nothing more there before `rests_until`.
        Returns its position at the address.
        """
        return self.sent_all((leased,), now, rests_until=rests_until)

    def sent_all(
        self, leased: Sequence[Leased], now: datetime, *, rests_until: datetime | None = None
    ) -> int:
        """All messages given by `take_for` were delivered; returns the last one's position."""
        if not leased:
            return 0
        first = leased[0]
        values = {
            "address_id": first.address.id,
            "shown": len(leased),
            "token": first.token,
            "rests_until": rests_until,
        }
        last: int = self._connection.execute(_SHOW_AND_RELEASE, values).scalar_one()
        position = last - len(leased)
        marks = [
            {"outbox_id_": one.outbox_id, "now": now, "position_": position + place}
            for place, one in enumerate(leased, start=1)
        ]
        attempts = [_attempt(one.outbox_id, now, AttemptOutcome.SENT) for one in leased]
        # A single row, not a list of one row, which would cost half as much again.
        self._connection.execute(_MARK_SENT, marks if len(marks) > 1 else marks[0])
        self._connection.execute(_ATTEMPT, attempts if len(attempts) > 1 else attempts[0])
        for one in leased:
            if one.lane is Lane.NOTICE:
                self._notes.notice(one.outbox_id, one.queued_at, one.address.id, one.once or "")
        return last

    def failed(
        self,
        leased: Leased,
        now: datetime,
        error: str,
        *,
        retry_at: datetime | None,
        permanent: bool = False,
        outcome: AttemptOutcome = AttemptOutcome.REFUSED,
        pieces: int = 0,
        rests_until: datetime | None = None,
    ) -> None:
        """It was not delivered, or the result is unknown (`outcome` UNKNOWN); ends the lease, and
        sends nothing more there before `rests_until`. `pieces` is the total number of pieces
        delivered.

        Retried from `retry_at`, and those behind it in the lane wait; with None it is given up and
        the lane continues. `permanent` is stored with the attempt; the caller decides whether to
        retire the address. `error` contains no name of a person and no token.
        """
        unknown = outcome is AttemptOutcome.UNKNOWN
        values = {
            "outbox_id_": leased.outbox_id,
            "state_": SendState.FAILED if retry_at is None else SendState.WAITING,
            "retry_at": retry_at,
            "unknown": int(unknown),
            "pieces_": pieces,
            "error_": error,
        }
        self._connection.execute(_MARK_FAILED, values)
        mark = _attempt(leased.outbox_id, now, outcome, permanent=permanent, error=error)
        self._connection.execute(_ATTEMPT, mark)
        self.release(leased, rests_until=rests_until)

    def put_off(self, leased: Leased, until: datetime | None, error: str) -> None:
        """It is not sent now, and there was no attempt: it waits until then; with None it is given
        up.
        """
        values = {
            "outbox_id_": leased.outbox_id,
            "state_": SendState.FAILED if until is None else SendState.WAITING,
            "retry_at": until,
            "error_": error,
        }
        self._connection.execute(_PUT_OFF, values)
        self.release(leased)

    def release(self, leased: Leased, *, rests_until: datetime | None = None) -> None:
        """End the lease; use it alone if there was no attempt (the process is ending, or the rate
        limit is reached).
        """
        values = {
            "address_id": leased.address.id,
            "token": leased.token,
            "rests_until": rests_until,
        }
        self._connection.execute(_RELEASE, values)

    def reader_came(self, address_id: int, now: datetime) -> None:
        """The only reader of an address is connected here: its waiting messages are due, even if
        another sender has the lease.

        Otherwise the messages of a killed sender, or of one whose clock was ahead, would block
        everything behind them.
        """
        self._connection.execute(_FREE, {"address_id_": address_id})
        self._connection.execute(_DUE_NOW, {"address_id_": address_id, "now": now})

    def seen(self, address_id: int, position: int, now: datetime) -> int:
        """The person's screen showed everything up to this position; returns how many are newly
        seen.
        """
        values = {"address_id_": address_id, "position_": position, "now": now}
        return self._connection.execute(_SEEN, values).rowcount

    def expire(self, now: datetime) -> int:
        """Set aside messages that were not sent in time; `claim` already skips them."""
        return self._connection.execute(_EXPIRE, {"now": now}).rowcount

    def drop(self, outbox_id: int) -> bool:
        """Remove a waiting message. False if it was not waiting."""
        return self._connection.execute(_DROP, {"outbox_id_": outbox_id}).rowcount == 1

    def retry(self, outbox_id: int, now: datetime) -> bool:
        """Let a message that was given up wait again. False if it was not given up."""
        values = {"outbox_id_": outbox_id, "now": now}
        return self._connection.execute(_RETRY, values).rowcount == 1

    def _mark_interrupted(self, outbox_id: int, now: datetime) -> None:
        self._connection.execute(_COUNT_INTERRUPTED, {"outbox_id_": outbox_id})
        mark = _attempt(outbox_id, now, AttemptOutcome.UNKNOWN, error=INTERRUPTED)
        self._connection.execute(_ATTEMPT, mark)


def _attempt(
    outbox_id: int,
    now: datetime,
    outcome: AttemptOutcome,
    *,
    permanent: bool = False,
    error: str | None = None,
) -> dict[str, object]:
    return {
        "outbox_id": outbox_id,
        "at": now,
        "outcome": outcome,
        "permanent": permanent,
        "error": error,
    }

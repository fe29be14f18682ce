"""Synchronises the file and the database: each gets the lines that it lacks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from domain.messages import Lane
from storage.revoked.applying import Applied, Applying
from storage.revoked.journal import NIGHTS, Journal
from storage.revoked.lines import Kind, Revocation, is_night, is_put_back, is_sent, read, write
from storage.revoked.notes import Notes
from storage.tables.messages import LANES, OUTBOX, Author, SendState
from storage.tables.people import AUDIT
from storage.tables.revoked import REVOCATION

NIGHTS_IN_DATABASE: Final = NIGHTS + 100
"""The database deletes lines later than the file: a line only in the file would be applied again.
"""

LOOKED_BACK: Final = 1_000
"""Newest notices that are compared with the file: more than are sent in one transaction, after
which a killed process could have failed to record them.
"""

LINES_LOOKED_BACK: Final = 5 * LOOKED_BACK
"""Lines of the file in which those notices are found, among all other lines."""

_KNOWN: Final = select(REVOCATION.c.line)
_SENT: Final = (
    select(OUTBOX.c.id, OUTBOX.c.queued_at, OUTBOX.c.address_id, OUTBOX.c.once)
    .where(OUTBOX.c.state == SendState.SENT)
    .where(OUTBOX.c.lane == LANES[Lane.NOTICE.value])
    .where(OUTBOX.c.author == Author.US)
    .order_by(OUTBOX.c.id.desc())
    .limit(LOOKED_BACK)
)
_THIS: Final = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.id == bindparam("row"))
    .where(OUTBOX.c.queued_at == bindparam("queued", type_=OUTBOX.c.queued_at.type))
    .where(OUTBOX.c.state != SendState.WAITING)
)
_NIGHT: Final = select(func.coalesce(func.max(REVOCATION.c.night), 0) + 1)


def unknown_lines(
    connection: Connection, lines: Sequence[str], pepper: bytes
) -> tuple[list[str], list[Revocation]]:
    """The lines of the file that the database lacks: lines to store, and all revocations to apply.

    The file must have been read before the transaction began: every line in it was then committed
    before.
    """
    known = set(connection.execute(_KNOWN).scalars())
    new = [one for one in lines if one not in known and not is_sent(one) and not is_night(one)]
    kept = [(line, found) for line in new if (found := read(line, pepper)) is not None]
    # A notice sent before a restore was applied at that time, and has no other record.
    done = [place for place, one in enumerate(lines) if is_put_back(one) and one in known]
    late = lines[done[-1] + 1 if done else 0 :]
    sent = [one for line in late if is_sent(line) and (one := read(line, pepper)) is not None]
    if not kept and (not sent or _is_sent(connection, sent[-1])):
        return [], []
    return [line for line, _ in kept], [*(found for _, found in kept), *sent]


def apply_unknown(
    connection: Connection,
    lines: Sequence[str],
    pepper: bytes,
    now: datetime,
    *,
    certainly_put_back: bool = False,
) -> Applied | None:
    """Apply what the database does not have; None if it has everything and is not known to be a
    restored copy.
    """
    kept, revocations = unknown_lines(connection, lines, pepper)
    if not revocations and not certainly_put_back:
        return None
    applied = Applying(connection=connection, pepper=pepper, now=now).run(revocations)
    kept.append(write(Kind.PUT_BACK, (now.isoformat(),), pepper))
    connection.execute(insert(REVOCATION), [{"line": line} for line in dict.fromkeys(kept)])
    entry = {"at": now, "action": "put_back", "subject": "database", "detail": _told(applied)}
    connection.execute(insert(AUDIT), entry)
    return applied


def add_missing(connection: Connection, journal: Journal, pepper: bytes) -> None:
    """Add to the file what the database has and the file lacks: a process was killed between its
    commit and the write, or the file is lost.
    """
    lines = journal.lines()
    there = set(lines)
    missing = [line for line in connection.execute(_KNOWN).scalars() if line not in there]
    notes = Notes(pepper)
    noted = {
        one.about[:2]
        for line in lines[-LINES_LOOKED_BACK:]
        if is_sent(line) and (one := read(line, pepper))
    }
    for row in connection.execute(_SENT):
        if (str(row.id), row.queued_at.isoformat()) not in noted:
            notes.notice(row.id, row.queued_at, row.address_id, row.once or "")
    if missing or notes.sent:
        journal.add(missing, notes.sent)


def forget_old(connection: Connection) -> None:
    """Nightly deletion of old rows of the table."""
    night: int = connection.execute(_NIGHT).scalar_one()
    unmarked = update(REVOCATION).where(REVOCATION.c.night.is_(None)).values(night=night)
    if connection.execute(unmarked).rowcount:
        old = delete(REVOCATION).where(REVOCATION.c.night <= night - NIGHTS_IN_DATABASE)
        connection.execute(old)


def _is_sent(connection: Connection, last: Revocation) -> bool:
    """Whether the database has the last notice that the file records as sent."""
    if last.kind is not Kind.SENT:
        raise ValueError(f"not a mark of a notice: {last.kind}")
    row, queued, *_ = last.about
    values = {"row": int(row), "queued": datetime.fromisoformat(queued)}
    return connection.execute(_THIS, values).first() is not None


def _told(applied: Applied) -> str:
    counts = {name: getattr(applied, name) for name in Applied.__dataclass_fields__}
    return " ".join(f"{name}={count}" for name, count in counts.items() if count)

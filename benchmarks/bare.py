"""A handler without our code: the same rows in the same transactions, with plain SQLModel.

It gets the rows to write, so it makes no decision and no text, and reads only what it must: the
address to lock, the message to claim, and each row that it changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from benchmarks.rows import Written
from domain.messages import Incoming
from storage import SendState, engines
from storage.tables.messages import AddressRow, OutboxRow


@dataclass(frozen=True, kw_only=True)
class Writes:
    """The rows that one turn writes, in each of its three transactions."""

    turn: tuple[Written, ...]
    claim: tuple[Written, ...]
    mark: tuple[Written, ...]


class Bare:
    """One database, opened with the same settings as ours."""

    def __init__(self, database: str) -> None:
        self._engine = engines.open_for_writing(engines.parse_url(database))

    def steps(self, incoming: Incoming, writes: Writes) -> Iterator[None]:
        """One turn, pausing after each commit."""
        with Session(self._engine) as session, session.begin():
            session.exec(
                select(AddressRow)
                .where(AddressRow.channel == incoming.channel)
                .where(AddressRow.bot == incoming.bot)
                .where(AddressRow.address == incoming.address)
                .with_for_update()
            ).one()
            _write(session, writes.turn)
        yield
        with Session(self._engine) as session, session.begin():
            session.exec(
                select(OutboxRow)
                .where(OutboxRow.state == SendState.WAITING)
                .order_by(col(OutboxRow.lane), col(OutboxRow.id))
                .limit(1)
            ).one()
            _write(session, writes.claim)
        yield
        with Session(self._engine) as session, session.begin():
            _write(session, writes.mark)
        yield

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()


def _write(session: Session, rows: Iterable[Written]) -> None:
    for written in rows:
        if written.key is None:
            session.add(written.table(**written.values))
            continue
        row = session.get_one(written.table, written.key)
        for name, value in written.values.items():
            setattr(row, name, value)

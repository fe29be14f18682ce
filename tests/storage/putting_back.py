"""An installation whose database can be copied and restored, on both kinds of database."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import Store, ToQueue
from storage.revoked.applying import Applied
from tests.postgres import PostgresServer
from tests.storage.world import NOW, World


@dataclass(kw_only=True)
class Installation:
    """One database and the folder of its file of revocations."""

    url: str
    folder: Path
    server: PostgresServer | None = None
    _made: list[str] = field(default_factory=list)

    def open(self) -> Store:
        """The store, as the program opens it."""
        return Store(self.url, data_folder=self.folder)

    @property
    def journal(self) -> Path:
        """The file of revocations, which must exist."""
        (found,) = self.folder.glob("*-revoked")
        return found

    def copy(self) -> Callable[[], None]:
        """Copy the database, which no process has open; returns a function that restores the
        copy.
        """
        if self.server is None:
            file = Path(self.url.removeprefix("sqlite:///"))
            kept = file.with_name("kept.db")
            shutil.copyfile(file, kept)
            return lambda: _replace(kept, file)
        kept_url = self.server.create(template=self.url)
        self._made.append(kept_url)

        def put_back() -> None:
            self.url = kept_url

        return put_back

    def close(self) -> None:
        """Drop the copies that were made on a server."""
        for url in self._made:
            assert self.server is not None
            self.server.drop(url)


def _replace(kept: Path, file: Path) -> None:
    shutil.copyfile(kept, file)


LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(days=2)


def reopened(installation: Installation) -> tuple[Store, Applied | None]:
    """The store as a command opens it, and the revocations that it had to apply again."""
    store = installation.open()
    applied = store.apply_revocations(LAST)
    store.complete_revocations()
    return store, applied


def notice(world: World, once: str | None) -> ToQueue:
    """A notice for the officer."""
    return ToQueue(
        address_id=world.address.id,
        lane=Lane.NOTICE,
        outgoing=Outgoing(cards=saying("!")),
        once=once,
    )


def send_all(store: Store) -> None:
    """Deliver what waits."""
    with store.begin() as tx:
        for leased in tx.outbox.claim(LATER, 100):
            tx.outbox.sent(leased, LATER)

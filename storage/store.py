"""The store and its transactions: the only access to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from domain.people import Person
from storage import about, engines, revisions
from storage.about import About
from storage.addresses import Addresses
from storage.assessments import Assessments
from storage.audit import Audit
from storage.bots import Bots
from storage.criteria_sets import CriteriaSets
from storage.drafts import Drafts
from storage.earlier_figures import EarlierFigures
from storage.evidence import EvidenceOfUnits
from storage.files.keeping import LogKeeper
from storage.files.lock import FileLock
from storage.hand_in_requests import HandInRequests
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.issued_codes import IssuedCodes
from storage.joinings import Joinings
from storage.mail_claims import MailClaims
from storage.outbox import Outbox
from storage.outbox.unseen import Unseen
from storage.people import People
from storage.plans import Plans
from storage.registers import Registers
from storage.revoked import comparing
from storage.revoked.applying import Applied
from storage.revoked.journal import SUFFIX, Journal
from storage.revoked.lines import name_of
from storage.revoked.notes import Notes
from storage.rulings import Rulings
from storage.settings import Settings
from storage.units import Units
from storage.usage import Usage
from storage.visible import Visible
from storage.web import Web


class Tx:
    """One transaction. Its repositories see its changes and end with it.

    Only a store makes it. Two threads must not use it at the same time.
    """

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        self._connection = connection
        self._pepper = pepper
        self._notes = notes

    @cached_property
    def about(self) -> About:
        return About(self._connection)

    @cached_property
    def units(self) -> Units:
        return Units(self._connection)

    @cached_property
    def people(self) -> People:
        return People(self._connection, self._notes)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._connection, self._pepper, self._notes)

    @cached_property
    def issued_codes(self) -> IssuedCodes:
        return IssuedCodes(self._connection, self._pepper)

    @cached_property
    def joinings(self) -> Joinings:
        return Joinings(self._connection, self._pepper, self._notes)

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(self._connection, self._pepper, self._notes)

    @cached_property
    def mail_claims(self) -> MailClaims:
        return MailClaims(self._connection, self._pepper, self._notes)

    @cached_property
    def bots(self) -> Bots:
        return Bots(self._connection, self._pepper)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection, self._notes)

    @cached_property
    def unseen(self) -> Unseen:
        return Unseen(self._connection)

    @cached_property
    def sets(self) -> CriteriaSets:
        return CriteriaSets(self._connection)

    @cached_property
    def assessments(self) -> Assessments:
        return Assessments(self._connection)

    @cached_property
    def hand_in_requests(self) -> HandInRequests:
        return HandInRequests(self._connection)

    @cached_property
    def earlier_figures(self) -> EarlierFigures:
        return EarlierFigures(self._connection)

    @cached_property
    def evidence(self) -> EvidenceOfUnits:
        return EvidenceOfUnits(self._connection)

    @cached_property
    def registers(self) -> Registers:
        return Registers(self._connection)

    @cached_property
    def rulings(self) -> Rulings:
        return Rulings(self._connection)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self._connection)

    @cached_property
    def usage(self) -> Usage:
        return Usage(self._connection)

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._connection)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self._connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._connection)

    def visible_to(self, person: Person) -> Visible:
        """What this person may see: the only access to other people's units."""
        return Visible(self._connection, person)

    @cached_property
    def web(self) -> Web:
        return Web(self._connection, self._pepper, self._notes)


class Store:
    """One database, from which any thread may begin transactions.

    Opening it raises NotADatabase if it is damaged, another program's, or of another version than
    this program (see `storage.migrate`), and Unavailable if it does not exist, does not answer or
    is being replaced now.

    Revocations are also written to a file (`storage.revoked`): next to an SQLite file, in
    `data_folder` for PostgreSQL, where None keeps no file. `instead_of` is the SQLite file that
    this one will replace: its file of revocations is used.
    """

    def __init__(
        self, url_or_path: str, *, data_folder: Path | None = None, instead_of: Path | None = None
    ) -> None:
        url = engines.parse_url(url_or_path)
        self._url = url
        file = engines.file_of(url)
        engines.must_exist(url)
        self._lock = FileLock(None) if file is None else FileLock.shared(file)
        self._writing = engines.open_for_writing(url)
        self._reading = engines.open_for_reading(url, self._writing)
        self._log = None if file is None else LogKeeper(self._writing, file)
        try:
            # First read-only: this leaves another program's file unchanged.
            with engines.named_errors(url), self._reading.begin() as connection:
                revisions.check(connection, self.place)
                self._pepper = about.pepper(connection)
            self._journal = _journal_of(instead_of or file, data_folder, self._pepper)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The whole URL, with its password: for child processes, never for messages."""
        return self._url.render_as_string(hide_password=False)

    @property
    def place(self) -> str:
        """The database's name in messages."""
        return engines.place_of(self._url)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A transaction that may write: committed at the end, rolled back by an exception.

        Raises Unavailable if the database stays locked and NotADatabase if it is found to be
        damaged, also inside the block; it is then rolled back.
        """
        with engines.named_errors(self._url):
            if self._log is not None:
                self._log.before_writing()
            notes = Notes(self._pepper)
            with self._writing.begin() as connection:
                yield Tx(connection, self._pepper, notes)
                notes.save(connection)
            self._after_commit(notes)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one state of the database and cannot change it.

        It and writers do not wait for each other. Raises as `begin`.
        """
        with engines.named_errors(self._url), self._reading.begin() as connection:
            yield Tx(connection, self._pepper, Notes(self._pepper))

    def apply_revocations(
        self, now: datetime, *, certainly_put_back: bool = False
    ) -> Applied | None:
        """Apply the lines of the file of revocations that the database does not have.

        Returns what changed if the database is a restored older copy, None if it is not. Raises as
        `begin`.
        """
        lines = self._journal.lines() if self._journal is not None else []
        if not certainly_put_back:
            with self.read() as tx:
                if not any(comparing.unknown_lines(tx._connection, lines, self._pepper)):
                    return None
        with self.begin() as tx:
            return comparing.apply_unknown(
                tx._connection, lines, self._pepper, now, certainly_put_back=certainly_put_back
            )

    def complete_revocations(self) -> None:
        """Add the lines that the file of revocations lacks. Raises as `read`, and Unavailable if
        PostgreSQL's file cannot be written.
        """
        if self._journal is not None:
            if self._log is None:
                self._journal.prepare()
            with self.read() as tx:
                comparing.add_missing(tx._connection, self._journal, self._pepper)

    def tidy_revocations(self, today: date) -> None:
        """Delete revocations that are older than any kept copy. Raises OSError."""
        if self._journal is not None:
            self._journal.tidy(today)
        with self.begin() as tx:
            comparing.forget_old(tx._connection)

    def _after_commit(self, notes: Notes) -> None:
        if self._journal is not None and (notes.taken_back or notes.sent):
            self._journal.add(notes.taken_back, notes.sent)
        if self._log is not None:
            self._log.committed()

    def close(self) -> None:
        """Close all connections; no transaction may be open."""
        self._reading.dispose()
        self._writing.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _journal_of(file: Path | None, folder: Path | None, pepper: bytes) -> Journal | None:
    if file is not None:
        return Journal(file.with_name(file.name + SUFFIX))
    return None if folder is None else Journal(folder / f"antt-{name_of(pepper)}{SUFFIX}")

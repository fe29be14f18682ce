"""The store and its transactions: the one way to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
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
from storage.joinings import Joinings
from storage.mail_claims import MailClaims
from storage.outbox import Outbox
from storage.outbox.unseen import Unseen
from storage.people import People
from storage.plans import Plans
from storage.rulings import Rulings
from storage.settings import Settings
from storage.units import Units
from storage.usage import Usage
from storage.visible import Visible
from storage.web import Web


class Tx:
    """One transaction. Its repositories see its changes and end with it.

    Made by a store only. Not to be used by two threads at once.
    """

    def __init__(self, connection: Connection, pepper: bytes) -> None:
        self._connection = connection
        self._pepper = pepper

    @cached_property
    def about(self) -> About:
        return About(self._connection)

    @cached_property
    def units(self) -> Units:
        return Units(self._connection)

    @cached_property
    def people(self) -> People:
        return People(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._connection, self._pepper)

    @cached_property
    def joinings(self) -> Joinings:
        return Joinings(self._connection, self._pepper)

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(self._connection, self._pepper)

    @cached_property
    def mail_claims(self) -> MailClaims:
        return MailClaims(self._connection, self._pepper)

    @cached_property
    def bots(self) -> Bots:
        return Bots(self._connection, self._pepper)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection)

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
        """What this person may see: the one door to other people's units."""
        return Visible(self._connection, person)

    @cached_property
    def web(self) -> Web:
        return Web(self._connection, self._pepper)


class Store:
    """One database, from which any thread may begin transactions.

    Opening it raises NotADatabase when it is damaged, another program's, or of another
    version than this program (see `storage.migrate`), and Unavailable when it is not there,
    does not answer or is just being replaced.
    """

    def __init__(self, url_or_path: str) -> None:
        url = engines.parse_url(url_or_path)
        self._url = url
        file = engines.file_of(url)
        engines.must_exist(url)
        self._lock = FileLock(None) if file is None else FileLock.shared(file)
        self._writing = engines.open_for_writing(url)
        self._reading = engines.open_for_reading(url, self._writing)
        self._log = None if file is None else LogKeeper(self._writing, file)
        try:
            # By the reading side first: it leaves a file of somebody else's as it is.
            with engines.named_errors(url), self._reading.begin() as connection:
                revisions.check(connection, self.place)
                self._pepper = about.pepper(connection)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The whole address, with its password: for child processes, never for messages."""
        return self._url.render_as_string(hide_password=False)

    @property
    def place(self) -> str:
        """How messages name the database."""
        return engines.place_of(self._url)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A transaction that may write: committed at the end, rolled back by an exception.

        Raises Unavailable when the database stays locked and NotADatabase when it turns out
        to be damaged, also from within; what was begun is rolled back then.
        """
        with engines.named_errors(self._url):
            if self._log is not None:
                self._log.before_writing()
            with self._writing.begin() as connection:
                yield Tx(connection, self._pepper)
            if self._log is not None:
                self._log.committed()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one state of the database and cannot change it.

        It neither waits for writers nor makes them wait. Raises as `begin`.
        """
        with engines.named_errors(self._url), self._reading.begin() as connection:
            yield Tx(connection, self._pepper)

    def close(self) -> None:
        """End all connections; nobody may be in a transaction."""
        self._reading.dispose()
        self._writing.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

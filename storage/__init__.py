"""The only package with SQL: tables, migrations, the store, outbox, inbox, audit.

`migrate` makes or updates a database, `Store` opens it, `Store.begin` gives a transaction (`Tx`)
with one repository for each subject. Table rows never leave this package: callers get the frozen
dataclasses of the domain and of `storage.records`.
"""

from storage.errors import (
    AssessmentLocked,
    Conflict,
    Damaged,
    InUse,
    NotADatabase,
    NotCopied,
    Problem,
    StorageError,
    Unavailable,
)
from storage.files.copies import Contents, contents, copy_sqlite, remove
from storage.files.lock import FileLock
from storage.files.losses import Losses, LostAnswers, LostHandIn, last_moment, losses
from storage.files.replacing import put_in_place
from storage.mail_claims import MailClaim
from storage.migrate import current_revision, migrate
from storage.occurrences import reminder_key
from storage.outbox.reading import Queue
from storage.outbox.unseen import Notice
from storage.records import (
    Address,
    AnswerVersion,
    AuditEntry,
    ConfirmedDuty,
    Draft,
    EarlierFigure,
    Evidence,
    HandIn,
    HandInRequest,
    Joining,
    KeptVerdict,
    Leased,
    Loaded,
    Message,
    Parked,
    Plan,
    PlannedDuty,
    Recorded,
    ToQueue,
)
from storage.revisions import HEAD
from storage.revoked.applying import Applied
from storage.store import Store, Tx
from storage.tables.messages import AttemptOutcome, Author, SendState
from storage.tables.setup import RequestOutcome
from storage.upgrading import Upgraded, upgrade
from storage.web import WebSession, token_hash

__all__ = [
    "HEAD",
    "Address",
    "AnswerVersion",
    "Applied",
    "AssessmentLocked",
    "AttemptOutcome",
    "AuditEntry",
    "Author",
    "ConfirmedDuty",
    "Conflict",
    "Contents",
    "Damaged",
    "Draft",
    "EarlierFigure",
    "Evidence",
    "FileLock",
    "HandIn",
    "HandInRequest",
    "InUse",
    "Joining",
    "KeptVerdict",
    "Leased",
    "Loaded",
    "Losses",
    "LostAnswers",
    "LostHandIn",
    "MailClaim",
    "Message",
    "NotADatabase",
    "NotCopied",
    "Notice",
    "Parked",
    "Plan",
    "PlannedDuty",
    "Problem",
    "Queue",
    "Recorded",
    "RequestOutcome",
    "SendState",
    "StorageError",
    "Store",
    "ToQueue",
    "Tx",
    "Unavailable",
    "Upgraded",
    "WebSession",
    "contents",
    "copy_sqlite",
    "current_revision",
    "last_moment",
    "losses",
    "migrate",
    "put_in_place",
    "reminder_key",
    "remove",
    "token_hash",
    "upgrade",
]

"""The lines of the file: a kind, its subject, a random part, a checksum.

No names and no texts: hashes, ids, times, the keys of reminders. The checksum is keyed with the
database's pepper, so an incomplete, changed or foreign line is not valid.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote

NONCE_BYTES: Final = 4
"""The same post may be removed twice: each time has its own line."""

CHECK_LETTERS: Final = 12
TAG_LETTERS: Final = 16

NIGHT: Final = "night"
"""The beginning of the marks that the nightly tidying puts between the lines."""


class Kind(StrEnum):
    """What was revoked, and the content of its line.

    CODE: the hash of a code that was used, withdrawn or replaced. SESSION: the hash of its token.
    ADDRESS: hash of the address, id of the person, when, why. POST: tag of the person, role, unit.
    JOINING: the hash of the code it was made with, when it was undone. SENT: id of the message,
    when it was queued, id of the address, its key or "". PUT_BACK: when the lines before it were
    applied to a restored copy.
    """

    CODE = "code"
    SESSION = "session"
    ADDRESS = "address"
    POST = "post"
    JOINING = "joining"
    SENT = "sent"
    PUT_BACK = "put_back"


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """A parsed line."""

    kind: Kind
    about: tuple[str, ...]


def write(kind: Kind, about: tuple[str, ...], pepper: bytes) -> str:
    """The line, without its line end."""
    nonce = secrets.token_hex(NONCE_BYTES)
    text = " ".join((kind.value, *(quote(one, safe=":/+") or "-" for one in about), nonce))
    return f"{text} {_check(text, pepper)}"


def read(line: str, pepper: bytes) -> Revocation | None:
    """The content of a line; None for a night mark, and for a line that is not valid here."""
    text, _, check = line.rpartition(" ")
    if not hmac.compare_digest(check.encode(), _check(text, pepper).encode()):
        return None
    kind, *about, _ = text.split(" ")
    return Revocation(
        kind=Kind(kind), about=tuple("" if one == "-" else unquote(one) for one in about)
    )


def is_sent(line: str) -> bool:
    """Whether it records that a notice was sent."""
    return line.startswith(f"{Kind.SENT} ")


def is_put_back(line: str) -> bool:
    """Whether it says that the lines before it were applied to a copy."""
    return line.startswith(f"{Kind.PUT_BACK} ")


def is_night(line: str) -> bool:
    """Whether it is the mark of a nightly tidying."""
    return line.startswith(f"{NIGHT} ")


def tag_of(person_id: int, handle: str, pepper: bytes) -> str:
    """How lines identify a person, because the id alone could later belong to another person."""
    name = f"person:{person_id}:{handle}".encode()
    return hmac.new(pepper, name, hashlib.sha256).hexdigest()[:TAG_LETTERS]


def name_of(pepper: bytes) -> str:
    """The part of a file's name that identifies its database, if one folder has several files."""
    return hmac.new(pepper, b"revoked", hashlib.sha256).hexdigest()[:CHECK_LETTERS]


def _check(text: str, pepper: bytes) -> str:
    message = f"revoked:{text}".encode()
    return hmac.new(pepper, message, hashlib.sha256).hexdigest()[:CHECK_LETTERS]

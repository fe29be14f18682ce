"""The revocations of one transaction, collected during it and written at its end."""

import re
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert

from storage import codes
from storage.revoked.lines import Kind, tag_of, write
from storage.tables.revoked import REVOCATION

_INSERT: Final = insert(REVOCATION)
_OUR_WORDS: Final = re.compile(r"access ended: [a-z]+")
"""A reason that may be kept in a line: other reasons come from a service and may contain anything.
"""


class Notes:
    """Lines of one transaction. `taken_back` go into the database and the file, `sent` only into
    the file.
    """

    def __init__(self, pepper: bytes) -> None:
        self._pepper = pepper
        self.taken_back: list[str] = []
        self.sent: list[str] = []

    def code(self, code_hash: str) -> None:
        """A one-time code is no longer valid."""
        self._take_back(Kind.CODE, code_hash)

    def session(self, token: str) -> None:
        """The session of this `token_hash` has ended."""
        self._take_back(Kind.SESSION, token)

    def address(
        self, channel: str, bot: str, address: str, person_id: int, reason: str, now: datetime
    ) -> None:
        """Nothing more is sent to this person's address."""
        place = codes.hash_address(channel, bot, address, self._pepper)
        kept = reason if _OUR_WORDS.fullmatch(reason) else ""
        self._take_back(Kind.ADDRESS, place, str(person_id), now.isoformat(), kept)

    def post(self, person_id: int, handle: str, role: str, unit: str) -> None:
        """A person's post was removed."""
        self._take_back(Kind.POST, tag_of(person_id, handle, self._pepper), role, unit)

    def joining(self, code_hash: str, now: datetime) -> None:
        """A joining by this code was undone."""
        self._take_back(Kind.JOINING, code_hash, now.isoformat())

    def notice(self, outbox_id: int, queued_at: datetime, address_id: int, once: str) -> None:
        """A notice was sent; `once` is its key or ""."""
        about = (str(outbox_id), queued_at.isoformat(), str(address_id), once)
        self.sent.append(write(Kind.SENT, about, self._pepper))

    def save(self, connection: Connection) -> None:
        """Write the revocations into the database, at the end of the transaction."""
        if self.taken_back:
            rows = [{"line": line} for line in self.taken_back]
            connection.execute(_INSERT, rows)

    def _take_back(self, kind: Kind, *about: str) -> None:
        self.taken_back.append(write(kind, about, self._pepper))

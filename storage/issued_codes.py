"""Which of several readings of a text is a one-time code that was issued here."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, select, union_all

from storage import codes
from storage.statements import Repository
from storage.tables.messages import MAIL_CLAIM
from storage.tables.people import INVITATION
from storage.tables.web import WEB_CODE

_ISSUED: Final = union_all(
    *(
        select(table.c.code_hash).where(
            table.c.code_hash.in_(bindparam("code_hashes", expanding=True))
        )
        for table in (INVITATION, WEB_CODE, MAIL_CLAIM)
    )
)


class IssuedCodes(Repository):
    """Finds out which code a person meant; whether it is still valid is decided afterwards."""

    __slots__ = ("_pepper",)

    def __init__(self, connection: Connection, pepper: bytes) -> None:
        super().__init__(connection)
        self._pepper = pepper

    def meant(self, readings: Iterable[str]) -> str | None:
        """The first reading that was issued, also if it was used since; if none was, the first
        reading, which is then refused like any wrong code. None without readings.
        """
        hashes = {one: codes.hash_code(one, self._pepper) for one in readings}
        if len(hashes) <= 1:
            return next(iter(hashes), None)
        found = set(
            self._connection.execute(_ISSUED, {"code_hashes": list(hashes.values())}).scalars()
        )
        return next((one for one, hashed in hashes.items() if hashed in found), next(iter(hashes)))

"""Facts that the database holds about itself."""

from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from storage.statements import Repository
from storage.tables.units import META

_GET: Final = select(META.c.value).where(META.c.key == bindparam("key_"))
_DEMO: Final = "demo"


def pepper(connection: Connection) -> bytes:
    """The pepper of the hashes; made with the database, so a hash from another database is
    useless.
    """
    return bytes.fromhex(connection.execute(_GET, {"key_": "pepper"}).scalar_one())


class About(Repository):
    """A demo database holds invented answers, says so, and accepts its demo links."""

    __slots__ = ()

    def is_demo(self) -> bool:
        """Whether all answers in it are invented."""
        return self._connection.execute(_GET, {"key_": _DEMO}).scalar() is not None

    def mark_demo(self) -> None:
        """Permanent: nothing can turn a demo into a real database."""
        if not self.is_demo():
            self._connection.execute(insert(META), {"key": _DEMO, "value": "yes"})

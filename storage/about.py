"""What the database says of itself."""

from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from storage.statements import Repository
from storage.tables.units import META

_GET: Final = select(META.c.value).where(META.c.key == bindparam("key_"))
_DEMO: Final = "demo"


def pepper(connection: Connection) -> bytes:
    """What is mixed into hashes; made with the database, so that others' hashes say nothing."""
    return bytes.fromhex(connection.execute(_GET, {"key_": "pepper"}).scalar_one())


class About(Repository):
    """A demo database holds invented answers, says so, and opens its demo links."""

    __slots__ = ()

    def is_demo(self) -> bool:
        """Whether everything in it was invented."""
        return self._connection.execute(_GET, {"key_": _DEMO}).scalar() is not None

    def mark_demo(self) -> None:
        """For ever: nothing can make a demo real."""
        if not self.is_demo():
            self._connection.execute(insert(META), {"key": _DEMO, "value": "yes"})

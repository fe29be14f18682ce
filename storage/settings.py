"""Settings that an administrator changes while the assistant runs."""

from typing import Any, Final

from sqlalchemy import bindparam, select

from storage.statements import Repository, on_both
from storage.tables.units import SETTING

_GET: Final = (
    select(SETTING.c.value)
    .where(SETTING.c.scope == bindparam("scope_"))
    .where(SETTING.c.key == bindparam("key_"))
)


class Settings(Repository):
    """`scope` is "" for the whole installation, a unit's "structure:code", or "person:id" for a
    person's own setting; values are JSON.
    """

    __slots__ = ()

    def get(self, scope: str, key: str) -> str | None:
        """The JSON text, or None if it is not set."""
        values = {"scope_": scope, "key_": key}
        found: str | None = self._connection.execute(_GET, values).scalar()
        return found

    def set(self, scope: str, key: str, value: str) -> None:
        """Set or change it."""
        self._connection.execute(
            _SET(self._connection), {"scope": scope, "key": key, "value": value}
        )


def _build_set(insert: Any) -> Any:
    statement = insert(SETTING)
    return statement.on_conflict_do_update(
        index_elements=[SETTING.c.scope, SETTING.c.key], set_={"value": statement.excluded.value}
    )


_SET: Final = on_both(_build_set)

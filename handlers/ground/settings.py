"""What a province's administrator has set, as values; a setting that was never set has
its default.
"""

import json
from datetime import time

from domain.criteria import Sensitivity
from domain.quiet import Hours
from domain.units import UnitId
from storage import Tx

OFF = "off"

_WHOLE = ""
"""The scope of the whole installation."""


def ceiling_of(tx: Tx, province: UnitId, channel: str) -> Sensitivity | None:
    """The most sensitive question that a channel may carry; None if the province switched it off.

    Until an administrator chooses, the whole checklist is asked on every channel.
    """
    chosen = _get(tx, str(province), f"channel.{channel}")
    if chosen == OFF:
        return None
    return Sensitivity(str(chosen)) if chosen is not None else Sensitivity.RED


def ceiling_chosen(tx: Tx, province: UnitId, channel: str) -> bool:
    """Whether an administrator decided about the channel."""
    return _get(tx, str(province), f"channel.{channel}") is not None


def set_ceiling(tx: Tx, province: UnitId, channel: str, ceiling: Sensitivity | None) -> None:
    """None switches the channel off."""
    _set(tx, province, f"channel.{channel}", ceiling.value if ceiling else OFF)


def hours_of(tx: Tx, province: UnitId) -> Hours:
    """When notices and reminders may leave for people of this province."""
    found = {
        name: time.fromisoformat(str(value))
        for name in ("send_from", "quiet_from", "quiet_to")
        if (value := _get(tx, str(province), name) or _get(tx, _WHOLE, name)) is not None
    }
    return Hours(**found)


def hours_chosen(tx: Tx, province: UnitId) -> bool:
    """Whether an administrator decided about the hours."""
    return _get(tx, str(province), "send_from") is not None


def set_hours(tx: Tx, province: UnitId, hours: Hours) -> None:
    """Store all three times."""
    for name in ("send_from", "quiet_from", "quiet_to"):
        at: time = getattr(hours, name)
        _set(tx, province, name, at.isoformat(timespec="minutes"))


def documents_of(tx: Tx, province: UnitId) -> tuple[str, ...]:
    """The ids of the packs that the province uses, in the order in which they were chosen."""
    found = _get(tx, str(province), "documents")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def set_documents(tx: Tx, province: UnitId, documents: tuple[str, ...]) -> None:
    """Store the choice."""
    _set(tx, province, "documents", list(documents))


def origin_of(tx: Tx) -> str | None:
    """The public address of the web chat, if it is known."""
    found = _get(tx, _WHOLE, "web.origin")
    return str(found) if found is not None else None


def set_origin(tx: Tx, origin: str) -> None:
    """Store the address that messages and printed slips name."""
    tx.settings.set(_WHOLE, "web.origin", json.dumps(origin))


def _get(tx: Tx, scope: str, key: str) -> object | None:
    found = tx.settings.get(scope, key)
    value: object | None = None if found is None else json.loads(found)
    return value


def _set(tx: Tx, province: UnitId, key: str, value: object) -> None:
    tx.settings.set(str(province), key, json.dumps(value, ensure_ascii=False))

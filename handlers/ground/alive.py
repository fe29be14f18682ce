"""When a process of ours was here last: what a service dropped meanwhile has to be made good."""

import json
from datetime import datetime

from storage import Tx

_WHOLE = ""
_KEY = "alive"


def note_alive(tx: Tx, now: datetime) -> None:
    """We are here at this moment (aware)."""
    tx.settings.set(_WHOLE, _KEY, json.dumps(now.isoformat()))


def alive_at(tx: Tx) -> datetime | None:
    """When somebody noted it last, None where nobody ever did."""
    found = tx.settings.get(_WHOLE, _KEY)
    return None if found is None else datetime.fromisoformat(json.loads(found))

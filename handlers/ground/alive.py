"""When one of our processes last ran: updates that a service dropped since then must be
made good.
"""

import json
from datetime import datetime

from storage import Tx

_WHOLE = ""
_KEY = "alive"


def note_alive(tx: Tx, now: datetime) -> None:
    """Record that a process runs at this moment (aware)."""
    tx.settings.set(_WHOLE, _KEY, json.dumps(now.isoformat()))


def alive_at(tx: Tx) -> datetime | None:
    """The last recorded moment, None if there is none."""
    found = tx.settings.get(_WHOLE, _KEY)
    return None if found is None else datetime.fromisoformat(json.loads(found))

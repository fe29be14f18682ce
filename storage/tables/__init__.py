"""Tables as SQLModel classes, by subject. Importing this module registers all of them.

The next tables, each with its own migration: decisions of reviewers next to `verdict`, files next
to `evidence`.
"""

from storage.tables import (
    assessments,
    figures,
    messages,
    people,
    plans,
    registers,
    revoked,
    setup,
    units,
    web,
)
from storage.tables.base import METADATA

__all__ = [
    "METADATA",
    "assessments",
    "figures",
    "messages",
    "people",
    "plans",
    "registers",
    "revoked",
    "setup",
    "units",
    "web",
]

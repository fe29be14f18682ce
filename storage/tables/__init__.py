"""Tables as SQLModel classes, by subject. Importing this module registers all of them.

The next ones to come, each with a migration of its own: decisions of reviewers beside
`verdict`, files beside `evidence`.
"""

from storage.tables import assessments, figures, messages, people, plans, revoked, setup, units, web
from storage.tables.base import METADATA

__all__ = [
    "METADATA",
    "assessments",
    "figures",
    "messages",
    "people",
    "plans",
    "revoked",
    "setup",
    "units",
    "web",
]

"""Who speaks to us, what for, and which units that opens to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.units import UnitId


class Role(StrEnum):
    """What a person does at a unit."""

    OFFICER = "officer"
    HEAD = "head"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    COUNCIL = "council"


ANSWERING_ROLES = frozenset({Role.OFFICER, Role.HEAD})
"""Who fills in a unit's checklist and declares its hand-ins."""

OVERSEEING_ROLES = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Who sees every unit below his own, at any time."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """One role at one unit: what an invitation is for and what a person acts as."""

    role: Role
    unit: UnitId


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who was let in. `handle` is the short name of the command line ("can-bo").

    `locale` is "vi" or "en". A person may hold several posts, in several units; the first
    one is what he acts as until he chooses another. `preferred` is the channel he wants notices
    on; None: the one he came to last.
    """

    id: int
    handle: str
    name: str
    locale: str
    posts: tuple[Post, ...]
    preferred: str | None = None

    def holds(self, *roles: Role) -> bool:
        """Whether any post of the person is one of `roles`."""
        return any(post.role in roles for post in self.posts)

    def posts_as(self, *roles: Role) -> tuple[Post, ...]:
        """The posts with one of `roles`, in the order they were given."""
        return tuple(post for post in self.posts if post.role in roles)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A one-time code's promise: who may become `post`, until when. The code is kept hashed."""

    id: int
    person_id: int
    post: Post
    expires_at: datetime

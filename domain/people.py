"""Who writes to us, in which role, and which units they may see."""

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
"""Who sees every unit below their own, at any time."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """One role at one unit: what an invitation gives and what a person acts as."""

    role: Role
    unit: UnitId


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person who was let in. `handle` is the short name on the command line ("can-bo").

    `locale` is "vi" or "en". A person may hold several posts, in several units; the first one is
    active until the person chooses another. `preferred` is the channel for notices; None: the
    channel the person used last.
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
    """What a one-time code gives: who may become `post`, until when. Only the code's hash is
    stored.
    """

    id: int
    person_id: int
    post: Post
    expires_at: datetime

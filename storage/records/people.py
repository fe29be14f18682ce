"""Records of people other than answers: drafts of the set-up, joinings, the audit."""

from dataclasses import dataclass
from datetime import datetime

from domain.people import Post


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A person's progress in a set-up step; `body` is JSON, and the step defines its format."""

    step: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Joining:
    """One joining by a code. `post_added`: the person did not hold the post before."""

    id: int
    person_id: int
    address_id: int
    invitation_id: int
    post: Post
    post_added: bool
    at: datetime
    undone_at: datetime | None = None

    @property
    def code(self) -> str:
        """The text that undoes it: "hủy vào M12"."""
        return f"M{self.id}"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """Who read or changed what; `person_id` None is the assistant."""

    id: int
    at: datetime
    person_id: int | None
    action: str
    subject: str
    detail: str

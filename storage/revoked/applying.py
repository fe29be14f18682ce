"""Applies lines to a database that does not have them yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, or_, select, update

from domain.cards import saying
from domain.messages import Outgoing
from domain.people import Role
from domain.units import UnitId
from storage import codes
from storage.encoding import encode_outgoing
from storage.revoked.lines import Kind, Revocation, tag_of
from storage.tables.messages import ADDRESS, LANES, MAIL_CLAIM, OUTBOX, Author, SendState
from storage.tables.people import INVITATION, PERSON, POST
from storage.tables.plans import OCCURRENCE
from storage.tables.setup import JOINING
from storage.tables.web import WEB_CODE, WEB_SESSION

BEFORE: Final = "sent before this copy was put back"
"""Why a message in the copy is not sent."""

ENDED_BEFORE: Final = "access ended: restored"
"""The reason of a retired address whose own reason is not known."""

_LASTING: Final = ("remind:", "overdue:")
"""Keys of notices that are queued when their day comes: they are kept as sent even if the copy has
no such message. Other notices follow from a person's action, which is repeated.
"""

_CODE: Final[BindParameter[Any]] = bindparam("code")
_USE_CODE: Final = (
    update(INVITATION)
    .where(INVITATION.c.code_hash == _CODE)
    .where(INVITATION.c.used_at.is_(None))
    .where(INVITATION.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"))
)
_DROP_CODES: Final = (
    delete(WEB_CODE).where(WEB_CODE.c.code_hash == _CODE),
    delete(MAIL_CLAIM).where(MAIL_CLAIM.c.code_hash == _CODE),
)
_END: Final = delete(WEB_SESSION).where(WEB_SESSION.c.token_hash == bindparam("token"))
_UNDO: Final = (
    update(JOINING)
    .where(JOINING.c.undone_at.is_(None))
    .where(
        JOINING.c.invitation_id.in_(select(INVITATION.c.id).where(INVITATION.c.code_hash == _CODE))
    )
    .values(undone_at=bindparam("at_"))
)
_IN_USE: Final = select(
    ADDRESS.c.id, ADDRESS.c.channel, ADDRESS.c.bot, ADDRESS.c.address, ADDRESS.c.person_id
).where(ADDRESS.c.retired_at.is_(None))
_RETIRE: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id"))
    .where(ADDRESS.c.retired_at.is_(None))
    .where(ADDRESS.c.linked_at <= bindparam("at_", type_=ADDRESS.c.linked_at.type))
    .values(retired_at=bindparam("at_"), retired_reason=bindparam("reason"), menu=None)
)
_HIS_POST: Final = (
    (POST.c.person_id == bindparam("person"))
    & (POST.c.role == bindparam("role_"))
    & (POST.c.unit == bindparam("unit_"))
)
_TAKE_POST: Final = delete(POST).where(_HIS_POST)
_STOP_ACTING: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.person_id == bindparam("person"))
    .where(ADDRESS.c.acting_role == bindparam("role_"))
    .where(ADDRESS.c.acting_unit == bindparam("unit_"))
    .values(acting_role=None, acting_unit=None)
)
_OTHER_HOLDERS: Final = (
    select(POST.c.id)
    .where(POST.c.role == bindparam("role_"))
    .where(POST.c.person_id != bindparam("person"))
    .limit(1)
)
_WAITS: Final = (
    update(OUTBOX)
    .where(OUTBOX.c.state == SendState.WAITING)
    .where(
        or_(
            OUTBOX.c.once == bindparam("once_"),
            (OUTBOX.c.id == bindparam("row"))
            & (OUTBOX.c.queued_at == bindparam("queued", type_=OUTBOX.c.queued_at.type)),
        )
    )
    .values(state=SendState.DROPPED, error=BEFORE)
)
_OLD_REPLIES: Final = (
    update(OUTBOX)
    .where(OUTBOX.c.state == SendState.WAITING)
    .where(OUTBOX.c.lane == LANES["reply"])
    .values(state=SendState.EXPIRED, error=BEFORE)
)


@dataclass(frozen=True, kw_only=True)
class Applied:
    """How many of each kind changed anything. `kept_posts`: administrators' posts that were kept,
    because no other person holds one and nobody could give one.
    """

    codes: int = 0
    sessions: int = 0
    addresses: int = 0
    posts: int = 0
    joinings: int = 0
    notices: int = 0
    replies: int = 0
    kept_posts: int = 0


@dataclass(kw_only=True)
class Applying:
    """The work of one transaction."""

    connection: Connection
    pepper: bytes
    now: datetime
    _count: Counter[str] = field(default_factory=Counter)

    def run(self, revocations: Iterable[Revocation]) -> Applied:
        """Apply all of them, in order; each may have been applied before."""
        addresses = self._addresses_in_use()
        people = self._people()
        for one in revocations:
            match one.kind, one.about:
                case Kind.CODE, (code,):
                    self._code(code)
                case Kind.SESSION, (token,):
                    self._add("sessions", self._changed(_END, token=token))
                case Kind.ADDRESS, (place, person, at, reason):
                    self._address(addresses.get((place, int(person))), at, reason)
                case Kind.POST, (tag, role, unit):
                    self._post(people.get(tag), Role(role), UnitId.parse(unit))
                case Kind.JOINING, (code, at):
                    undone_at = datetime.fromisoformat(at)
                    self._add("joinings", self._changed(_UNDO, code=code, at_=undone_at))
                case Kind.SENT, (row, queued, address, once):
                    self._sent(int(row), datetime.fromisoformat(queued), int(address), once)
        # Waiting replies in a copy answer messages from before the restore.
        self._add("replies", self._changed(_OLD_REPLIES))
        return Applied(**self._count)

    def _code(self, code: str) -> None:
        found = self._changed(_USE_CODE, code=code, now=self.now)
        found += sum(self._changed(statement, code=code) for statement in _DROP_CODES)
        self._add("codes", found)

    def _address(self, address_id: int | None, at: str, reason: str) -> None:
        if address_id is None:
            return
        values = {"address_id": address_id, "at_": datetime.fromisoformat(at)}
        self._add("addresses", self._changed(_RETIRE, **values, reason=reason or ENDED_BEFORE))

    def _post(self, person_id: int | None, role: Role, unit: UnitId) -> None:
        if person_id is None:
            return
        his: dict[str, Any] = {"person": person_id, "role_": role, "unit_": unit}
        if role is Role.ADMINISTRATOR:
            others = {"person": person_id, "role_": role}
            if self.connection.execute(_OTHER_HOLDERS, others).first() is None:
                held = self.connection.execute(select(POST.c.id).where(_HIS_POST), his).first()
                self._add("kept_posts", int(held is not None))
                return
        self.connection.execute(_STOP_ACTING, his)
        self._add("posts", self._changed(_TAKE_POST, **his))

    def _sent(self, row: int, queued: datetime, address_id: int, once: str) -> None:
        found = self._changed(_WAITS, once_=once or None, row=row, queued=queued)
        if not found and once.startswith(_LASTING):
            found = self._keep_as_sent(once, queued, address_id)
        self._add("notices", found)

    def _keep_as_sent(self, once: str, queued: datetime, address_id: int) -> int:
        """A message without text and address, so that its key counts as used."""
        taken = select(OUTBOX.c.id).where(OUTBOX.c.once == once)
        if self.connection.execute(taken).first() is not None or not self._is_known(once):
            return 0
        there = select(ADDRESS.c.id).where(ADDRESS.c.id == address_id)
        if self.connection.execute(there).first() is None:
            return 0
        values = {
            "address_id": address_id,
            "lane": LANES["notice"],
            "author": Author.US,
            "state": SendState.DROPPED,
            "body": encode_outgoing(Outgoing(cards=saying(""))),
            "once": once,
            "queued_at": queued,
            "due_at": queued,
            "attempts": 0,
            "unknowns": 0,
            "pieces": 0,
            "error": BEFORE,
        }
        self.connection.execute(insert(OUTBOX), values)
        return 1

    def _is_known(self, once: str) -> bool:
        """Whether the duty is in the copy: a duty that was planned later is planned again, and its
        number may then belong to another duty.
        """
        word, _, rest = once.partition(":")
        if word != "remind":
            return True
        number = int(rest.partition(":")[0])
        duty = select(OCCURRENCE.c.id).where(OCCURRENCE.c.id == number)
        return self.connection.execute(duty).first() is not None

    def _addresses_in_use(self) -> Mapping[tuple[str, int], int]:
        found = {}
        for address_id, channel, bot, address, person_id in self.connection.execute(_IN_USE):
            place = codes.hash_address(channel, bot, address, self.pepper)
            found[place, person_id] = address_id
        return found

    def _people(self) -> Mapping[str, int]:
        rows = self.connection.execute(select(PERSON.c.id, PERSON.c.handle))
        return {tag_of(person_id, handle, self.pepper): person_id for person_id, handle in rows}

    def _changed(self, statement: Any, **values: object) -> int:
        count: int = self.connection.execute(statement, values).rowcount
        return count

    def _add(self, what: str, count: int) -> None:
        if count:
            self._count[what] += count

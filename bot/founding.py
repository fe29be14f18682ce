"""Creates a real database: units, documents, the first administrator and a one-time code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.people import Person, Post, Role
from domain.units import Unit
from handlers.ground.library import Library
from handlers.ground.settings import set_documents, set_origin
from handlers.subjects.setup.inviting import CODE_LIVES
from packs import criteria_to_json
from storage import Tx

LOCALE = "vi"


@dataclass(frozen=True, kw_only=True)
class Founded:
    """The first administrator, with the code for joining and the number of units."""

    administrator: Person
    code: str
    until: datetime
    units: int


def found(
    tx: Tx,
    province: Unit,
    documents: Sequence[str],
    *,
    handle: str,
    name: str,
    origin: str,
    library: Library,
    now: datetime,
) -> Founded:
    """Fill an empty database for one province, in the caller's transaction.

    `documents` are ids of packs; their criteria sets are stamped, so that the province keeps them
    in today's version. Everything else is set up in the chat.
    """
    book = library.book(province.structure)
    units = (province, *book.districts(province.code), *book.communes(province.code))
    tx.units.add_many(units)
    for one in documents:
        criteria = library.pack(one).criteria
        if criteria is not None:
            body = criteria_to_json(criteria)
            tx.sets.stamp(criteria.id, criteria.content_hash, body, now)
    set_documents(tx, province.id, tuple(documents))
    set_origin(tx, origin)
    post = Post(role=Role.ADMINISTRATOR, unit=province.id)
    person = tx.people.add(handle=handle, name=name, locale=LOCALE, posts=(post,))
    code, until = library.new_code(), now + CODE_LIVES
    tx.invitations.invite(person.id, post, tx.invitations.hash(code), until)
    tx.audit.record(now, None, "founded", f"unit:{province.id}", ", ".join(documents))
    return Founded(administrator=person, code=code, until=until, units=len(units))


def is_empty(tx: Tx) -> bool:
    """Whether the database has no people yet: only then may it be filled."""
    return not tx.people.all()

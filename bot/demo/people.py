"""The demo's people, by the short names for the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.channels import TERMINAL
from domain.people import Person, Post, Role
from domain.units import UnitId
from storage import Tx

CHANNEL: Final = TERMINAL
"""The channel on which each person has an address (the short name), so that notices can be sent."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One demo person."""

    handle: str
    name: str
    role: Role


OFFICER = Member(handle="can-bo", name="Cán bộ Công an xã (dùng thử)", role=Role.OFFICER)
HEAD = Member(handle="chi-huy", name="Chỉ huy Công an xã (dùng thử)", role=Role.HEAD)
OF_TRA_VINH = (
    Member(handle="tham-dinh", name="Cán bộ thẩm định tỉnh (dùng thử)", role=Role.REVIEWER),
    Member(handle="giam-sat", name="Cán bộ theo dõi tỉnh (dùng thử)", role=Role.SUPERVISOR),
    Member(handle="hoi-dong", name="Hội đồng thẩm định (dùng thử)", role=Role.COUNCIL),
    Member(handle="quan-tri", name="Quản trị tỉnh (dùng thử)", role=Role.ADMINISTRATOR),
)
OFFICER_NA = Member(handle="can-bo-na", name="Cán bộ Công an xã (dùng thử)", role=Role.OFFICER)
OF_NGHE_AN = (
    Member(handle="giam-sat-na", name="Cán bộ theo dõi tỉnh (dùng thử)", role=Role.SUPERVISOR),
    Member(handle="quan-tri-na", name="Quản trị tỉnh (dùng thử)", role=Role.ADMINISTRATOR),
)

SOURCE = ("gia-dinh", "Số liệu giả định")
"""The recorded author of the invented answers: no real person, and the name says so."""


def let_in(member: Member, unit: UnitId, tx: Tx, now: datetime) -> Person:
    """Add one person with the post, reachable in the terminal."""
    person = tx.people.add(
        handle=member.handle,
        name=member.name,
        locale="vi",
        posts=(Post(role=member.role, unit=unit),),
    )
    tx.addresses.link(CHANNEL, "", member.handle, person.id, now)
    return person

"""Posts and the units that they may see."""

from domain.people import ANSWERING_ROLES, OVERSEEING_ROLES, Person, Post, Role
from domain.units import Structure, UnitId

HERE, THERE = UnitId(Structure.Y2021, "29416"), UnitId(Structure.Y2021, "84")


def _post(role: Role, unit: UnitId = HERE) -> Post:
    return Post(role=role, unit=unit)


def _person(*posts: Post) -> Person:
    return Person(id=1, handle="can-bo", name="Cán bộ", locale="vi", posts=posts)


def test_a_person_holds_the_roles_of_all_his_posts_and_no_other() -> None:
    person = _person(_post(Role.OFFICER), _post(Role.REVIEWER, THERE))

    assert person.holds(Role.OFFICER)
    assert person.holds(Role.REVIEWER)
    assert person.holds(Role.COUNCIL, Role.REVIEWER)
    assert not person.holds(Role.SUPERVISOR, Role.HEAD)
    assert not person.holds()


def test_posts_of_some_roles_come_in_the_order_they_were_given() -> None:
    person = _person(_post(Role.HEAD, THERE), _post(Role.REVIEWER), _post(Role.OFFICER))

    assert person.posts_as(*ANSWERING_ROLES) == (_post(Role.HEAD, THERE), _post(Role.OFFICER))
    assert person.posts_as(Role.COUNCIL) == ()


def test_nobody_answers_and_oversees_in_one_role_and_the_council_does_neither() -> None:
    assert not ANSWERING_ROLES & OVERSEEING_ROLES
    assert frozenset(Role) - ANSWERING_ROLES - OVERSEEING_ROLES == {Role.COUNCIL}

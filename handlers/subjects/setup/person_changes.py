"""What an order about one person does once the word was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.cards import saying
from domain.people import Person, Post, Role
from domain.units import UnitId
from handlers.ground.ended import REPLACED
from handlers.ground.notices import tell
from handlers.ground.reply import Reply
from handlers.subjects.setup.inviting import invite, shown
from handlers.subjects.setup.naming import free_handle
from handlers.subjects.setup.people_draft import LOCALE
from handlers.subjects.setup.roster import find
from handlers.subjects.setup.screens import Desk, note
from handlers.understanding.intents import Intent

PERSON = "person"
"""The step of these orders; it stands in no list and is begun by the order itself."""

REPLACE, ADD_POST, TAKE_POST, ADD_PERSON = "replace", "add_post", "take_post", "add_person"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What waits for the word. `role` and `unit` as kept ("officer", "2026:17543")."""

    action: str
    handle: str = ""
    name: str = ""
    role: str = ""
    unit: str = ""


def end_access(desk: Desk, person: Person, reason: str) -> int:
    """End every address and session of a person and withdraw his codes; returns how many
    addresses that were. What waits to be sent there is not sent."""
    tx, now = desk.turn.tx, desk.turn.now
    addresses = tx.addresses.of_person(person.id)
    for address in addresses:
        tx.addresses.retire(address.id, reason, now)
    tx.web.end_all(person.id)
    tx.invitations.withdraw_of(person.id, now)
    return len(addresses)


def post_of(draft: Draft) -> Post:
    """The post that a draft is about."""
    return Post(role=Role(draft.role), unit=UnitId.parse(draft.unit))


def post_named(desk: Desk, draft: Draft) -> str:
    """The same as one says it."""
    post = post_of(draft)
    role = desk.turn.say("common.role", role=post.role)
    return desk.turn.say("roles.post", role=role, unit=desk.name(post.unit))


def _replace(desk: Desk, draft: Draft) -> Reply:
    """The new person takes over the posts; the old one is out at once, his work stays."""
    old = find(desk, draft.handle)
    if old is None:
        return note(desk, "setup_people.no_such_person", handle=draft.handle)
    units = {unit.id for unit in desk.units()}
    posts = tuple(post for post in old.posts if post.unit in units)
    tx = desk.turn.tx
    for post in posts:
        tx.people.remove_post(old.id, post)
    end_access(desk, old, REPLACED)
    new = tx.people.add(
        handle=free_handle(desk, old.handle), name=draft.name, locale=LOCALE, posts=posts
    )
    desk.audit("replaced", f"person:{old.id}", f"person:{new.id}")
    text = desk.say("setup_people.replaced", old=old.name, name=new.name, handle=new.handle)
    code = shown(desk, invite(desk, new, posts[0]))
    return Reply(intent=Intent.SETUP, cards=saying(f"{text}\n\n{code}"))


def _add_person(desk: Desk, draft: Draft) -> Reply:
    post = post_of(draft)
    unit = desk.turn.tx.units.get(post.unit)
    role = desk.turn.say("workbooks.role_handle", role=post.role)
    base = f"{role} {unit.name}" if unit else role
    new = desk.turn.tx.people.add(
        handle=free_handle(desk, base), name=draft.name, locale=LOCALE, posts=(post,)
    )
    desk.audit("person_added", f"person:{new.id}", f"{post.role.value} {post.unit}")
    text = desk.say("setup_people.person_added", name=new.name, handle=new.handle)
    code = shown(desk, invite(desk, new, post))
    return Reply(intent=Intent.SETUP, cards=saying(f"{text}\n\n{code}"))


def _add_post(desk: Desk, draft: Draft) -> Reply:
    person = find(desk, draft.handle)
    if person is None:
        return note(desk, "setup_people.no_such_person", handle=draft.handle)
    post = post_of(draft)
    desk.turn.tx.people.add_post(person.id, post)
    desk.audit("post_added", f"person:{person.id}", f"{post.role.value} {post.unit}")
    _tell_of_post(desk, person, draft)
    named = post_named(desk, draft)
    return Reply(
        intent=Intent.SETUP,
        cards=saying(desk.say("setup_people.post_added", name=person.name, post=named)),
    )


def _tell_of_post(desk: Desk, person: Person, draft: Draft) -> None:
    """The person himself and the heads of the unit hear of it."""
    heads = desk.turn.tx.people.at_unit(post_of(draft).unit, Role.HEAD)
    tell(
        {one.id: one for one in (person, *heads)}.values(),
        lambda words: words.say(
            "setup_people.post_given", name=person.name, post=post_named(desk, draft)
        ),
        once=f"post:{person.id}:{draft.role}:{draft.unit}:{desk.turn.now.isoformat()}",
        tx=desk.turn.tx,
        library=desk.turn.library,
        now=desk.turn.now,
    )


def _take_post(desk: Desk, draft: Draft) -> Reply:
    person = find(desk, draft.handle)
    post = post_of(draft)
    if person is None or not desk.turn.tx.people.remove_post(person.id, post):
        return note(desk, "setup_people.no_such_person", handle=draft.handle)
    if person.posts == (post,):
        end_access(desk, person, REPLACED)
    desk.audit("post_taken", f"person:{person.id}", f"{post.role.value} {post.unit}")
    named = post_named(desk, draft)
    return Reply(
        intent=Intent.SETUP,
        cards=saying(desk.say("setup_people.post_taken", name=person.name, post=named)),
    )


DOING: Mapping[str, Callable[[Desk, Draft], Reply]] = {
    REPLACE: _replace,
    ADD_PERSON: _add_person,
    ADD_POST: _add_post,
    TAKE_POST: _take_post,
}
"""What each action of a draft does."""

"""What an order about one person does after the word was typed."""

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
from handlers.subjects.setup.screens import SetupTurn, note
from handlers.understanding.intents import Intent

PERSON = "person"
"""The step of these orders; it is in no list, and the order itself begins it."""

REPLACE, ADD_POST, TAKE_POST, ADD_PERSON = "replace", "add_post", "take_post", "add_person"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What waits for confirmation. `role` and `unit` as stored ("officer", "2026:17543")."""

    action: str
    handle: str = ""
    name: str = ""
    role: str = ""
    unit: str = ""


def end_access(setup: SetupTurn, person: Person, reason: str) -> int:
    """End all addresses and sessions of a person and withdraw the person's codes; returns how many
    addresses that were. Messages queued for them are not sent.
    """
    tx, now = setup.turn.tx, setup.turn.now
    addresses = tx.addresses.of_person(person.id)
    for address in addresses:
        tx.addresses.retire(address.id, reason, now)
    tx.web.end_all(person.id)
    tx.invitations.withdraw_of(person.id, now)
    return len(addresses)


def post_of(draft: Draft) -> Post:
    """The post that a draft is about."""
    return Post(role=Role(draft.role), unit=UnitId.parse(draft.unit))


def post_named(setup: SetupTurn, draft: Draft) -> str:
    """Its usual name."""
    post = post_of(draft)
    role = setup.turn.say("common.role", role=post.role)
    return setup.turn.say("roles.post", role=role, unit=setup.name(post.unit))


def _replace(setup: SetupTurn, draft: Draft) -> Reply:
    """The new person takes over the posts; the old one loses access at once, the old one's work
    stays.
    """
    old = find(setup, draft.handle)
    if old is None:
        return note(setup, "setup_people.no_such_person", handle=draft.handle)
    units = {unit.id for unit in setup.units()}
    posts = tuple(post for post in old.posts if post.unit in units)
    tx = setup.turn.tx
    for post in posts:
        tx.people.remove_post(old.id, post)
    end_access(setup, old, REPLACED)
    new = tx.people.add(
        handle=free_handle(setup, old.handle), name=draft.name, locale=LOCALE, posts=posts
    )
    setup.audit("replaced", f"person:{old.id}", f"person:{new.id}")
    text = setup.say("setup_people.replaced", old=old.name, name=new.name, handle=new.handle)
    code = shown(setup, invite(setup, new, posts[0]))
    return Reply(intent=Intent.SETUP, cards=saying(f"{text}\n\n{code}"))


def _add_person(setup: SetupTurn, draft: Draft) -> Reply:
    post = post_of(draft)
    unit = setup.turn.tx.units.get(post.unit)
    role = setup.turn.say("workbooks.role_handle", role=post.role)
    base = f"{role} {unit.name}" if unit else role
    new = setup.turn.tx.people.add(
        handle=free_handle(setup, base), name=draft.name, locale=LOCALE, posts=(post,)
    )
    setup.audit("person_added", f"person:{new.id}", f"{post.role.value} {post.unit}")
    text = setup.say("setup_people.person_added", name=new.name, handle=new.handle)
    code = shown(setup, invite(setup, new, post))
    return Reply(intent=Intent.SETUP, cards=saying(f"{text}\n\n{code}"))


def _add_post(setup: SetupTurn, draft: Draft) -> Reply:
    person = find(setup, draft.handle)
    if person is None:
        return note(setup, "setup_people.no_such_person", handle=draft.handle)
    post = post_of(draft)
    setup.turn.tx.people.add_post(person.id, post)
    setup.audit("post_added", f"person:{person.id}", f"{post.role.value} {post.unit}")
    _tell_of_post(setup, person, draft)
    named = post_named(setup, draft)
    return Reply(
        intent=Intent.SETUP,
        cards=saying(setup.say("setup_people.post_added", name=person.name, post=named)),
    )


def _tell_of_post(setup: SetupTurn, person: Person, draft: Draft) -> None:
    """Tell the person and the heads of the unit."""
    heads = setup.turn.tx.people.at_unit(post_of(draft).unit, Role.HEAD)
    tell(
        {one.id: one for one in (person, *heads)}.values(),
        lambda words: words.say(
            "setup_people.post_given", name=person.name, post=post_named(setup, draft)
        ),
        once=f"post:{person.id}:{draft.role}:{draft.unit}:{setup.turn.now.isoformat()}",
        tx=setup.turn.tx,
        library=setup.turn.library,
        now=setup.turn.now,
    )


def _take_post(setup: SetupTurn, draft: Draft) -> Reply:
    person = find(setup, draft.handle)
    post = post_of(draft)
    if person is None or not setup.turn.tx.people.remove_post(person.id, post):
        return note(setup, "setup_people.no_such_person", handle=draft.handle)
    if person.posts == (post,):
        end_access(setup, person, REPLACED)
    setup.audit("post_taken", f"person:{person.id}", f"{post.role.value} {post.unit}")
    named = post_named(setup, draft)
    return Reply(
        intent=Intent.SETUP,
        cards=saying(setup.say("setup_people.post_taken", name=person.name, post=named)),
    )


DOING: Mapping[str, Callable[[SetupTurn, Draft], Reply]] = {
    REPLACE: _replace,
    ADD_PERSON: _add_person,
    ADD_POST: _add_post,
    TAKE_POST: _take_post,
}
"""What each action of a draft does."""

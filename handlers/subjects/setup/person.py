"""Changes to one person: replace, lock, another code, another post, one more person.

Orders are words with a short name ("thay can-bo-kim-lien"). An order that ends or moves something
waits for the typed word. Locking a lost phone does not wait: it only costs a new code.
"""

import re
from collections.abc import Callable
from functools import partial

from domain.cards import saying
from handlers.ground.ended import LOST
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.subjects.setup import person_changes as acts
from handlers.subjects.setup.inviting import invite, post_in, shown
from handlers.subjects.setup.naming import named_post, units_named
from handlers.subjects.setup.person_changes import (
    ADD_PERSON,
    ADD_POST,
    PERSON,
    REPLACE,
    TAKE_POST,
    Draft,
)
from handlers.subjects.setup.roster import find, posts_named, who
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    confirm,
    drop,
    load,
    note,
    save,
    screen,
)
from handlers.subjects.setup.text import HANDLE
from handlers.understanding.agreement import agrees
from handlers.understanding.intents import Intent
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

NAME_LIMIT = 80
"""Letters of a name, as in the workbook."""

_WHO = re.compile(r"^(?:(?:danh sach )?(?:ai|nguoi) (chua|da) vao|who has (not )?joined)(?: .+)?$")
_CODE = re.compile(rf"^(?:mã|ma|mã mới|ma moi|code)\s+(?P<handle>{HANDLE})$", re.IGNORECASE)
_LOCK = re.compile(
    rf"^(?:khóa|khoá|khoa|lock)(?:\s+(?:máy|may))?\s+(?P<handle>{HANDLE})$", re.IGNORECASE
)
_REPLACE = re.compile(
    rf"^(?:thay|thay người|thay nguoi|replace)\s+(?P<handle>{HANDLE})"
    r"(?:\s*[:,;]\s*|\s*$)(?P<name>.*)$",
    re.IGNORECASE,
)
_POST = re.compile(
    rf"^(?P<verb>thêm vai|them vai|add post|bớt vai|bot vai|take post)\s+(?P<handle>{HANDLE})"
    r"\s*[:,;]\s*(?P<post>.+)$",
    re.IGNORECASE,
)
_ADD = re.compile(
    r"^(?:thêm người|them nguoi|add person)\s*[:,;]?\s*(?P<name>[^;,:]+)\s*[;,:]\s*(?P<post>.+)$",
    re.IGNORECASE,
)


VERBS = frozenset(
    [
        "danh",
        "ai",
        "nguoi",
        "who",
        "ma",
        "code",
        "khoa",
        "lock",
        "thay",
        "replace",
        "them",
        "add",
        "bot",
        "take",
    ]
)
"""The first words of all these orders, without diacritics."""


def order(setup: SetupTurn, heard: Heard) -> Callable[[SetupTurn], Reply] | None:
    """What an order does, or None if the text is not an order. "Khóa can-bo?" asks and locks
    nobody."""
    text = heard.text
    if found := _WHO.match(heard.plain):
        joined = found[1] == "da" or (found[1] is None and not found[2])
        units = units_named(setup, text)
        return lambda setup: who(setup, joined=joined, units=units)
    if heard.asks:
        return None
    given = typed(text).strip(" .!?")
    for pattern, act in _ORDERS:
        if found := pattern.match(given):
            return partial(_act, act, found)
    return None


def _act(
    act: Callable[[SetupTurn, re.Match[str]], Reply], found: re.Match[str], setup: SetupTurn
) -> Reply:
    return act(setup, found)


def progress(setup: SetupTurn) -> Progress:  # noqa: ARG001  every step is asked
    """It has no progress of its own."""
    return Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """What waits for confirmation."""
    draft = load(setup, PERSON, Draft)
    if draft is None:
        return note(setup, "nothing_waits")
    return _ask_name(setup, draft) if _needs_name(draft) else _confirm(setup, draft)


def at(setup: SetupTurn, place: str) -> Reply:  # noqa: ARG001  it has one screen at a time
    """The screen again."""
    return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """The new person's name, or the confirming word."""
    draft = load(setup, PERSON, Draft)
    if draft is None:
        return None
    if place == "name":
        name = _name(heard.text)
        if not name:
            return None
        draft = Draft(action=draft.action, handle=draft.handle, name=name)
        save(setup, PERSON, draft)
        return _confirm(setup, draft)
    if not agrees(heard.text):
        return None
    drop(setup, PERSON)
    return acts.DOING[draft.action](setup, draft)


def _codes(setup: SetupTurn, found: re.Match[str]) -> Reply:
    person = find(setup, found["handle"])
    post = post_in(setup, person) if person else None
    if person is None or post is None:
        return note(setup, "setup_people.no_such_person", handle=found["handle"])
    text = shown(setup, invite(setup, person, post))
    return Reply(intent=Intent.SETUP, cards=saying(text), menu=KEEP_MENU)


def _lock(setup: SetupTurn, found: re.Match[str]) -> Reply:
    person = find(setup, found["handle"])
    if person is None:
        return note(setup, "setup_people.no_such_person", handle=found["handle"])
    if person.id == setup.me:
        return note(setup, "setup_people.not_oneself")
    ended = acts.end_access(setup, person, LOST)
    setup.audit("locked", f"person:{person.id}", str(ended))
    return note(setup, "setup_people.locked", name=person.name, handle=person.handle, count=ended)


def _ask_replace(setup: SetupTurn, found: re.Match[str]) -> Reply:
    person = find(setup, found["handle"])
    if person is None:
        return note(setup, "setup_people.no_such_person", handle=found["handle"])
    if person.id == setup.me:
        return note(setup, "setup_people.not_oneself")
    draft = Draft(action=REPLACE, handle=person.handle, name=_name(found["name"]))
    save(setup, PERSON, draft)
    return show(setup)


def _ask_post(setup: SetupTurn, found: re.Match[str]) -> Reply:
    person = find(setup, found["handle"])
    if person is None:
        return note(setup, "setup_people.no_such_person", handle=found["handle"])
    post = named_post(setup, found["post"])
    if post is None:
        return note(setup, "setup_people.post_not_read")
    taking = plain(found["verb"]) in ("bot vai", "take post")
    if (post in person.posts) is not taking:
        key = "setup_people.has_no_post" if taking else "setup_people.has_post"
        return note(setup, key, name=person.name)
    if taking and person.id == setup.me:
        return note(setup, "setup_people.not_oneself")
    action = TAKE_POST if taking else ADD_POST
    draft = Draft(action=action, handle=person.handle, role=post.role.value, unit=str(post.unit))
    save(setup, PERSON, draft)
    return _confirm(setup, draft)


def _ask_add(setup: SetupTurn, found: re.Match[str]) -> Reply:
    name, post = _name(found["name"]), named_post(setup, found["post"])
    if not name or post is None:
        return note(setup, "setup_people.post_not_read")
    draft = Draft(action=ADD_PERSON, name=name, role=post.role.value, unit=str(post.unit))
    save(setup, PERSON, draft)
    return _confirm(setup, draft)


def _needs_name(draft: Draft) -> bool:
    return draft.action == REPLACE and not draft.name


def _ask_name(setup: SetupTurn, draft: Draft) -> Reply:
    person = find(setup, draft.handle)
    text = setup.say("setup_people.type_new_name", name=person.name if person else draft.handle)
    return screen(setup, PERSON, "name", text, actions=("back", "cancel"))


def _name(text: str) -> str:
    name = typed(text).strip(" .,;:")
    fits = len(name) <= NAME_LIMIT and any(letter.isalpha() for letter in name)
    return name if fits else ""


def _confirm(setup: SetupTurn, draft: Draft) -> Reply:
    person = find(setup, draft.handle) if draft.handle else None
    text = setup.say(
        f"setup_people.to_{draft.action}",
        old=person.name if person else "",
        posts=posts_named(setup, person) if person else "",
        name=draft.name,
        post=acts.post_named(setup, draft) if draft.role else "",
    )
    return confirm(setup, PERSON, "ok", text)


_ORDERS: tuple[tuple[re.Pattern[str], Callable[[SetupTurn, re.Match[str]], Reply]], ...] = (
    (_CODE, _codes),
    (_LOCK, _lock),
    (_REPLACE, _ask_replace),
    (_POST, _ask_post),
    (_ADD, _ask_add),
)

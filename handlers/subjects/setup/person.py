"""One person at a time: replace, lock, another code, another post, one more person.

Orders are words with a short name ("thay can-bo-kim-lien"). What ends or moves something waits
for the typed word; locking a lost phone does not wait, for it costs nothing but a new code.
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
from handlers.subjects.setup.screens import Desk, Progress, confirm, drop, load, note, save, screen
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


def order(desk: Desk, text: str) -> Callable[[Desk], Reply] | None:
    """What an order does, or None when the text is none."""
    if found := _WHO.match(plain(typed(text)).strip(" .!?")):
        joined = found[1] == "da" or (found[1] is None and not found[2])
        units = units_named(desk, text)
        return lambda desk: who(desk, joined=joined, units=units)
    given = typed(text).strip(" .!?")
    for pattern, act in _ORDERS:
        if found := pattern.match(given):
            return partial(_act, act, found)
    return None


def _act(act: Callable[[Desk, re.Match[str]], Reply], found: re.Match[str], desk: Desk) -> Reply:
    return act(desk, found)


def progress(desk: Desk) -> Progress:  # noqa: ARG001  every step is asked
    """Nothing to do by itself."""
    return Progress.TODO


def show(desk: Desk) -> Reply:
    """What waits for the word."""
    draft = load(desk, PERSON, Draft)
    if draft is None:
        return note(desk, "nothing_waits")
    return _ask_name(desk, draft) if _needs_name(draft) else _confirm(desk, draft)


def at(desk: Desk, place: str) -> Reply:  # noqa: ARG001  it has one screen at a time
    """The screen once more."""
    return show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """The new person's name, or the word."""
    draft = load(desk, PERSON, Draft)
    if draft is None:
        return None
    if place == "name":
        name = _name(heard.text)
        if not name:
            return None
        draft = Draft(action=draft.action, handle=draft.handle, name=name)
        save(desk, PERSON, draft)
        return _confirm(desk, draft)
    if not agrees(heard.text):
        return None
    drop(desk, PERSON)
    return acts.DOING[draft.action](desk, draft)


def _codes(desk: Desk, found: re.Match[str]) -> Reply:
    person = find(desk, found["handle"])
    post = post_in(desk, person) if person else None
    if person is None or post is None:
        return note(desk, "setup_people.no_such_person", handle=found["handle"])
    text = shown(desk, invite(desk, person, post))
    return Reply(intent=Intent.SETUP, cards=saying(text), menu=KEEP_MENU)


def _lock(desk: Desk, found: re.Match[str]) -> Reply:
    person = find(desk, found["handle"])
    if person is None:
        return note(desk, "setup_people.no_such_person", handle=found["handle"])
    if person.id == desk.me:
        return note(desk, "setup_people.not_oneself")
    ended = acts.end_access(desk, person, LOST)
    desk.audit("locked", f"person:{person.id}", str(ended))
    return note(desk, "setup_people.locked", name=person.name, handle=person.handle, count=ended)


def _ask_replace(desk: Desk, found: re.Match[str]) -> Reply:
    person = find(desk, found["handle"])
    if person is None:
        return note(desk, "setup_people.no_such_person", handle=found["handle"])
    if person.id == desk.me:
        return note(desk, "setup_people.not_oneself")
    draft = Draft(action=REPLACE, handle=person.handle, name=_name(found["name"]))
    save(desk, PERSON, draft)
    return show(desk)


def _ask_post(desk: Desk, found: re.Match[str]) -> Reply:
    person = find(desk, found["handle"])
    if person is None:
        return note(desk, "setup_people.no_such_person", handle=found["handle"])
    post = named_post(desk, found["post"])
    if post is None:
        return note(desk, "setup_people.post_not_read")
    taking = plain(found["verb"]) in ("bot vai", "take post")
    if (post in person.posts) is not taking:
        key = "setup_people.has_no_post" if taking else "setup_people.has_post"
        return note(desk, key, name=person.name)
    if taking and person.id == desk.me:
        return note(desk, "setup_people.not_oneself")
    action = TAKE_POST if taking else ADD_POST
    draft = Draft(action=action, handle=person.handle, role=post.role.value, unit=str(post.unit))
    save(desk, PERSON, draft)
    return _confirm(desk, draft)


def _ask_add(desk: Desk, found: re.Match[str]) -> Reply:
    name, post = _name(found["name"]), named_post(desk, found["post"])
    if not name or post is None:
        return note(desk, "setup_people.post_not_read")
    draft = Draft(action=ADD_PERSON, name=name, role=post.role.value, unit=str(post.unit))
    save(desk, PERSON, draft)
    return _confirm(desk, draft)


def _needs_name(draft: Draft) -> bool:
    return draft.action == REPLACE and not draft.name


def _ask_name(desk: Desk, draft: Draft) -> Reply:
    person = find(desk, draft.handle)
    text = desk.say("setup_people.type_new_name", name=person.name if person else draft.handle)
    return screen(desk, PERSON, "name", text, actions=("back", "cancel"))


def _name(text: str) -> str:
    name = typed(text).strip(" .,;:")
    fits = len(name) <= NAME_LIMIT and any(letter.isalpha() for letter in name)
    return name if fits else ""


def _confirm(desk: Desk, draft: Draft) -> Reply:
    person = find(desk, draft.handle) if draft.handle else None
    text = desk.say(
        f"setup_people.to_{draft.action}",
        old=person.name if person else "",
        posts=posts_named(desk, person) if person else "",
        name=draft.name,
        post=acts.post_named(desk, draft) if draft.role else "",
    )
    return confirm(desk, PERSON, "ok", text)


_ORDERS: tuple[tuple[re.Pattern[str], Callable[[Desk, re.Match[str]], Reply]], ...] = (
    (_CODE, _codes),
    (_LOCK, _lock),
    (_REPLACE, _ask_replace),
    (_POST, _ask_post),
    (_ADD, _ask_add),
)

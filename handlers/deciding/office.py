"""What is neither the checklist nor a question: hand-ins, posts, channels, comings-in, set-up.

The one point at which the conversation turns to them. Everything here is decided before the
open question is looked at: a word with a code ("xem H5") means the same at any moment.
"""

import re

from domain.messages import TEXT_LIMIT, Content, Said, Sent, Tap
from handlers.ground.reply import KEEP_MENU, Intent, Reply
from handlers.ground.turn import Turn
from handlers.subjects import setup
from handlers.subjects.channels import own as channels
from handlers.subjects.handing_in import confirming as submitting
from handlers.subjects.joining import entering as joining
from handlers.subjects.posts import choosing as posts
from handlers.subjects.talk import menu
from handlers.understanding.commands import Command, Order, read_order
from handlers.understanding.screening import forbidden_in
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_UNDO = re.compile(r"^(?:huy|huy bo|undo)(?: (?:vao|join))?\s+(?P<code>m\s?\d{1,9})$")
_LOOK = re.compile(r"^(?:xem|dong y|xac nhan|view|agree)\s+(?P<code>h\s?\d{1,9})$")
_RETURN = re.compile(r"^(?:tra lai|return)\s+(?P<code>h\s?\d{1,9})\b[\s:,.\-]*")

_OWN_MENUS = (setup.MENU, submitting.MENU)
_LEAVING = frozenset(Command) - {
    Command.BACK,
    Command.LATER,
    Command.SKIP,
    Command.KEEP,
    Command.EXPLAIN,
    Command.NOT_APPLICABLE,
    Command.FIX,
}
"""Orders that mean the same everywhere, also in the middle of a step of ours."""


def take(turn: Turn, content: Content, menu_open: str | None) -> Reply | None:
    """The reply, or None when the message is for the rest of the conversation."""
    match content:
        case Sent() as file:
            return setup.received(turn, file, menu_open)
        case Tap(menu=tapped, choice=choice) if tapped.startswith((*_OWN_MENUS, posts.MENU)):
            return _tapped(turn, tapped, choice, menu_open)
        case Said(text=text) | Tap(choice=text):
            return _said(turn, text, menu_open if isinstance(content, Said) else None)
        case _:
            return None


def ordered(turn: Turn, order: Order) -> Reply | None:
    """The commands of this file, however they were given; None for every other."""
    match order.command:
        case Command.SUBMIT:
            return submitting.submit(turn)
        case Command.SWITCH:
            return posts.choose(turn)
        case Command.SETUP:
            return setup.start(turn)
        case Command.CHANNELS:
            return channels.show(turn)
        case Command.ADD_CHANNEL:
            return channels.add(turn)
        case _:
            return None


def _tapped(turn: Turn, tapped: str, choice: str, menu_open: str | None) -> Reply | None:
    """A button of ours. What it meant is only sure while its message is the open one."""
    if tapped == menu_open:
        return _said(turn, choice, menu_open)
    stale = turn.say("roles.stale")
    if menu_open is not None and menu_open.startswith(setup.MENU):
        return setup.again(turn, menu_open).under(stale)
    return menu.offer(turn).under(stale)


def _said(turn: Turn, text: str, menu_open: str | None) -> Reply | None:
    if len(text) > TEXT_LIMIT or forbidden_in(text) is not None:
        return None
    coded = _with_code(turn, text)
    if coded is not None:
        return coded
    channel = channels.word(turn, text)
    if channel is not None:
        return channel
    if menu_open == posts.MENU:
        return _post_chosen(turn, text)
    if posts.must_choose(turn):
        return posts.choose(turn)
    word = setup.word(turn, text)
    if word is not None:
        return word
    if menu_open is None or not menu_open.startswith(_OWN_MENUS):
        return None
    order = read_order(text)
    if order is not None and order.command in _LEAVING:
        return None
    if menu_open.startswith(submitting.MENU):
        return submitting.decide(turn, menu_open, text)
    return setup.said(turn, text, menu_open)


def _with_code(turn: Turn, text: str) -> Reply | None:
    said = plain(typed(text)).strip(" .!?")
    if found := _UNDO.match(said):
        return _undo(turn, _code(found))
    if found := _LOOK.match(said):
        return submitting.look_at(turn, _code(found))
    if found := _RETURN.match(said):
        # The reason is kept as it was written, so it is cut from the text itself.
        reason = typed(text).strip(" .!?")[found.end() :].strip()
        return submitting.return_by_code(turn, _code(found), reason)
    return None


def _code(found: re.Match[str]) -> str:
    return found["code"].replace(" ", "").upper()


def _undo(turn: Turn, code: str) -> Reply:
    joined = turn.tx.joinings.get(int(code[1:]))
    if joined is None or not joining.may_undo(turn.person, joined, turn.tx):
        # Out of scope and not existing get the same sentence, true of both.
        return _note(turn, "roles.no_such_joining", code=code)
    if not joining.undo(turn.person, joined, tx=turn.tx, library=turn.library, now=turn.now):
        return _note(turn, "roles.undone_before", code=code)
    person = turn.tx.people.get(joined.person_id)
    name, handle = (person.name, person.handle) if person else ("", "")
    return _note(turn, "roles.joining_undone", code=code, name=name, handle=handle)


def _post_chosen(turn: Turn, text: str) -> Reply | None:
    """The number of a post; anything else leaves him what he was, and is answered as that."""
    post = posts.chosen(turn, text.strip(".) "))
    if post is None:
        if posts.must_choose(turn):
            posts.act_as(turn, turn.post)
        return None
    posts.act_as(turn, post)
    return menu.main_menu(turn.acting_as(post))


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.ACCESS, text=turn.say(key, **values), menu=KEEP_MENU)

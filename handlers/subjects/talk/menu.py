"""The main menu, help and language: what a person is offered when no question is open."""

from dataclasses import replace

from domain.messages import Choice
from domain.people import Post, Role
from handlers.assessment.sheet import load_sheet
from handlers.ground.reply import KEEP_MENU, Intent, Reply
from handlers.ground.turn import Turn, numbered
from handlers.subjects.checklist.asking import ask
from handlers.subjects.posts.choosing import duties
from handlers.understanding.commands import Command, Order

MAIN = "main"
LANGUAGE = "language"
LANGUAGES = ("vi", "en")
LANGUAGE_NAMES = ("Tiếng Việt", "English")
"""A language is named in itself, whatever language one reads at the moment."""


def main_menu(turn: Turn) -> Reply:
    """Greeting and the things this person can do."""
    post = turn.post
    greeting = turn.say("menu.welcome", role=_role(turn, post), unit=_unit(turn, post))
    return offer(turn).under(greeting)


def offer(turn: Turn) -> Reply:
    """The menu without the greeting."""
    return Reply(
        intent=Intent.MENU,
        text=turn.say("menu.ask_what", hint=""),
        menu=MAIN,
        choices=_choices(turn),
    )


def _choices(turn: Turn) -> tuple[Choice, ...]:
    return numbered(tuple(label for label, _order in _entries(turn)))


def chosen(turn: Turn, key: str) -> Order | None:
    """The order behind an entry of the main menu, or None for a number it does not have."""
    entries = _entries(turn)
    at = int(key) - 1 if key.isdecimal() else -1
    return entries[at][1] if 0 <= at < len(entries) else None


def _entries(turn: Turn) -> tuple[tuple[str, Order], ...]:
    entries: list[tuple[str, Order]] = []
    sheet = load_sheet(turn)
    if sheet is not None:
        entries.append((turn.say("menu.checklist", year=sheet.year), Order(command=Command.RESUME)))
        entries.append((turn.say("menu.result"), Order(command=Command.RESULT)))
        if not sheet.checklist.locked and not sheet.checklist.open():
            entries.append((turn.say("menu.submit"), Order(command=Command.SUBMIT)))
    if turn.overseeing:
        entries.append((turn.say("menu.status"), Order(command=Command.STATUS)))
    if turn.person.holds(Role.ADMINISTRATOR):
        entries.append((turn.say("menu.setup"), Order(command=Command.SETUP)))
    if len(duties(turn.person)) > 1:
        entries.append((turn.say("menu.switch"), Order(command=Command.SWITCH)))
    entries += [
        (turn.say("menu.dates"), Order(command=Command.DATES)),
        (turn.say("menu.help"), Order(command=Command.HELP)),
        (turn.say("menu.language"), Order(command=Command.LANGUAGE)),
        (turn.say("menu.channels"), Order(command=Command.CHANNELS)),
    ]
    return tuple(entries)


def _role(turn: Turn, post: Post) -> str:
    return turn.say("common.role", role=post.role)


def _unit(turn: Turn, post: Post) -> str:
    unit = turn.tx.units.get(post.unit)
    return turn.unit_name(unit, with_parent=True) if unit else str(post.unit)


def help_text(turn: Turn) -> Reply:
    """What can be said, by role."""
    keys = []
    if turn.answering_post is not None:
        keys.append("menu.help_officer")
    if turn.overseeing or not keys:
        keys.append("menu.help_overseer")
    if turn.person.holds(Role.HEAD):
        keys.append("roles.help_head")
    if turn.person.holds(Role.ADMINISTRATOR):
        keys.append("setup.help")
    keys.append("channels.help")
    text = "\n\n".join(turn.say(key) for key in keys)
    return Reply(intent=Intent.HELP, text=text, menu=KEEP_MENU, choices=turn.actions("menu"))


def choose_language(turn: Turn) -> Reply:
    """Both languages to choose from."""
    return Reply(
        intent=Intent.LANGUAGE,
        text=turn.say("menu.choose_language"),
        menu=LANGUAGE,
        choices=numbered(LANGUAGE_NAMES),
    )


def set_language(turn: Turn, locale: str) -> Reply:
    """Change the language, say so in the new one, and go on with what is open.

    The digits would otherwise stay with the languages.
    """
    turn.tx.people.set_locale(turn.person.id, locale)
    turn = replace(turn, person=replace(turn.person, locale=locale))
    sheet = load_sheet(turn)
    waits = sheet is not None and not sheet.checklist.locked and sheet.place is not None
    after = ask(turn, sheet) if sheet is not None and waits else offer(turn)
    return replace(after.under(turn.say("menu.language_set")), intent=Intent.LANGUAGE)

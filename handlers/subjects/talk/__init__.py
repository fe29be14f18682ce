"""Small talk and the conversation itself: the main menu, help, the language, thanks."""

from dataclasses import replace

from domain.cards import saying
from handlers.assessment.sheet import Sheet
from handlers.contract import (
    Claim,
    Entry,
    Handover,
    Manner,
    OpenMenu,
    Outcome,
    Rank,
    Subject,
    Target,
)
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, numbered
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent

__all__ = ["TALK"]

_LANGUAGES = ("vi", "en")
_LANGUAGE_NAMES = ("Tiếng Việt", "English")
"""Each language is named in that language, whatever language the person reads."""


def _ordered(turn: Turn, order: Order) -> Outcome:
    match order.command:
        case Command.HELP:
            return Handover(to=Target.HELP)
        case Command.LANGUAGE:
            return _choose_language(turn)
        case Command.VIETNAMESE:
            return _set_language("vi", turn)
        case Command.ENGLISH:
            return _set_language("en", turn)
        case Command.THANKS:
            return Reply(intent=Intent.MENU, cards=saying(turn.say("menu.thanks")), menu=KEEP_MENU)
        case _:
            return Handover(to=Target.WELCOME)


def _choose_language(turn: Turn) -> Reply:
    return Reply(
        intent=Intent.LANGUAGE,
        cards=saying(turn.say("menu.choose_language")),
        menu=Menu(MenuKind.LANGUAGE),
        choices=numbered(_LANGUAGE_NAMES),
    )


def _set_language(locale: str, turn: Turn) -> Handover:
    """Change the language, confirm it in the new one, and show what is open.

    Otherwise typed digits would still answer the language menu.
    """
    turn.tx.people.set_locale(turn.person.id, locale)
    changed = replace(turn, person=replace(turn.person, locale=locale))
    said = changed.say("menu.language_set")
    return Handover(to=Target.UNFINISHED, above=(said,), turn=changed, intent=Intent.LANGUAGE)


class _OpenLanguages(OpenMenu):
    """Both languages to choose from."""

    def label(self, heard: Heard) -> Claim | None:
        """The language with this number."""
        at = int(heard.number) - 1 if heard.number else -1
        if not 0 <= at < len(_LANGUAGES):
            return None

        def act(turn: Turn) -> Outcome:
            return _set_language(_LANGUAGES[at], turn)

        return Claim(rank=Rank.LABEL, act=act)


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    return (
        Entry(label=turn.say("menu.help"), order=Order(command=Command.HELP)),
        Entry(label=turn.say("menu.language"), order=Order(command=Command.LANGUAGE)),
    )


TALK = Subject(
    name="talk",
    menus={MenuKind.LANGUAGE: lambda _turn, _menu: _OpenLanguages()},
    commands={
        Command.MENU: Manner.LEAVES,
        Command.LANGUAGE: Manner.LEAVES,
        Command.VIETNAMESE: Manner.LEAVES,
        Command.ENGLISH: Manner.LEAVES,
        Command.HELP: Manner.BESIDE,
        Command.THANKS: Manner.BESIDE,
    },
    ordered=_ordered,
    entries=_entries,
    help=lambda turn: (turn.say("help.talk"),),
)

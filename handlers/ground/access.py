"""The sentences for people who were not let in, and for texts that are refused."""

from domain.cards import saying
from domain.messages import Outgoing
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.understanding.intents import Intent

STRANGER_LOCALE = "vi"


def to_stranger(library: Library) -> Outgoing:
    """The one sentence for everybody who was not let in."""
    return Outgoing(cards=saying(library.words(STRANGER_LOCALE).say("access.stranger")))


def refused(library: Library, person: Person) -> Reply:
    """The reply to a text that may not be stored."""
    text = library.words(person.locale).say("access.refused_text")
    return Reply(intent=Intent.REFUSED, cards=saying(text), menu=KEEP_MENU)

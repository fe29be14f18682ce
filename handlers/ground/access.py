"""The sentences for whoever is not let in, and for what is not taken."""

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
    """For a text that may not be kept."""
    text = library.words(person.locale).say("access.refused_text")
    return Reply(intent=Intent.REFUSED, cards=saying(text), menu=KEEP_MENU)

"""The sentences for people who were not let in, and for texts that are refused."""

from domain.cards import saying
from domain.channels import traits_of
from domain.messages import Outgoing
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.understanding.intents import Intent

STRANGER_LOCALE = "vi"


def to_stranger(library: Library) -> Outgoing:
    """The one sentence for everybody who was not let in."""
    return Outgoing(cards=saying(library.words(STRANGER_LOCALE).say("access.stranger")))


def refused(library: Library, person: Person) -> Reply:
    """The reply to a text that may not be stored."""
    text = library.words(person.locale).say("access.refused_text")
    return Reply(intent=Intent.REFUSED, cards=saying(text), menu=KEEP_MENU)


def marked_secret(turn: Turn) -> str:
    """The sentence for an answer that claims a mark of secrecy: the fixed choice is asked, and the
    message is to be withdrawn where that is possible.
    """
    channel = turn.address.channel if turn.address is not None else ""
    return turn.say("access.marked_secret", withdraws=traits_of(channel).withdraws)

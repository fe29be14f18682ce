"""A reply of which nothing may be kept: said why, and the question is asked again."""

from dataclasses import replace

from domain.checklist import Place
from handlers.assessment.sheet import Sheet
from handlers.ground import access
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.reading.asked import Reading
from handlers.subjects.checklist.reasons import why_asked
from handlers.understanding.intents import Intent
from handlers.understanding.screening import Forbidden
from handlers.understanding.values.reasons import Reason


def refuse(sheet: Sheet, place: Place, reading: Reading, turn: Turn) -> Reply:
    """The open question below the sentence that says why nothing was kept."""
    if reading.refuse is None:
        why = why_asked(turn, sheet, place.requirement, place.draft, reading)
    else:
        why = refusal_text(turn, reading.refuse)
    return replace(ask(turn, sheet).under(why), intent=Intent.REFUSED)


def refusal_text(turn: Turn, refused: Forbidden) -> str:
    """Why a text is not kept."""
    match refused:
        case Forbidden.SECRECY_MARK:
            return access.marked_secret(turn)
        case Forbidden.PERSON:
            return turn.say("asked.because", reason=Reason.PERSON_OR_CASE)
        case _:
            return access.refused(turn.library, turn.person).text

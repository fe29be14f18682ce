"""The reply to "số này có đúng không?": a yes stores the figure, a no drops it."""

from functools import partial

from domain.checklist import Place
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Rank
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.doubts import Doubt, doubt_at, drop_doubt
from handlers.subjects.checklist.page import correcting
from handlers.subjects.checklist.reading.read_back import Verdict, judged
from handlers.understanding.values.saying import Saying


def claim(turn: Turn, sheet: Sheet, place: Place, heard: Heard) -> Claim | None:
    """The claim to a whole text that says yes or no to the doubtful figure; None for others."""
    said = judged(Saying(heard.text))
    is_figure = place.step.kind is StepKind.WHOLE_NUMBER
    if not is_figure or said.verdict is Verdict.UNSAID or said.rest.words:
        return None
    doubt = doubt_at(turn, sheet, place.requirement.id)
    if doubt is None:
        return None
    act = _take if said.verdict is Verdict.CONFIRMED else _drop
    return Claim(rank=Rank.LABEL, act=partial(act, sheet, place, doubt))


def _take(sheet: Sheet, place: Place, doubt: Doubt, turn: Turn) -> Reply:
    return answering.take(turn, sheet, place, doubt.fields)


def _drop(sheet: Sheet, _place: Place, _doubt: Doubt, turn: Turn) -> Reply:
    drop_doubt(turn, sheet)
    if sheet.pending_whole():
        return correcting.reject(sheet, turn)
    return ask(turn, sheet).under(turn.say("asked.doubt_dropped"))

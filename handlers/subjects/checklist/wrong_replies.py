"""For every value that is not allowed, the sentence that says which would be.

What to say to a text that cannot be read is in `handlers.subjects.checklist.kinds`.
"""

from domain.replies import (
    NAMES_LIMIT,
    ClaimNotOpen,
    Completed,
    Continued,
    DateNotPossible,
    Locked,
    NotAChoice,
    Outcome,
    OutOfRange,
    TooLong,
    WrongKind,
)
from domain.steps import StepKind
from handlers.ground.turn import Turn

_EXAMPLE_KEYS = {StepKind.DOCUMENT_NUMBER: "checklist.wrong_document_number"}


def refusal(turn: Turn, outcome: Outcome) -> str:
    """The sentence for a value that was read but is not allowed."""
    match outcome:
        case NotAChoice(options=options):
            return turn.say("checklist.wrong_choice", count=options)
        case OutOfRange(least=least, most=most):
            return turn.say("checklist.out_of_range", least=least, most=most)
        case DateNotPossible(earliest=earliest, latest=latest):
            return turn.say("checklist.date_not_possible", earliest=earliest, latest=latest)
        case TooLong(limit=limit) if limit == NAMES_LIMIT:
            return turn.say("checklist.too_many_names", limit=limit)
        case TooLong(limit=limit):
            return turn.say("checklist.too_long", limit=limit)
        case WrongKind(kind=kind):
            return turn.say(_EXAMPLE_KEYS.get(kind, "checklist.wrong_number"))
        case ClaimNotOpen():
            return turn.say("checklist.claim_not_open")
        case Locked():
            return turn.say("checklist.locked")
        case Completed() | Continued():
            msg = f"not a refusal: {outcome}"
            raise TypeError(msg)

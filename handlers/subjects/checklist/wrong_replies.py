"""For every reply that cannot be taken, the sentence that says which reply would be correct."""

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
from domain.steps import Step, StepKind
from handlers.ground.turn import Turn

_EXAMPLE_KEYS = {
    StepKind.WHOLE_NUMBER: "checklist.wrong_number",
    StepKind.DOCUMENT_NUMBER: "checklist.wrong_document_number",
}


def unreadable(turn: Turn, step: Step, year: int, counted: str) -> str:
    """The sentence for a text that the step cannot read."""
    if step.kind is StepKind.CHOICE:
        return turn.say("checklist.wrong_choice", count=step.options)
    if step.kind is StepKind.DATE:
        return turn.say("checklist.wrong_date", year=year)
    if step.kind is StepKind.WHOLE_NUMBER and step.least:
        return turn.say("checklist.wrong_count")
    if step.kind is StepKind.NAMES:
        return turn.say("checklist.wrong_names", counted=counted)
    return turn.say(_EXAMPLE_KEYS[step.kind])


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

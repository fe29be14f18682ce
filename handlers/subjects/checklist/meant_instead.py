"""Replies that mean another choice or number than the step asks: "mật", "chưa có", a number."""

from dataclasses import replace

from domain.answers import NOTHING_GIVEN, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.steps import HELD, HELD_SECRET, StepKind
from handlers.assessment.sheet import Sheet
from handlers.ground.reply import Intent, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.answering import move, take
from handlers.understanding.choices import same_label
from handlers.understanding.replies import read_document, read_reply
from handlers.understanding.screening import says_secret


def said_secret(turn: Turn, sheet: Sheet, place: Place, text: str) -> Reply | None:
    """Where a document's number or date is asked, "mật" in the text means the secret choice.

    Nothing of the text is kept, nor the number given before: the reply shows nothing back.
    None where the question knows no secret document, or the text says nothing of secrecy.
    """
    row = place.requirement
    if row.asked_as is not AskedAs.DOCUMENT or not says_secret(text):
        return None
    at_choice = place.step.kind is StepKind.CHOICE
    if at_choice and (read_reply(place.step, row.choices, text) or not read_document(text)):
        return None
    sheet = _again(turn, sheet, row.id)
    chosen = ((FieldName.CHOICE, HELD_SECRET),)
    reply = take(turn, sheet, sheet.place or place, chosen)
    return replace(reply.under(turn.say("checklist.secret_kept_out")), intent=Intent.REFUSED)


def another_number(turn: Turn, sheet: Sheet, place: Place, text: str) -> Reply | None:
    """A document's number where its date is asked takes the place of the number before it; at
    the choice it means that there is a document. None for any other text or question."""
    row, field = place.requirement, place.step.field
    choosing = field is FieldName.CHOICE and row.asked_as is AskedAs.DOCUMENT
    fields = read_document(text) if choosing or field is FieldName.ISSUED_ON else ()
    if not fields:
        return None
    choice = HELD if choosing else place.draft.choice or HELD
    sheet = _again(turn, sheet, row.id)
    return take(turn, sheet, sheet.place or place, ((FieldName.CHOICE, choice), *fields))


def _again(turn: Turn, sheet: Sheet, requirement_id: str) -> Sheet:
    """The question from its start, whatever was given to it so far."""
    bookmark = replace(sheet.checklist.bookmark, draft_of=requirement_id, draft=NOTHING_GIVEN)
    return move(turn, sheet, bookmark)


def choose_again(turn: Turn, sheet: Sheet, place: Place, text: str) -> Reply | None:
    """Another choice of a question whose later step is open: "chưa có" where a number is asked.

    None when the text is no choice of it, or the choice is what is asked anyway.
    """
    row = place.requirement
    if not place.draft.fields or place.step.kind is StepKind.CHOICE or not row.choices:
        return None
    choice = same_label(row.choices, text)
    if choice is None:
        return None
    sheet = _again(turn, sheet, row.id)
    return take(turn, sheet, sheet.place or place, ((FieldName.CHOICE, choice),))

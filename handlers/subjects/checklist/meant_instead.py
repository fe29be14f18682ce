"""Replies that mean another choice or number than the open step asks for: "mật", "chưa có", a
number.
"""

from dataclasses import replace

from domain.answers import NOTHING_GIVEN, FieldName, Value
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.steps import HELD, HELD_SECRET, StepKind
from handlers.assessment.sheet import Sheet
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.answering import take
from handlers.subjects.checklist.going import move
from handlers.understanding.choices import same_label
from handlers.understanding.intents import Intent
from handlers.understanding.replies import read_document, read_reply
from handlers.understanding.screening import says_secret

Fields = tuple[tuple[FieldName, Value], ...]


def says_it_is_secret(place: Place, text: str) -> bool:
    """Whether a text says that the document that is asked for is a secret one."""
    row = place.requirement
    if row.asked_as is not AskedAs.DOCUMENT or not says_secret(text):
        return False
    if place.step.kind is not StepKind.CHOICE:
        return True
    return not read_reply(place.step, row.choices, text) and bool(read_document(text))


def choose_secret(sheet: Sheet, place: Place, turn: Turn) -> Reply:
    """Take the secret choice. The text and the number given before are not stored, and the reply
    does not repeat them.
    """
    reply = _from_the_start(turn, sheet, place, ((FieldName.CHOICE, HELD_SECRET),))
    return replace(reply.under(turn.say("checklist.secret_kept_out")), intent=Intent.REFUSED)


def another_document(place: Place, text: str) -> Fields | None:
    """The number of a document, and its date, if the open step asks for the date or the choice;
    None for any other text or question.
    """
    row, field = place.requirement, place.step.field
    choosing = field is FieldName.CHOICE and row.asked_as is AskedAs.DOCUMENT
    fields = read_document(text) if choosing or field is FieldName.ISSUED_ON else ()
    if not fields:
        return None
    choice = HELD if choosing else place.draft.choice or HELD
    return ((FieldName.CHOICE, choice), *fields)


def take_document(sheet: Sheet, place: Place, fields: Fields, turn: Turn) -> Reply:
    """Replace the number given before."""
    return _from_the_start(turn, sheet, place, fields)


def another_choice(place: Place, text: str) -> int | None:
    """Another choice of a question whose later step is open: "chưa có" where a number is asked.

    None if the text is not one of its choices, or the choice is the one that is already open.
    """
    row = place.requirement
    if not place.draft.fields or place.step.kind is StepKind.CHOICE or not row.choices:
        return None
    return same_label(row.choices, text)


def choose_again(sheet: Sheet, place: Place, choice: int, turn: Turn) -> Reply:
    """Take the other choice, without anything that was given before."""
    return _from_the_start(turn, sheet, place, ((FieldName.CHOICE, choice),))


def _from_the_start(turn: Turn, sheet: Sheet, place: Place, fields: Fields) -> Reply:
    row = place.requirement.id
    sheet = move(turn, sheet, sheet.checklist.bookmark.drafting(row, NOTHING_GIVEN))
    return take(turn, sheet, sheet.place or place, fields)

"""Carries out what a message says about a page."""

from dataclasses import replace

from domain.cards import Card, saying
from domain.pages import Page
from handlers.assessment.results import result_after_answers
from handlers.assessment.sheet import Sheet
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.answering import explanation
from handlers.subjects.checklist.asked_of import asked_of, rows_of
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.page import correcting
from handlers.subjects.checklist.page.confirming import confirm, without
from handlers.subjects.checklist.page.taking import take
from handlers.subjects.checklist.reading.page import PageReading
from handlers.understanding.intents import Intent


def act(turn: Turn, sheet: Sheet, item_id: str, page: Page | None, reading: PageReading) -> Reply:
    """The reply to a message that answers, confirms or rejects."""
    if reading.reject:
        return correcting.reject(sheet, turn)
    if reading.dropped and not reading.confirm:
        return correcting.drop(sheet, reading.dropped, turn)
    if reading.dropped:
        rows = rows_of(sheet, item_id)
        dropped = frozenset(rows[one].id for one in reading.dropped if one in rows)
        return confirmed(without(turn, sheet, dropped), turn)
    if reading.confirm and not reading.parts:
        return confirmed(sheet, turn)
    return take(turn, sheet, item_id, asked_of(turn, sheet, item_id, page), reading)


def confirmed(sheet: Sheet, turn: Turn) -> Reply:
    """Save what was read back."""
    done = confirm(turn, sheet, agreed=True)
    outcome = result_after_answers(turn, done.sheet, done.rows)
    return ask(turn, done.sheet).under(*outcome, *done.notes)


def explained(sheet: Sheet, item_id: str, number: int, turn: Turn) -> Reply:
    """What counts for one question of the page."""
    row = rows_of(sheet, item_id).get(number)
    if row is None:
        card = Card(text=turn.say("several.unknown_numbers", numbers=number))
    else:
        told = explanation(turn, row)
        card = replace(told, text=turn.say("several.line", number=number, text=told.text))
    return Reply(intent=Intent.CHECKLIST, cards=(card,), menu=KEEP_MENU)


def not_readable(turn: Turn) -> Reply:
    """How to answer a page, which stays open."""
    text = turn.say("several.not_readable")
    return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)

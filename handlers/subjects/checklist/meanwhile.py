"""A reply to a question that somebody else has answered since it was shown."""

from functools import partial

from domain.answers import NOTHING_GIVEN
from domain.checklist import Place
from domain.giving import give
from domain.replies import Completed
from domain.steps import first_step, next_step
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asked_of import asked_at
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.disputed import ask_whether, is_own, part, recorded_row
from handlers.subjects.checklist.going import move
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import Fields


def answered_meanwhile(turn: Turn, sheet: Sheet, menu: Menu, heard: Heard) -> Claim | None:
    """The claim to a reply to the question of `menu`; None if nobody else has answered it since,
    or if the text is no reply to it.
    """
    place = _shown_place(turn, sheet, menu)
    if place is None:
        return None
    reading = read_alone(asked_at(turn, sheet, place), heard.text)
    fields = reading.fields
    if not fields or reading.ask is not None:
        return None
    return Claim(rank=Rank.LABEL, act=partial(_told, sheet, place, fields))


def _shown_place(turn: Turn, sheet: Sheet, menu: Menu) -> Place | None:
    """The step that the menu asked for, if somebody else has answered its requirement since."""
    row = sheet.checklist.find(menu.part(1))
    if row is None or menu.part(0) != str(sheet.assessment.id) or not sheet.checklist.allows(row):
        return None
    seen, now = menu.part(3), str(sheet.versions.get(row.id, 0))
    if row.id not in sheet.recorded or seen == now or is_own(turn, sheet, row.id):
        return None
    draft = sheet.checklist.bookmark.begun(row.id)
    step = next_step(row, draft)
    if step is None or step.field.value != menu.part(2):
        draft, step = NOTHING_GIVEN, first_step(row)
    if step.field.value != menu.part(2):
        return None
    return Place(requirement=row, step=step, draft=draft, revisiting=False)


def _told(sheet: Sheet, place: Place, fields: Fields, turn: Turn) -> Reply:
    """Ask whether the complete reply replaces the recorded answer. A reply that is only a part of
    an answer is not taken; the person is told what is recorded.
    """
    answer = _complete(turn, sheet, place, fields)
    row = place.requirement.id
    parted = part(turn, sheet, (answer,)) if answer is not None else None
    if parted is not None and parted.instead:
        sheet = move(turn, sheet, sheet.checklist.going_on((row,)))
        return ask(turn, ask_whether(turn, sheet, parted.instead))
    told = recorded_row(turn, sheet, row)
    note = parted.note(turn) if parted is not None else turn.say("disputed.to_replace", id=row)
    return ask(turn, sheet).under(_line(told.label, told.value), note)


def _complete(turn: Turn, sheet: Sheet, place: Place, fields: Fields) -> Completed | None:
    outcome = give(sheet.checklist, place.requirement, place.draft, fields, today=turn.today)
    return outcome if isinstance(outcome, Completed) else None


def _line(label: str, value: str) -> str:
    return f"{label}: {value}"

"""The fields given so far to a question that the person left and came back to."""

from domain.answers import FieldName, Value
from domain.criteria import Requirement
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn


def begun(turn: Turn, sheet: Sheet) -> str:
    """What was given to the open question before another one was opened, each figure with its
    year; empty if nothing was.
    """
    place, mark = sheet.place, sheet.checklist.bookmark
    if place is None or not place.draft.fields or mark.draft_of == place.requirement.id:
        return ""
    if place.draft != mark.begun(place.requirement.id):
        return ""
    row = place.requirement
    parts = [
        turn.say(
            "checklist.begun_part",
            field=one.name,
            value=_told(row, one.name, one.value),
            year=sheet.year,
        )
        for one in place.draft.fields
    ]
    return turn.say("checklist.begun", id=row.id, parts=", ".join(parts))


def _told(row: Requirement, name: FieldName, value: Value) -> Value:
    if name is FieldName.CHOICE and isinstance(value, int):
        return row.choices[value]
    return value

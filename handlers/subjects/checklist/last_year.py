"""Last year's figure for a question that compares: offered with its source, taken only by a typed
word.

The officer is responsible for the figure, so it is never filled in automatically.
"""

from dataclasses import dataclass

from domain.answers import FieldName, Value
from domain.checklist import Place
from handlers.assessment.sheet import Sheet
from handlers.ground.heard import Heard
from handlers.ground.turn import Turn
from handlers.understanding.text import fold

_MEASURES = {
    FieldName.LAST_YEAR: ("cases", FieldName.THIS_YEAR),
    FieldName.DEATHS_LAST_YEAR: ("deaths", FieldName.DEATHS_THIS_YEAR),
    FieldName.INJURED_LAST_YEAR: ("injured", FieldName.INJURED_THIS_YEAR),
}
"""Field of a step -> its measure in the workbook, and the field of last year's own answer."""

# Without its marks "dùng" is also "dừng", which pauses: then only the whole phrase counts.
_USE = frozenset({"dung so nay", "lay so nay", "use it", "use this"})
_USE_MARKED = frozenset({"dùng", "dùng số này", "lấy"})


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A figure of last year and the usual name of its source."""

    count: int
    source: str


def offer(turn: Turn, sheet: Sheet, place: Place) -> Offer | None:
    """The figure for the open step: from the workbook, else the unit's own answer for that year;
    None if the step asks for something else or no figure is known.
    """
    known = _MEASURES.get(place.step.field)
    if known is None:
        return None
    measure, own_field = known
    row, year, set_id = place.requirement.id, sheet.year - 1, sheet.assessment.set_id
    kept = turn.tx.earlier_figures.get(sheet.unit.id, set_id, row, year, measure)
    if kept is not None:
        source = turn.say(
            "checklist.source_of_figure", number=kept.document_number, day=kept.document_date
        )
        return Offer(count=kept.count, source=source)
    for assessment in turn.tx.assessments.of_unit(sheet.unit.id, year):
        if assessment.set_id == set_id:
            answer = turn.tx.assessments.answers(assessment.id).get(row)
            count = answer.get(own_field) if answer is not None else None
            if isinstance(count, int):
                return Offer(count=count, source=turn.say("checklist.own_figure", year=year))
    return None


def taken(
    turn: Turn, sheet: Sheet, place: Place, heard: Heard
) -> tuple[tuple[FieldName, Value], ...] | None:
    """The offered figure as a reply, if the text takes it; else None."""
    if heard.plain not in _USE and fold(heard.text).strip(" .!") not in _USE_MARKED:
        return None
    found = offer(turn, sheet, place)
    return None if found is None else ((place.step.field, found.count),)

"""Last year's figure for a question that compares: offered with its source, taken only by a typed
word.

The officer is responsible for the figure, so it is never filled in automatically.
"""

from dataclasses import dataclass

from domain.answers import Answer, FieldName, Value
from domain.checklist import Place
from domain.criteria import AskedAs, Requirement
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
    own = _own_answer(turn, sheet, row)
    count = own.get(own_field) if own is not None else None
    if not isinstance(count, int):
        return None
    return Offer(count=count, source=turn.say("checklist.own_figure", year=year))


def known_figures(turn: Turn, sheet: Sheet, row: Requirement) -> dict[FieldName, int]:
    """What the province's table and the unit's own answer of the year before say about a question,
    by the field that it belongs to. A count of this year is weighed against that of last year.
    """
    own = _own_answer(turn, sheet, row.id)
    known = {} if own is None else _figures_of(own)
    if row.asked_as is not AskedAs.YEAR_ON_YEAR:
        return known
    measures = _MEASURES if row.rule.casualties else {FieldName.LAST_YEAR: ("cases", None)}
    for name, (measure, _) in measures.items():
        kept = turn.tx.earlier_figures.get(
            sheet.unit.id, sheet.assessment.set_id, row.id, sheet.year - 1, measure
        )
        if kept is not None:
            known[name] = kept.count
    return known


def _figures_of(own: Answer) -> dict[FieldName, int]:
    found = {}
    for one in own.fields:
        name = _NOW_LAST_YEAR.get(one.name, one.name)
        if one.name in _COMPARED and isinstance(one.value, int):
            found[name] = one.value
    return found


_NOW_LAST_YEAR = {own: name for name, (_, own) in _MEASURES.items()}
_COMPARED = frozenset({*_NOW_LAST_YEAR, FieldName.COUNT, FieldName.TOTAL})
"""The figures that are compared with those of the year before."""


def _own_answer(turn: Turn, sheet: Sheet, row: str) -> Answer | None:
    for assessment in turn.tx.assessments.of_unit(sheet.unit.id, sheet.year - 1):
        if assessment.set_id == sheet.assessment.set_id:
            return turn.tx.assessments.answers(assessment.id).get(row)
    return None


def taken(
    turn: Turn, sheet: Sheet, place: Place, heard: Heard
) -> tuple[tuple[FieldName, Value], ...] | None:
    """The offered figure as a reply, if the text takes it; else None."""
    if heard.plain not in _USE and fold(heard.text).strip(" .!") not in _USE_MARKED:
        return None
    found = offer(turn, sheet, place)
    return None if found is None else ((place.step.field, found.count),)

"""What is typed at an open question or page of the checklist."""

from collections.abc import Iterator

from domain.answers import FieldName
from domain.checklist import Place
from domain.criteria import Requirement, Sensitivity
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.turn import Turn
from handlers.ground.wanted import By, Wanted
from handlers.subjects.checklist.asking import labels

_LONE_FIGURES = frozenset({FieldName.COUNT, FieldName.TOTAL, FieldName.SETTLED})
"""The others are one of two years, where people write both: "8 so với 10"."""


def wanted(turn: Turn, menu: Menu) -> Wanted | None:
    """What is typed at a menu of the checklist; None if the person answers no checklist."""
    sheet = load_sheet(turn)
    if sheet is None:
        return None
    rows = tuple(_on_screen(sheet, menu))
    if not rows:
        return None
    place = sheet.place
    alone = place if place is not None and sheet.menu(place) == menu else None
    sensitivity = max((row.sensitivity for row in rows), key=lambda one: one.rank)
    by = _by(alone)
    if sensitivity is Sensitivity.RED:
        by = By.TAPS
    return Wanted(
        name=_named(turn, sheet, menu),
        by=by,
        hint=_hint(turn, sheet, alone, by, is_page=menu.kind is MenuKind.PAGE),
        sensitivity=sensitivity,
        labels=labels(turn, alone) if alone is not None else (),
    )


def _on_screen(sheet: Sheet, menu: Menu) -> Iterator[Requirement]:
    """What the message shows, and what is open now: somebody else may have answered meanwhile."""
    if sheet.place is not None:
        yield sheet.place.requirement
    if menu.kind is MenuKind.QUESTION:
        shown = sheet.checklist.find(menu.part(1))
        if shown is not None:
            yield shown
        return
    for item in sheet.part.items:
        if item.id == menu.part(1):
            yield from (row for row in item.requirements if _is_open(sheet, row))


def _is_open(sheet: Sheet, row: Requirement) -> bool:
    return sheet.checklist.allows(row) and row.id not in sheet.checklist.answers


def _named(turn: Turn, sheet: Sheet, menu: Menu) -> str:
    """ "câu I.3.a" or "nội dung I.5", by the checklist: the token comes from outside."""
    row = sheet.checklist.find(menu.part(1))
    if row is not None:
        return turn.say("checklist.place", id=row.id, page=False)
    ids = [item.id for item in sheet.part.items if item.id == menu.part(1)]
    return turn.say("checklist.place", id=ids[0], page=True) if ids else ""


def _by(alone: Place | None) -> By:
    if alone is None or alone.step.kind is StepKind.NAMES:
        return By.TEXT
    is_figure = alone.step.kind is StepKind.WHOLE_NUMBER and alone.step.field in _LONE_FIGURES
    return By.FIGURE if is_figure else By.LINE


def _hint(turn: Turn, sheet: Sheet, alone: Place | None, by: By, *, is_page: bool) -> str:
    if by is By.TAPS:
        return turn.say("checklist.taps_only", page=is_page)
    if alone is None:
        return turn.say("checklist.hint_page")
    return turn.say(
        "checklist.hint",
        field=alone.step.field,
        year=sheet.year,
        counted=alone.requirement.counted,
    )

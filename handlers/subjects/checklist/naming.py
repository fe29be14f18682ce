"""The name of the question or page that a menu opened, also of one that is no longer open."""

from dataclasses import dataclass

from domain.criteria import Sensitivity
from handlers.assessment.sheet import load_sheet
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.turn import Turn


@dataclass(frozen=True, kw_only=True)
class Named:
    """`id` is the requirement's ("I.3.a") or, of a page, its item's ("I.5"). `is_green`: everything
    asked there may be asked on every channel.
    """

    id: str
    is_page: bool
    is_green: bool


def named(turn: Turn, menu: Menu) -> Named | None:
    """The name of what a menu asks, None if it asks nothing of the open checklist."""
    if menu.kind not in (MenuKind.QUESTION, MenuKind.PAGE):
        return None
    sheet = load_sheet(turn)
    if sheet is None or menu.part(0) != str(sheet.assessment.id):
        return None
    asked, is_page = menu.part(1), menu.kind is MenuKind.PAGE
    rows = [
        row
        for row in sheet.part.requirements()
        if row.id == asked or (is_page and row.id.startswith(f"{asked}."))
    ]
    if not rows:
        return None
    is_green = all(row.sensitivity is Sensitivity.GREEN for row in rows)
    return Named(id=asked, is_page=is_page, is_green=is_green)

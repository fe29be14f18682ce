"""The questions of a sheet as the reader needs them: with drafts and with known figures."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs, Requirement
from domain.pages import Page, in_order
from domain.registers import RegisterEntry
from domain.steps import first_step
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.last_year import known_figures
from handlers.subjects.checklist.reading.asked import Asked
from handlers.subjects.checklist.register.showing import offered_at


class _Known(Mapping[FieldName, int]):
    """The figures that are known of a question, read when the first of them is needed: most replies
    hold no figure.
    """

    def __init__(self, turn: Turn, sheet: Sheet, row: Requirement) -> None:
        self._turn, self._sheet, self._row = turn, sheet, row

    @cached_property
    def _figures(self) -> Mapping[FieldName, int]:
        return known_figures(self._turn, self._sheet, self._row)

    def __getitem__(self, name: FieldName) -> int:
        return self._figures[name]

    def __iter__(self) -> Iterator[FieldName]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


def asked_at(turn: Turn, sheet: Sheet, place: Place) -> Asked:
    """The open question, asked alone."""
    return _asked(turn, sheet, place.requirement, place.draft, alone=True)


def _asked(turn: Turn, sheet: Sheet, row: Requirement, draft: Answer, *, alone: bool) -> Asked:
    return Asked(
        requirement=row,
        draft=draft,
        year=sheet.year,
        today=turn.today,
        known=_Known(turn, sheet, row),
        alone=alone,
        withheld=sheet.checklist.withholds_figure(row),
        far_times=turn.library.far_times,
        offered=_offered(turn, sheet, row),
    )


def _offered(turn: Turn, sheet: Sheet, row: Requirement) -> tuple[RegisterEntry, ...]:
    """The entries of a register that were in force in the year under review."""
    if row.asked_as is not AskedAs.REGISTER:
        return ()
    place = Place(requirement=row, step=first_step(row), draft=NOTHING_GIVEN, revisiting=False)
    return tuple(offered_at(turn, sheet, place).values())


def rows_of(sheet: Sheet, item_id: str) -> dict[int, Requirement]:
    """The questions of an item by their numbers."""
    item = next((one for one in sheet.part.items if one.id == item_id), None)
    rows = () if item is None else in_order(item, sheet.checklist.ceiling)
    return dict(enumerate(rows, start=1))


def all_asked(turn: Turn, sheet: Sheet, item_id: str) -> dict[int, Asked]:
    """Every question of an item by its number, without any answers."""
    return {
        number: _asked(turn, sheet, row, NOTHING_GIVEN, alone=False)
        for number, row in rows_of(sheet, item_id).items()
    }


def asked_of(turn: Turn, sheet: Sheet, item_id: str, page: Page | None) -> dict[int, Asked]:
    """What a line may answer of an item: the questions of the page, the one that is asked alone,
    and the answers that wait, each with what was given to it.
    """
    drafts = {one.number: one.place.draft for one in page.entries} if page is not None else {}
    waiting = sheet.pending.answers if sheet.pending and sheet.pending.item == item_id else {}
    place = sheet.place
    found = {}
    for number, row in rows_of(sheet, item_id).items():
        is_open = place is not None and place.requirement.id == row.id
        if row.id in waiting:
            draft = waiting[row.id]
        elif number in drafts:
            draft = drafts[number]
        elif is_open and place is not None:
            draft = place.draft
        else:
            continue
        found[number] = _asked(turn, sheet, row, draft, alone=False)
    return found


def waiting_numbers(sheet: Sheet, item_id: str) -> frozenset[int]:
    """The numbers of the complete answers that were read back."""
    whole = sheet.pending_whole()
    return frozenset(number for number, row in rows_of(sheet, item_id).items() if row.id in whole)

"""Step 9: figures of earlier years from a workbook, offered later where a question asks them."""

import json
from dataclasses import dataclass
from datetime import date

from domain.cards import Card
from domain.criteria import Requirement, RuleName
from domain.messages import Recipe, RecipeKind, Sent
from domain.units import UnitId, UnitKind
from handlers.documents.figures import FigureYears
from handlers.documents.figures_in import FiguresTaken, read_figures
from handlers.documents.problems import Refused
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.subjects.setup.checklists import sets_of, years_of
from handlers.subjects.setup.documents import cited
from handlers.subjects.setup.mistakes import mistakes
from handlers.subjects.setup.screens import (
    Desk,
    Progress,
    Step,
    bulleted,
    confirm,
    drop,
    load,
    note,
    pick,
    save,
    screen,
)
from handlers.subjects.setup.text import year_in
from handlers.subjects.setup.uploads import content_of
from handlers.understanding.agreement import agrees
from storage import EarlierFigure

TEMPLATE = "mau-so-lieu.xlsx"
BASE_YEAR = 2019
"""The year against which the plans of 2021-2025 measure their cut of social-order crime."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """For which set and assessed year figures are taken; `rows` were read and wait for the
    word, each a JSON list of what `EarlierFigure` holds."""

    set_id: str
    year: int
    rows: tuple[str, ...] = ()


def progress(desk: Desk) -> Progress:
    """Done with the first figures; a province need not have any."""
    return Progress.DONE if _counted(desk) else Progress.TODO


def show(desk: Desk) -> Reply:
    """What there is, and for which set more can be given; or the step that was begun."""
    draft = load(desk, Step.FIGURES, Draft)
    if draft is not None:
        return _confirm(desk, draft) if draft.rows else _wait(desk, draft)
    lines = [
        desk.say("setup_plan.figures_line", document=_cited(desk, set_id), year=year, count=count)
        for set_id, year, count in _counted(desk)
    ]
    sets = sets_of(desk)
    labels = (_cited(desk, one.id) for one in sets)
    asked = desk.say("setup_plan.figures_for_which" if sets else "setup_plan.no_sets")
    none = () if lines else (desk.say("setup_plan.no_figures"),)
    text = desk.say("setup_plan.figures")
    card = Card(text=text, rows=bulleted(lines), notes=(*none, asked))
    return screen(desk, Step.FIGURES, "", card, *labels)


def at(desk: Desk, place: str) -> Reply:
    """The screen of a place once more."""
    return _years(desk, place.removeprefix("y:")) if place.startswith("y:") else show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A set, a year, the template, or the word."""
    if place == "ok":
        return _take_over(desk) if agrees(heard.text) else None
    if place == "file":
        draft = load(desk, Step.FIGURES, Draft)
        if draft is None:
            return show(desk)
        return _template(desk, draft) if pick(heard.text, 1) == 0 else None
    if place.startswith("y:"):
        return _year_given(desk, place.removeprefix("y:"), heard.text)
    sets = sets_of(desk)
    at = pick(heard.text, len(sets))
    return None if at is None else _years(desk, sets[at].id)


def received(desk: Desk, file: Sent) -> Reply:
    """A filled-in workbook: its mistakes, or what it would do."""
    draft = load(desk, Step.FIGURES, Draft)
    data = content_of(file)
    if draft is None or data is None:
        return note(desk, "file_not_taken")
    words, today = desk.turn.words, desk.turn.today
    requirements, years = requirements_of(desk, draft.set_id), years_asked(desk, draft)
    sheet = read_figures(data, desk.units(), requirements, years, words, today=today)
    desk.audit("workbook_read", f"unit:{desk.province.id}", type(sheet).__name__)
    if isinstance(sheet, Refused):
        card = mistakes(desk, sheet)
        return screen(desk, Step.FIGURES, "file", card, desk.say("get_template"))
    draft = Draft(set_id=draft.set_id, year=draft.year, rows=tuple(_rows(sheet)))
    save(desk, Step.FIGURES, draft)
    return _confirm(desk, draft)


def requirements_of(desk: Desk, set_id: str) -> tuple[Requirement, ...]:
    """The requirements of the set that bind units of this province."""
    criteria = desk.turn.library.pack(set_id).criteria
    present = {unit.kind for unit in desk.units()}
    parts = criteria.parts if criteria is not None else ()
    return tuple(row for part in parts if part.unit_kinds & present for row in part.requirements())


def kinds_of(desk: Desk, set_id: str) -> frozenset[UnitKind]:
    """The kinds of unit that the set binds."""
    criteria = desk.turn.library.pack(set_id).criteria
    parts = criteria.parts if criteria is not None else ()
    return frozenset(kind for part in parts for kind in part.unit_kinds)


def years_asked(desk: Desk, draft: Draft) -> FigureYears:
    """The year before, and the base year where a rule measures a cut and it is another year."""
    rows = requirements_of(desk, draft.set_id)
    cut = any(row.rule.name is RuleName.CUT_BY_PERCENT for row in rows)
    last = draft.year - 1
    return FigureYears(last=last, base=BASE_YEAR if cut and last != BASE_YEAR else None)


def _counted(desk: Desk) -> tuple[tuple[str, int, int], ...]:
    return desk.turn.tx.earlier_figures.counted([unit.id for unit in desk.units()])


def _cited(desk: Desk, set_id: str) -> str:
    return cited(desk, desk.turn.library.pack(set_id).document)


def _years(desk: Desk, set_id: str) -> Reply:
    text = desk.say("setup_plan.figures_year", document=_cited(desk, set_id))
    return screen(desk, Step.FIGURES, f"y:{set_id}", text, *map(str, years_of(desk, set_id)))


def _year_given(desk: Desk, set_id: str, text: str) -> Reply | None:
    years = years_of(desk, set_id)
    at = pick(text, len(years))
    year = year_in(text) if at is None else years[at]
    if year is None:
        return None
    if year not in years:
        return note(desk, "setup_plan.year_not_covered", year=year, first=years[0], last=years[-1])
    draft = Draft(set_id=set_id, year=year)
    save(desk, Step.FIGURES, draft)
    return _wait(desk, draft)


def _wait(desk: Desk, draft: Draft) -> Reply:
    text = desk.say("setup_plan.figures_wait", document=_cited(desk, draft.set_id), year=draft.year)
    return screen(
        desk, Step.FIGURES, "file", text, desk.say("get_template"), actions=("back", "cancel")
    )


def _template(desk: Desk, draft: Draft) -> Reply:
    recipe = Recipe(
        kind=RecipeKind.FIGURES_TEMPLATE,
        name=TEMPLATE,
        figures=(
            ("province", str(desk.province.id)),
            ("by", str(desk.me)),
            ("set", draft.set_id),
            ("year", str(draft.year)),
        ),
        alternative=desk.say("template_elsewhere"),
    )
    return screen(desk, Step.FIGURES, "file", desk.say("template_comes"), attachment=recipe)


def _rows(sheet: FiguresTaken) -> list[str]:
    return [
        json.dumps(
            [
                str(row.unit),
                one.requirement,
                one.year,
                one.measure.value,
                one.count,
                row.document_number,
                row.document_date.isoformat() if row.document_date else "",
            ],
            ensure_ascii=False,
        )
        for row in sheet.rows
        for one in row.figures
    ]


def _figure(draft: Draft, text: str) -> EarlierFigure:
    unit, requirement, year, measure, count, number, day = json.loads(text)
    return EarlierFigure(
        unit=UnitId.parse(unit),
        set_id=draft.set_id,
        requirement_id=requirement,
        year=year,
        measure=measure,
        count=count,
        document_number=number,
        document_date=date.fromisoformat(day) if day else None,
    )


def _confirm(desk: Desk, draft: Draft) -> Reply:
    figures = [_figure(draft, text) for text in draft.rows]
    text = desk.say(
        "setup_plan.figures_to_take",
        count=len(figures),
        units=len({one.unit for one in figures}),
        years=sorted({one.year for one in figures}),
        without_document=len({one.unit for one in figures if not one.document_number}),
    )
    return confirm(desk, Step.FIGURES, "ok", text)


def _take_over(desk: Desk) -> Reply:
    draft = load(desk, Step.FIGURES, Draft)
    drop(desk, Step.FIGURES)
    if draft is None or not draft.rows:
        return show(desk)
    figures = [_figure(draft, text) for text in draft.rows]
    desk.turn.tx.earlier_figures.save(figures, desk.me, desk.turn.now)
    desk.audit("figures_taken", f"unit:{desk.province.id}", f"{draft.set_id}: {len(figures)}")
    return show(desk).under(desk.say("setup_plan.figures_taken", count=len(figures)))

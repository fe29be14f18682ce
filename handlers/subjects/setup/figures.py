"""Step 9: figures of earlier years from a workbook, offered later where a question asks
for them.
"""

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
    Progress,
    SetupTurn,
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
"""The year to which the plans of 2021-2025 compare their cut of social-order crime."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The set and the assessed year for which figures are entered; `rows` were read and wait for
    confirmation, each a JSON list of the values of `EarlierFigure`.
    """

    set_id: str
    year: int
    rows: tuple[str, ...] = ()


def progress(setup: SetupTurn) -> Progress:
    """Done with the first figures; they are optional."""
    return Progress.DONE if _counted(setup) else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """What is stored, and for which set more can be given; or the step that was begun."""
    draft = load(setup, Step.FIGURES, Draft)
    if draft is not None:
        return _confirm(setup, draft) if draft.rows else _wait(setup, draft)
    lines = [
        setup.say("setup_plan.figures_line", document=_cited(setup, set_id), year=year, count=count)
        for set_id, year, count in _counted(setup)
    ]
    sets = sets_of(setup)
    labels = (_cited(setup, one.id) for one in sets)
    asked = setup.say("setup_plan.figures_for_which" if sets else "setup_plan.no_sets")
    none = () if lines else (setup.say("setup_plan.no_figures"),)
    text = setup.say("setup_plan.figures")
    card = Card(text=text, rows=bulleted(lines), notes=(*none, asked))
    return screen(setup, Step.FIGURES, "", card, *labels)


def at(setup: SetupTurn, place: str) -> Reply:
    """The screen of a place again."""
    return _years(setup, place.removeprefix("y:")) if place.startswith("y:") else show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A set, a year, the template, or the confirming word."""
    if place == "ok":
        return _take_over(setup) if agrees(heard.text) else None
    if place == "file":
        draft = load(setup, Step.FIGURES, Draft)
        if draft is None:
            return show(setup)
        return _template(setup, draft) if pick(heard.text, 1) == 0 else None
    if place.startswith("y:"):
        return _year_given(setup, place.removeprefix("y:"), heard.text)
    sets = sets_of(setup)
    at = pick(heard.text, len(sets))
    return None if at is None else _years(setup, sets[at].id)


def received(setup: SetupTurn, file: Sent) -> Reply:
    """A filled-in workbook: its mistakes, or what it would do."""
    draft = load(setup, Step.FIGURES, Draft)
    data = content_of(file)
    if draft is None or data is None:
        return note(setup, "file_not_taken")
    words, today = setup.turn.words, setup.turn.today
    requirements, years = requirements_of(setup, draft.set_id), years_asked(setup, draft)
    sheet = read_figures(data, setup.units(), requirements, years, words, today=today)
    setup.audit("workbook_read", f"unit:{setup.province.id}", type(sheet).__name__)
    if isinstance(sheet, Refused):
        card = mistakes(setup, sheet)
        return screen(setup, Step.FIGURES, "file", card, setup.say("get_template"))
    draft = Draft(set_id=draft.set_id, year=draft.year, rows=tuple(_rows(sheet)))
    save(setup, Step.FIGURES, draft)
    return _confirm(setup, draft)


def requirements_of(setup: SetupTurn, set_id: str) -> tuple[Requirement, ...]:
    """The requirements of the set that bind units of this province."""
    criteria = setup.turn.library.pack(set_id).criteria
    present = {unit.kind for unit in setup.units()}
    parts = criteria.parts if criteria is not None else ()
    return tuple(row for part in parts if part.unit_kinds & present for row in part.requirements())


def kinds_of(setup: SetupTurn, set_id: str) -> frozenset[UnitKind]:
    """The kinds of unit that the set binds."""
    criteria = setup.turn.library.pack(set_id).criteria
    parts = criteria.parts if criteria is not None else ()
    return frozenset(kind for part in parts for kind in part.unit_kinds)


def years_asked(setup: SetupTurn, draft: Draft) -> FigureYears:
    """The year before, and the base year if a rule measures a cut and it is another year."""
    rows = requirements_of(setup, draft.set_id)
    cut = any(row.rule.name is RuleName.CUT_BY_PERCENT for row in rows)
    last = draft.year - 1
    return FigureYears(last=last, base=BASE_YEAR if cut and last != BASE_YEAR else None)


def _counted(setup: SetupTurn) -> tuple[tuple[str, int, int], ...]:
    return setup.turn.tx.earlier_figures.counted([unit.id for unit in setup.units()])


def _cited(setup: SetupTurn, set_id: str) -> str:
    return cited(setup, setup.turn.library.pack(set_id).document)


def _years(setup: SetupTurn, set_id: str) -> Reply:
    text = setup.say("setup_plan.figures_year", document=_cited(setup, set_id))
    return screen(setup, Step.FIGURES, f"y:{set_id}", text, *map(str, years_of(setup, set_id)))


def _year_given(setup: SetupTurn, set_id: str, text: str) -> Reply | None:
    years = years_of(setup, set_id)
    at = pick(text, len(years))
    year = year_in(text) if at is None else years[at]
    if year is None:
        return None
    if year not in years:
        return note(setup, "setup_plan.year_not_covered", year=year, first=years[0], last=years[-1])
    draft = Draft(set_id=set_id, year=year)
    save(setup, Step.FIGURES, draft)
    return _wait(setup, draft)


def _wait(setup: SetupTurn, draft: Draft) -> Reply:
    text = setup.say(
        "setup_plan.figures_wait", document=_cited(setup, draft.set_id), year=draft.year
    )
    return screen(
        setup, Step.FIGURES, "file", text, setup.say("get_template"), actions=("back", "cancel")
    )


def _template(setup: SetupTurn, draft: Draft) -> Reply:
    recipe = Recipe(
        kind=RecipeKind.FIGURES_TEMPLATE,
        name=TEMPLATE,
        figures=(
            ("province", str(setup.province.id)),
            ("by", str(setup.me)),
            ("set", draft.set_id),
            ("year", str(draft.year)),
        ),
        alternative=setup.say("template_elsewhere"),
    )
    return screen(setup, Step.FIGURES, "file", setup.say("template_comes"), attachment=recipe)


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


def _confirm(setup: SetupTurn, draft: Draft) -> Reply:
    figures = [_figure(draft, text) for text in draft.rows]
    text = setup.say(
        "setup_plan.figures_to_take",
        count=len(figures),
        units=len({one.unit for one in figures}),
        years=sorted({one.year for one in figures}),
        without_document=len({one.unit for one in figures if not one.document_number}),
    )
    return confirm(setup, Step.FIGURES, "ok", text)


def _take_over(setup: SetupTurn) -> Reply:
    draft = load(setup, Step.FIGURES, Draft)
    drop(setup, Step.FIGURES)
    if draft is None or not draft.rows:
        return show(setup)
    figures = [_figure(draft, text) for text in draft.rows]
    setup.turn.tx.earlier_figures.save(figures, setup.me, setup.turn.now)
    setup.audit("figures_taken", f"unit:{setup.province.id}", f"{draft.set_id}: {len(figures)}")
    return show(setup).under(setup.say("setup_plan.figures_taken", count=len(figures)))

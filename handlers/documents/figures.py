"""Figures of earlier years: which ones are asked for, and their columns in the workbook.

A row is a unit and each figure has its column, as statistics are usually kept and copied. A figure
is a whole number of cases or people and nothing else, so no name, place or single case can be
entered (docs/packs.md: amber takes totals, a document's number and date).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.criteria import AskedAs, Requirement, RuleName, Sensitivity
from domain.replies import DOCUMENT_NUMBER_LIMIT
from handlers.documents.table import Column
from handlers.documents.unit_cells import UNIT_CELL_LIMIT
from locales import Words


class Measure(StrEnum):
    """What a figure counts."""

    CASES = "cases"
    DEATHS = "deaths"
    INJURED = "injured"


@dataclass(frozen=True, kw_only=True)
class FigureYears:
    """The years asked for: `last`, the year before the assessed one, and `base`, the year to which
    a plan compares its cut of social-order crime (2019), None if no plan does.
    """

    last: int
    base: int | None = None


@dataclass(frozen=True, kw_only=True)
class FigureColumn:
    """One figure of one year: its column in the workbook."""

    requirement: Requirement
    year: int
    measure: Measure
    title: str

    @property
    def key(self) -> str:
        """Its unique name within a row."""
        return f"{self.requirement.id} {self.year} {self.measure}"


def figure_columns(
    requirements: Sequence[Requirement], years: FigureYears, words: Words
) -> tuple[FigureColumn, ...]:
    """The figures asked for: those of the year before for every year-on-year requirement, with
    deaths and injured if its rule counts them, and those of the base year for a cut in per cent.
    Other requirements are left out; a red one has no figures at all.
    """
    found = []
    for one in requirements:
        if one.asked_as is not AskedAs.YEAR_ON_YEAR or one.sensitivity is Sensitivity.RED:
            continue
        measures = tuple(Measure) if one.rule.casualties else (Measure.CASES,)
        found += [_column(one, years.last, measure, words) for measure in measures]
        if years.base is not None and one.rule.name is RuleName.CUT_BY_PERCENT:
            found.append(_column(one, years.base, Measure.CASES, words))
    return tuple(found)


def _column(requirement: Requirement, year: int, measure: Measure, words: Words) -> FigureColumn:
    sentence = "figure" if measure is Measure.CASES else measure.value
    title = words.say(
        f"workbooks.column_{sentence}",
        requirement=requirement.id,
        counted=requirement.counted,
        year=year,
    )
    return FigureColumn(requirement=requirement, year=year, measure=measure, title=title)


def source_columns(words: Words) -> tuple[Column, Column]:
    """The columns in which a row names the document with its figures."""
    number = Column(
        key="document",
        title=words.say("workbooks.column_document"),
        required=False,
        most_letters=DOCUMENT_NUMBER_LIMIT,
    )
    day = Column(
        key="document_date", title=words.say("workbooks.column_document_date"), required=False
    )
    return number, day


def unit_column(words: Words) -> Column:
    """The column in which a row names its unit."""
    title = words.say("workbooks.column_unit")
    return Column(key="unit", title=title, most_letters=UNIT_CELL_LIMIT)

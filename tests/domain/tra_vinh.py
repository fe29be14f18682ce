"""The real criteria of Trà Vinh 1672, and short functions for answers."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domain.answers import Answer, Field, FieldName, Value
from domain.criteria import CriteriaSet, Requirement, Undecided
from domain.rules import Case, judge
from domain.steps import HELD, HELD_SECRET, NOT_HELD
from domain.verdicts import Judgement, StandingRuling, Verdict
from packs import load_pack

YEAR: Final = 2024
"""The year under review in every test that gives none."""

_loaded = load_pack("tra-vinh-1672-2022").criteria
assert _loaded is not None
CRITERIA: Final[CriteriaSet] = _loaded

IN_TIME: Final = date(YEAR, 2, 5)


def row(requirement_id: str) -> Requirement:
    """A requirement of the document."""
    return CRITERIA.requirement(requirement_id)


def given(**values: Value) -> Answer:
    """An answer from its fields, in the order given: given(choice=0, number="12-NQ/ĐU")."""
    return Answer(
        fields=tuple(Field(name=FieldName(name), value=value) for name, value in values.items())
    )


def chose(index: int) -> Answer:
    """A fixed choice."""
    return given(choice=index)


def held(day: date = IN_TIME, number: str = "12-NQ/ĐU") -> Answer:
    """A document with its number and date."""
    return given(choice=HELD, number=number, issued_on=day)


SECRET: Final = chose(HELD_SECRET)
NO_DOCUMENT: Final = chose(NOT_HELD)


def years(last: int, this: int, **more: Value) -> Answer:
    """Last year's and this year's figure."""
    return given(last_year=last, this_year=this, **more)


def casualties(
    last: int, this: int, deaths: tuple[int, int], injured: tuple[int, int], **more: Value
) -> Answer:
    """Accidents of two years with their dead and injured."""
    return years(
        last,
        this,
        deaths_last_year=deaths[0],
        deaths_this_year=deaths[1],
        injured_last_year=injured[0],
        injured_this_year=injured[1],
        **more,
    )


def steady(last: int, this: int, **more: Value) -> Answer:
    """Cases of two years; one person dead and one injured in each year that has a case."""
    hurt = (min(last, 1), min(this, 1))
    return casualties(last, this, hurt, hurt, **more)


def ruling(
    undecided: Undecided,
    verdict: Verdict = Verdict.MET,
    *,
    requirements: tuple[str, ...] = (),
    valid_from: date = date(2022, 1, 1),
    valid_to: date | None = None,
    withdrawn: bool = False,
    ruling_id: int = 1,
) -> StandingRuling:
    """A standing ruling that is valid for 2024 by default."""
    return StandingRuling(
        id=ruling_id,
        undecided=undecided,
        verdict=verdict,
        number="05/QƯ-CAT",
        issued_on=date(2022, 1, 1),
        valid_from=valid_from,
        valid_to=valid_to,
        requirements=frozenset(requirements),
        withdrawn=withdrawn,
    )


def judged(
    requirement_id: str,
    answer: Answer | None,
    *,
    beside: Mapping[str, Answer] | None = None,
    rulings: tuple[StandingRuling, ...] = (),
    found: Mapping[str, Verdict] | None = None,
    year: int = YEAR,
) -> Judgement:
    """The judgement of one requirement; `beside` holds the answers to others."""
    answers = dict(beside or {})
    if answer is not None:
        answers[requirement_id] = answer
    case = Case(year=year, answers=answers, rulings=rulings, found=found)
    return judge(row(requirement_id), case)

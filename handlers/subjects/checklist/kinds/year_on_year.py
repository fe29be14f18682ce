"""The words of a figure of two years: the year before always stands first, each with its year."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.kinds import sample_answer
from domain.kinds.year_on_year import CASUALTIES
from domain.steps import Step
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words

_CASES: Final = (FieldName.LAST_YEAR, FieldName.THIS_YEAR)
_IN_WORDS: Final = dict(zip(CASUALTIES, ("kinds.deaths", "kinds.injured"), strict=True))


def _said(asked: Asked, answer: Answer) -> str:
    """ "năm 2023: 10, năm 2024: 8, chết năm 2023: 1, năm 2024: 0"."""
    parts = [_two_years(asked, answer, _CASES)]
    for pair in CASUALTIES:
        if any(answer.get(name) is not None for name in pair):
            figures = _two_years(asked, answer, pair)
            parts.append(asked.turn.say(_IN_WORDS[pair], figures=figures))
    return ", ".join(filter(None, parts))


def _two_years(asked: Asked, answer: Answer, pair: tuple[FieldName, FieldName]) -> str:
    found = []
    for name, cases, year in zip(pair, _CASES, (asked.year - 1, asked.year), strict=True):
        value = answer.get(name)
        if value is None and answer.get(cases) == 0:
            # For a year without accidents the casualties are not asked: there were none.
            value = 0
        if value is not None:
            found.append(asked.turn.say("kinds.in_year", year=year, count=value))
    return ", ".join(found)


def _heading(asked: Asked) -> str:
    figures = _two_years(asked, sample_answer(asked.row), _CASES)
    return asked.turn.say("kinds.year_on_year_heading", example=figures)


def _text(asked: Asked) -> str:
    say, row = asked.turn.say, asked.row
    if not row.rule.casualties:
        return say("kinds.number_of", counted=row.counted)
    example = _casualties_said(asked)
    return say("kinds.with_casualties", counted=row.counted, example=example)


def _missing(asked: Asked, step: Step) -> str:
    if step.field not in {name for pair in CASUALTIES for name in pair}:
        return words.missing(asked, step)
    return asked.turn.say("kinds.missing_casualties", example=_casualties_said(asked))


def _casualties_said(asked: Asked) -> str:
    sample = sample_answer(asked.row)
    rest = tuple(field for field in sample.fields if field.name not in _CASES)
    return _said(asked, Answer(fields=rest))


def _example(asked: Asked, place: Place, _at: int) -> str:
    if place.draft.fields:
        return _said(asked, words.rest_of_sample(asked, place))
    # The question itself shows how casualties are given.
    return _two_years(asked, sample_answer(asked.row), _CASES)


YEAR_ON_YEAR: Final = Words(
    asked_as=AskedAs.YEAR_ON_YEAR,
    said=_said,
    heading=_heading,
    text=_text,
    # It asks for several figures one by one, so the name stands above them.
    alone=words.name,
    named=words.name,
    missing=_missing,
    example=_example,
    wrong=words.wrong,
)

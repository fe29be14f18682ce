"""Kind year_on_year: the year before and this year, dead and injured, in any order of words."""

import re
from typing import Final

from domain.answers import FieldName, Value
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.casualties import (
    DEATHS,
    INJURED,
    clauses,
    is_parted,
    one_year,
    year_by_year,
)
from handlers.subjects.checklist.reading.claims import claim_in, without_claim
from handlers.subjects.checklist.reading.figures import (
    FIGURE,
    figures_in,
    is_approximate,
    is_negative,
    is_percent,
    weighed,
    whole,
)
from handlers.subjects.checklist.reading.two_years import Found, Pair, pair_in, with_years
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying

_Names = tuple[FieldName, FieldName]

CASES: Final[_Names] = (FieldName.LAST_YEAR, FieldName.THIS_YEAR)
_ORDER: Final = (*CASES, *DEATHS, *INJURED, FieldName.FORCE_MAJEURE)


def read(asked: Asked, said: Saying) -> Reading:
    """The figures that the text gives, each for its year."""
    plain = " ".join(said.plain.strip(" .!").split())
    claim = claim_in(asked, plain)
    text = without_claim(plain) if asked.requirement.force_majeure else plain
    if asked.open_field is FieldName.FORCE_MAJEURE and claim is not None and not figures_in(text):
        return giving({FieldName.FORCE_MAJEURE: claim})
    reading = _figures(asked, with_years(text, asked.year))
    if not reading.fields:
        return reading
    fields = dict(reading.fields)
    if claim is not None:
        fields[FieldName.FORCE_MAJEURE] = claim
    ordered = {name: fields[name] for name in _ORDER if name in fields}
    return weighed(asked, Reading(fields=ordered, ask=reading.ask))


def _figures(asked: Asked, text: str) -> Reading:
    if is_percent(text):
        return asking(Reason.PERCENT_ONLY)
    pair = _EQUAL.fullmatch(text)
    if is_approximate(text) and not (pair and pair["one"] == pair["other"]):
        return AMBIGUOUS
    if is_negative(text):
        return NOT_READABLE
    if not asked.requirement.rule.casualties:
        return _given(CASES, _pair(asked, text, CASES))
    if (by_year := year_by_year(text)) is not None:
        return giving(by_year) if by_year else AMBIGUOUS
    if (of_one := _of_the_open_year(asked, text)) is not None:
        return of_one
    head, told = clauses(text)
    fields: dict[FieldName, Value] = {}
    if head:
        names = _open_measure(asked)
        first = _given(names, _pair(asked, head, names))
        if not first.fields:
            return first
        fields |= first.fields
    for names, clause in told:
        one = _given(
            names, AMBIGUOUS if is_parted(clause) else _casualty(asked, names, clause, fields)
        )
        fields |= one.fields
        if one.ask:
            return Reading(fields=fields, ask=one.ask)
    return giving(fields) if fields else NOT_READABLE


def _open_measure(asked: Asked) -> _Names:
    """What a figure without a word for what it counts is of: accidents, dead or injured."""
    return next((names for names in (DEATHS, INJURED) if asked.open_field in names), CASES)


def _of_the_open_year(asked: Asked, text: str) -> Reading | None:
    """ "11 vụ, 1 chết, 6 bị thương": all of the year that is asked."""
    if asked.open_field not in CASES or (told := one_year(text)) is None:
        return None
    which = CASES.index(asked.open_field)
    if which == 0 and not asked.alone:
        return AMBIGUOUS
    return giving({names[which]: value for names, value in told.items()})


def _given(names: _Names, found: Found | Reading) -> Reading:
    if isinstance(found, Reading):
        return found
    if isinstance(found, Reason):
        return asking(found)
    return giving(
        {name: value for name, value in zip(names, found, strict=True) if value is not None}
    )


_NONE: Final = re.compile(r"\b(?:khong|chua|chang)\b")
_TWO: Final = 2


def _last_given(asked: Asked, names: _Names) -> int | None:
    value = asked.draft.get(names[0])
    if value is None:
        value = asked.known.get(names[0])
    return value if isinstance(value, int) else None


def _pair(asked: Asked, text: str, names: _Names) -> Found | Reading:
    """Both figures of one measure, or why they are asked."""
    found = pair_in(text, _last_given(asked, names))
    return _bare(asked, text, names) if found is None else found


_EQUAL: Final = re.compile(
    rf"(?<![\d/])(?P<one>{FIGURE})(?: vu| nguoi)? ?(?:va|/|-|,|;|voi|cung|deu|:"
    rf"| ) ?(?P<other>{FIGURE})(?: vu| nguoi)?(?![\d/])"
)


def _bare(asked: Asked, text: str, names: _Names) -> Found | Reading:
    """Figures without a word for their year."""
    pair = _EQUAL.search(text)
    told = re.findall(r"\d+", text)
    if pair is not None and len(told) == _TWO:
        one, other = whole(pair["one"]), whole(pair["other"])
        return Pair(one, other) if one == other else Reason.AMBIGUOUS
    figures = figures_in(text)
    if len(told) > _TWO:
        return Reason.TOO_MANY
    if len(told) == _TWO or len(told) != len(figures):
        return Reason.AMBIGUOUS
    if len(figures) == 1:
        return _one(asked, text, figures[0], names)
    return _none(asked, names) if _NONE.search(text) else NOT_READABLE


def _one(asked: Asked, text: str, figure: int, names: _Names) -> Found:
    if _NONE.search(text) and figure:
        return Reason.AMBIGUOUS
    if asked.open_field is names[0] and asked.alone:
        return Pair(figure, None)
    # On a page a figure alone may be of either year.
    return Pair(None, figure) if asked.open_field is names[1] else Reason.AMBIGUOUS


def _none(asked: Asked, names: _Names) -> Found:
    """ "không có" is of the year that is asked; on a page, where both are asked, of both."""
    if asked.open_field is names[1]:
        return Pair(None, 0)
    if asked.open_field is names[0]:
        return Pair(0, None) if asked.alone else Pair(0, 0)
    return Reason.AMBIGUOUS


def _casualty(
    asked: Asked, names: _Names, text: str, fields: dict[FieldName, Value]
) -> Found | Reading:
    """The figures of one clause about dead or injured; a single one is of the year that was asked
    or just given alone.
    """
    found = pair_in(text, _last_given(asked, names))
    if found is not None:
        return found
    figures = figures_in(text)
    if len(figures) == _TWO and figures[0] == figures[1]:
        return Pair(figures[0], figures[1])
    if len(figures) != 1:
        return Reason.TOO_MANY if len(figures) > _TWO else Reason.AMBIGUOUS
    if FieldName.THIS_YEAR in fields and FieldName.LAST_YEAR not in fields:
        return Pair(None, figures[0])
    if asked.open_field in names:
        return Pair(figures[0], None) if asked.open_field is names[0] else Pair(None, figures[0])
    if FieldName.LAST_YEAR in fields and FieldName.THIS_YEAR not in fields:
        return Pair(figures[0], None)
    return Reason.AMBIGUOUS

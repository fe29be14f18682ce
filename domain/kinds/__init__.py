"""The one table of the kinds of questions, on the rules side.

A kind is everything that `domain/` and `packs/` know about one way of asking: its steps, its rules
with the classes of cases that they leave open, what a row of a pack needs, a sample answer. Each
has a module here, and a module with its words in `handlers/subjects/checklist/kinds/`. Code that
differs from kind to kind reads this table and names no kind; CONTRIBUTING.md says how to add one.
"""

from collections.abc import Mapping
from typing import Final

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.criteria import AskedAs, Requirement
from domain.kinds.cases import CASES
from domain.kinds.count import COUNT
from domain.kinds.document import DOCUMENT
from domain.kinds.kind import Kind, Rule
from domain.kinds.names import NAMES
from domain.kinds.none_or_some import NONE_OR_SOME
from domain.kinds.not_asked import NOT_ASKED
from domain.kinds.percentage import PERCENTAGE
from domain.kinds.rating import RATING
from domain.kinds.register import REGISTER
from domain.kinds.year_on_year import YEAR_ON_YEAR
from domain.kinds.yes_no import YES_NO

__all__ = ["KINDS", "Kind", "Rule", "kind_of", "page_position", "sample_answer"]

_IN_PAGE_ORDER: Final = (
    YES_NO,
    NONE_OR_SOME,
    COUNT,
    CASES,
    PERCENTAGE,
    YEAR_ON_YEAR,
    RATING,
    DOCUMENT,
    # Names are free text, and only the end of the message ends it safely.
    NAMES,
    REGISTER,
    NOT_ASKED,
)
"""A page asks the kinds in this order: the shortest replies first."""

KINDS: Final[Mapping[AskedAs, Kind]] = {kind.asked_as: kind for kind in _IN_PAGE_ORDER}
"""Every kind by its word, in the order of a page."""

_POSITION: Final = {kind.asked_as: at for at, kind in enumerate(_IN_PAGE_ORDER)}


def kind_of(requirement: Requirement) -> Kind:
    """The kind of a requirement."""
    return KINDS[requirement.asked_as]


def page_position(requirement: Requirement) -> int:
    """The position of a requirement's kind on a page, from 0."""
    return _POSITION[requirement.asked_as]


def sample_answer(requirement: Requirement, so_far: Answer = NOTHING_GIVEN) -> Answer:
    """A complete answer that begins with `so_far`; the rest is from the sample of its kind."""
    kind, answer = kind_of(requirement), so_far
    while (field := _missing(kind, requirement, answer)) is not None:
        answer = answer.adding(field, kind.sample[field])
    return answer


def _missing(kind: Kind, requirement: Requirement, answer: Answer) -> FieldName | None:
    """The first field that the answer lacks."""
    fields = (step.field for step in kind.steps(requirement, answer))
    return next((field for field in fields if answer.get(field) is None), None)

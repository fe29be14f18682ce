"""The reader of each kind of question."""

from collections.abc import Callable, Mapping
from typing import Final

from domain.criteria import AskedAs
from handlers.subjects.checklist.reading import (
    cases,
    count,
    document,
    names,
    none_or_some,
    percentage,
    rating,
    register,
    year_on_year,
    yes_no,
)
from handlers.subjects.checklist.reading.asked import Asked, Reading
from handlers.understanding.values.saying import Saying

READERS: Final[Mapping[AskedAs, Callable[[Asked, Saying], Reading]]] = {
    AskedAs.YES_NO: yes_no.read,
    AskedAs.NONE_OR_SOME: none_or_some.read,
    AskedAs.DOCUMENT: document.read,
    AskedAs.COUNT: count.read,
    AskedAs.CASES: cases.read,
    AskedAs.YEAR_ON_YEAR: year_on_year.read,
    AskedAs.RATING: rating.read,
    AskedAs.LIST: names.read,
    AskedAs.PERCENTAGE: percentage.read,
    AskedAs.REGISTER: register.read,
}

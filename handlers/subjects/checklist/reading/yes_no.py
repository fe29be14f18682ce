"""Kind yes_no: "rồi", "chưa làm được", "không phát sinh"."""

import re
from typing import Final

from domain.answers import FieldName
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    giving,
)
from handlers.subjects.checklist.reading.stance import Stance, stance_of
from handlers.understanding.text import plain
from handlers.understanding.values.papers import without_papers
from handlers.understanding.values.saying import Saying

_YES, _NO = 0, 1
_HARM_KEPT_AWAY: Final = "dat"
"""The first word of the passing choice of a question that asks whether harm was kept away."""


def read(asked: Asked, said: Saying) -> Reading:
    """The choice that the words mean."""
    row = asked.requirement
    # The number of a document beside a yes is not kept, and its letters say nothing.
    said = Saying(without_papers(said.clean), said.echo)
    about_harm = plain(row.choices[_YES]).startswith(_HARM_KEPT_AWAY)
    question = " ".join(re.findall(r"[a-z]+", plain(f"{row.question} {row.label}")))
    match stance_of(said.plain, about_harm=about_harm, echo=question):
        case Stance.YES:
            return giving({FieldName.CHOICE: _YES})
        case Stance.NO:
            return giving({FieldName.CHOICE: _NO})
        case Stance.UNSAID:
            return _echoed(asked, said)
        case _:
            return AMBIGUOUS


_LEAST_ECHO: Final = 3
"""Words of the question that make its repetition a yes: "dân tự giác" is none of them."""


def _echoed(asked: Asked, said: Saying) -> Reading:
    """A statement without yes or no that only repeats what was asked is a yes."""
    words = [one.plain for one in said.words if one.plain.isalpha()]
    echoed = [one for one in words if one in asked.echo]
    if len(echoed) >= _LEAST_ECHO and len(echoed) == len(words):
        return giving({FieldName.CHOICE: _YES})
    return NOT_READABLE

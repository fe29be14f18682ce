"""Kind rating: a level by its words or their first letters, and the decision that granted it."""

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
from handlers.subjects.checklist.reading.document import read_paper
from handlers.understanding.text import plain
from handlers.understanding.values.days import days_in
from handlers.understanding.values.papers import without_papers
from handlers.understanding.values.saying import Saying

_NO: Final = frozenset({"khong", "chua"})
_LETTER: Final = re.compile(r"^\(?([a-h])[.)]?$")
_HALF: Final = re.compile(
    r"\b(?:hay|hoac|hinh nhu|chac|co le|du kien|de nghi|dang cho|nghi la|gan)\b"
)
_NOT_THAT: Final = re.compile(r"\b(?:chu )?khong phai (?:la )?[^,;.]*")
""""Hoàn thành tốt, không phải xuất sắc": what is denied is not told."""
_BETWEEN_LEVELS: Final = re.compile(
    r"^(?:kha|trung binh|yeu|gioi|tam duoc|cung duoc|binh thuong)\b"
)


def read(asked: Asked, said: Saying) -> Reading:
    """The level and, where it is asked, the number and the day of the decision."""
    paper = read_paper(asked, said) if _takes_paper(asked) else NOT_READABLE
    spans = ((one.start, one.end) for one in days_in(said.plain, asked.when))
    said = Saying(without_papers(said.without(*spans)).strip(" ;,."), said.echo)
    if asked.draft.choice is not None and paper.fields:
        level = _level(asked, said)
        return (
            paper
            if level.ask or not level.fields
            else Reading(fields={**level.fields, **paper.fields}, ask=paper.ask)
        )
    level = _level(asked, said)
    if level.fields and paper.fields:
        return Reading(fields={**level.fields, **paper.fields}, ask=paper.ask)
    return level


def _takes_paper(asked: Asked) -> bool:
    return bool(asked.requirement.undecided) or asked.open_field in (
        FieldName.NUMBER,
        FieldName.ISSUED_ON,
    )


def _level(asked: Asked, said: Saying) -> Reading:
    labels = [_words(one) for one in asked.requirement.choices]
    typed = plain(said.clean)
    said = Saying(_NOT_THAT.sub(" ", said.plain), said.echo)
    text = said.plain.strip(" .!,;")
    if not asked.alone and (letter := _LETTER.match(typed.strip(" ,;:"))):
        place = ord(letter[1]) - ord("a")
        return giving({FieldName.CHOICE: place}) if place < len(labels) else NOT_READABLE
    if _HALF.search(text) or _BETWEEN_LEVELS.match(text):
        return AMBIGUOUS
    if (at := _by_initials(labels, typed)) is not None:
        return giving({FieldName.CHOICE: at})
    return _by_words(labels, {one.plain for one in said.words})


def _words(label: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", plain(label)))


def _by_initials(labels: list[tuple[str, ...]], said: str) -> int | None:
    """ "htt nv" and "httnv" are the first letters of "hoàn thành tốt nhiệm vụ"."""
    letters = re.sub(r"[^a-z]", "", said)
    heads = ["".join(word[0] for word in label) for label in labels]
    found = [
        at
        for at, head in enumerate(heads)
        if letters == head or (len(letters) > _TWO and head == letters + "nv")
    ]
    return found[0] if len(found) == 1 else None


_TWO: Final = 2


def _by_words(labels: list[tuple[str, ...]], words: set[str]) -> Reading:
    """The level whose own words are in the text; shared words alone mean the level without words
    of its own.
    """
    shared = set.intersection(*map(set, labels)) if labels else set()
    own = [set(label) - shared - _common(labels, at) for at, label in enumerate(labels)]
    denied = bool(words & _NO)
    told = [
        at
        for at, label in enumerate(labels)
        if own[at] & words
        and len(own[at] & words) * _TWO >= len(own[at] - _NO)
        and bool(set(label) & _NO) == denied
    ]
    if len(told) == 1:
        return giving({FieldName.CHOICE: told[0]})
    if told:
        return AMBIGUOUS
    if denied:
        last = [at for at, label in enumerate(labels) if set(label) & _NO]
        return giving({FieldName.CHOICE: last[0]}) if len(last) == 1 else AMBIGUOUS
    bare = [at for at, label in enumerate(labels) if not own[at] and set(label) & words]
    full = [at for at in bare if len(set(labels[at]) & words) >= _TWO]
    return giving({FieldName.CHOICE: full[0]}) if len(full) == 1 else NOT_READABLE


def _common(labels: list[tuple[str, ...]], at: int) -> set[str]:
    """Words of a label that another one has too."""
    others = [set(label) for place, label in enumerate(labels) if place != at]
    return {word for word in labels[at] if any(word in other for other in others)}

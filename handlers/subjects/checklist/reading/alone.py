"""Reads a text as the reply to one question: the one reader of all ways of asking.

1 what may not be kept, 2 orders, 3 a digit or a label, 4 orders about a unit, 5 questions, 6 what
only rejects, 7 the kind's own reader, once for each piece between words of correction.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA

from domain.answers import NOTHING_GIVEN, Answer, Field, FieldName, Value
from domain.criteria import AskedAs, Requirement, Sensitivity
from domain.steps import StepKind
from handlers.subjects.checklist.reading.asked import (
    MOST_WORDS,
    NOT_READABLE,
    Asked,
    Fields,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.claims import NOT_CLAIMED, claim_in
from handlers.subjects.checklist.reading.corrections import segments
from handlers.subjects.checklist.reading.kinds import READERS
from handlers.subjects.checklist.reading.screened import screened
from handlers.understanding.commands import Command, Order, read_order
from handlers.understanding.deeds import read_deed
from handlers.understanding.text import plain
from handlers.understanding.values.lexicon import WORDS
from handlers.understanding.values.orders import (
    asks,
    greets,
    is_status_question,
    order_meant,
    question_about,
)
from handlers.understanding.values.politeness import polite_variants
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.rejections import rejects
from handlers.understanding.values.saying import Saying

_BY_NUMBER: Final = re.compile(
    r"(?:chon |lay |option )?(?:so |cau |y |muc |phuong an |lua chon |dap an )?(?P<figure>\d{1,2})"
)
_GREETING: Final = frozenset({"xin chao", "chao", "hello", "hi", "alo"})


def read_alone(asked: Asked, text: str) -> Reading:
    """What a text says about a question that is asked alone, or as a part of a page."""
    said = Saying(text, asked.echo)
    if (refused := screened(asked, said)) is not None:
        return refused
    if len(said.words) > MOST_WORDS:
        return NOT_READABLE
    if (order := _order(asked, said)) is not None:
        return order
    if (chosen := _chosen(asked, said)) is not None:
        return chosen
    if any(map(read_deed, (said.text, *polite_variants(said.bare)))):
        return Reading(question="deed")
    if asks(said.plain):
        return Reading(question=question_about(said.plain))
    if rejects(said):
        return asking(Reason.AMBIGUOUS)
    return _read(asked, said)


def choice_of(row: Requirement, words: str) -> int | None:
    """The choice that words mean at the first step of a question, None if they mean none for
    certain.
    """
    asked = Asked(
        requirement=row, draft=NOTHING_GIVEN, year=_ANY_DAY.year, today=_ANY_DAY, alone=False
    )
    reading = read_alone(asked, words)
    choice = reading.fields.get(FieldName.CHOICE)
    return choice if type(choice) is int and reading.ask is None else None


_ANY_DAY: Final = date(2000, 1, 1)
"""No choice depends on the day."""


def _order(asked: Asked, said: Saying) -> Reading | None:
    if is_status_question(said.plain):
        return Reading(question="status")
    order = read_order(said.text) or _politely_ordered(said)
    if order is not None:
        return _meant(asked, said, order.command)
    if greets(said.bare):
        return Reading(question="courtesy")
    meant = order_meant(said.bare)
    return None if meant is None else _meant(asked, said, meant)


def _politely_ordered(said: Saying) -> Order | None:
    """A command with polite words around it: "dạ anh ơi trợ giúp"."""
    if re.search(r"\d", said.bare):
        return None
    found = (read_order(one) for one in polite_variants(said.bare)[1:] if " " in one)
    return next((one for one in found if one is not None), None)


def _meant(asked: Asked, said: Saying, command: Command) -> Reading | None:
    """The command, unless the words answer the question too."""
    if command is Command.NOT_APPLICABLE and asked.open_field is FieldName.FORCE_MAJEURE:
        return giving({FieldName.FORCE_MAJEURE: NOT_CLAIMED})
    if command is Command.MENU and said.bare in _GREETING:
        return Reading(question="courtesy")
    if command is Command.SKIP and _tells_of_secret(asked, said):
        return None
    return Reading(order=command)


def _tells_of_secret(asked: Asked, said: Saying) -> bool:
    return asked.requirement.asked_as is AskedAs.DOCUMENT and "mat" in said.bare.split()


def _chosen(asked: Asked, said: Saying) -> Reading | None:
    """A digit or a whole label of the open choice."""
    step, row = asked.step, asked.requirement
    if step is None or step.kind is not StepKind.CHOICE:
        return None
    if step.field is FieldName.CHOICE and (at := _label(row.choices, said)) is not None:
        return giving({FieldName.CHOICE: at})
    found = _BY_NUMBER.fullmatch(said.bare) if asked.alone else None
    if found is None:
        return None
    figure = int(found["figure"])
    is_figure = row.asked_as is AskedAs.NONE_OR_SOME and step.field is FieldName.CHOICE
    if is_figure and figure == 0:
        return giving({FieldName.CHOICE: 0})
    if not 0 < figure <= step.options:
        return None if figure == 0 else NOT_READABLE
    return giving({step.field: figure - 1})


def _label(labels: tuple[str, ...], said: Saying) -> int | None:
    """The one label that the text is in full, or up to its explanation."""
    for spelt in (list(map(_words, labels)), [_words(re.split(r"[(:]", one)[0]) for one in labels]):
        if spelt.count(said.bare) == 1:
            return spelt.index(said.bare)
    return None


def _words(label: str) -> str:
    return " ".join(re.findall(r"\w+", plain(label)))


def _read(asked: Asked, said: Saying) -> Reading:
    pieces = segments(said)
    if len(pieces) == 1:
        return _piece(asked, pieces[0])
    if asked.open_field is FieldName.COUNT and asked.draft.choice is not None:
        # "à thôi không có, nhầm" takes back the choice that was made before.
        asked = replace(asked, draft=NOTHING_GIVEN)
    readings: list[Reading] = []
    first = asked
    for piece in pieces:
        # A figure alone corrects the figure that was asked: "9 à quên 10".
        bare = re.fullmatch(r"\W*\d+(?: (?:vu|nguoi|cai|mo hinh))?\W*", piece.plain) is not None
        readings.append(_piece(first if bare else asked, piece))
        asked = replace(asked, draft=_with(asked.draft, readings[-1].fields))
    return _merged(readings)


def _with(draft: Answer, fields: Fields) -> Answer:
    """The draft with fields replaced or added."""
    choice = fields.get(FieldName.CHOICE)
    kept = () if choice is not None and choice != draft.choice else draft.fields
    left = tuple(one for one in kept if one.name not in fields)
    return Answer(
        fields=(*left, *(Field(name=name, value=value) for name, value in fields.items()))
    )


def _piece(asked: Asked, said: Saying) -> Reading:
    row = asked.requirement
    if asked.open_field is FieldName.FORCE_MAJEURE and not re.search(r"\d", said.plain):
        claim = claim_in(asked, said.plain)
        return NOT_READABLE if claim is None else giving({FieldName.FORCE_MAJEURE: claim})
    reading = READERS[row.asked_as](asked, said)
    if (
        reading == NOT_READABLE
        and row.asked_as in _CHOOSING
        and (mended := _mended(said)) is not None
    ):
        reading = READERS[row.asked_as](asked, mended)
    if row.sensitivity is Sensitivity.RED and set(reading.fields) - {FieldName.CHOICE}:
        return asking(Reason.AMBIGUOUS)
    return reading


_CHOOSING: Final = (AskedAs.YES_NO, AskedAs.NONE_OR_SOME, AskedAs.DOCUMENT)
_DECIDING: Final = ("khong", "chua", "co", "roi", "dat")


def _mended(said: Saying) -> Saying | None:
    """The text with the slip mended in its first word, which decides: "chưu giải quyết"."""
    if not said.words:
        return None
    first = said.words[0]
    # "Trời" is no slip for "rồi".
    begun = [one for one in _DECIDING if one[0] == first.plain[0]]
    near = [one for one in begun if OSA.distance(first.plain, one, score_cutoff=1) == 1]
    if len(near) != 1 or len(first.plain) < _LEAST_OF_A_SLIP:
        return None
    cut = near[0].startswith(first.plain) or first.plain.startswith(near[0])
    if first.plain in WORDS and not (cut and len(said.words) == 1):
        return None
    if len(near[0]) < _LEAST_OF_A_SLIP and len(said.words) > 1:
        return None
    return Saying(near[0] + said.clean[first.end :], said.echo)


_LEAST_OF_A_SLIP: Final = 3


def _merged(readings: list[Reading]) -> Reading:
    """The later words win for the fields that they give; a later choice undoes what another choice
    was given with.
    """
    fields: dict[FieldName, Value] = {}
    ask: Reason | None = None
    doubtful: dict[FieldName, Value] = {}
    for one in readings:
        if not one.says_something:
            continue
        choice = one.fields.get(FieldName.CHOICE)
        if choice is not None and choice != fields.get(FieldName.CHOICE, choice):
            fields = {}
        if one.ask is not None and not one.fields:
            # What was to be corrected is not known.
            fields = {}
        fields |= one.fields
        doubtful, ask = dict(one.doubtful), one.ask
    if not fields and ask is None:
        return NOT_READABLE
    return Reading(fields=_in_order(fields), ask=ask, doubtful=doubtful)


def _in_order(fields: dict[FieldName, Value]) -> dict[FieldName, Value]:
    """The fields in the order in which they are asked."""
    order = list(FieldName)
    return {name: fields[name] for name in sorted(fields, key=order.index)}

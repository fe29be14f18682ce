"""One reply inside a line that answers several questions: "có", "12/15", "8 so với 10", "mật".

It uses the same parsers as a reply to one question (`replies`), so both ways of asking understand
the same. Two rules differ: a digit never selects a choice here, because every digit may be the
number of a question; and an answer with two figures gives both at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.answers import NOTHING_GIVEN, Answer, FieldName, Value
from domain.criteria import AskedAs, Requirement
from domain.steps import HELD, HELD_SECRET, NONE, SOME, Step, StepKind, next_step
from handlers.understanding.dates import find_date, without_date
from handlers.understanding.line_figures import (
    EDGES,
    clauses,
    is_claim,
    read_cases,
    read_whole,
    read_year_on_year,
)
from handlers.understanding.replies import NO_CLAIM, labels_of, read_document, read_reply
from handlers.understanding.screening import says_secret
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

Fields = tuple[tuple[FieldName, Value], ...]


class Aside(StrEnum):
    """What is said about a question instead of an answer."""

    SKIP = "skip"
    NOT_APPLICABLE = "not_applicable"


Given = Fields | Aside


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question that a line may answer: a requirement, the fields given to it before, and the
    labels of a claim of force majeure. `figure`: whether the number after "có" may be given here.
    """

    requirement: Requirement
    draft: Answer
    year: int
    force_majeure: tuple[str, str]
    figure: bool = True

    @property
    def step(self) -> Step | None:
        """What is asked next; None if the answer is complete."""
        return next_step(self.requirement, self.draft)

    @property
    def takes_digits(self) -> bool:
        """Whether a reply to it may contain digits, which could also be numbers of questions."""
        return self.requirement.asked_as is not AskedAs.YES_NO


_SKIP = frozenset({"bo qua", "de sau", "de lai", "skip", "later"})
_NOT_APPLICABLE = frozenset({"khong ap dung", "ko ap dung", "k ap dung", "kad", "n/a", "na"})
_NOT_APPLICABLE_EN = frozenset({"not applicable"})
_SHORT = {
    "c": "có",
    "k": "không",
    "kh": "không",
    "ch": "chưa",
    "d": "đạt",
    "cd": "chưa đạt",
    "n": "no",
}
"""Abbreviations of a whole reply, as letters without marks: "1c 2c 3k"."""
_LETTER = re.compile(r"^\(?([a-h])[.)]?$")


def read_part(question: Question, text: str) -> Given | None:
    """What `text` gives to the question; None if it cannot be read, or only in part."""
    text = text.strip(EDGES)
    said = plain(typed(text))
    if not said or question.step is None:
        return None
    if said in _SKIP:
        return Aside.SKIP
    if said in _NOT_APPLICABLE | _NOT_APPLICABLE_EN:
        return Aside.NOT_APPLICABLE
    question = _begun_anew(question, text)
    told = _told(question, text)
    return None if told is None else _in_order(question, told)


def _begun_anew(question: Question, text: str) -> Question:
    """The question as it was asked first, if "không" or "mật" takes back an earlier "có"."""
    first, asked_as = replace(question, draft=NOTHING_GIVEN), question.requirement.asked_as
    secret = asked_as is AskedAs.DOCUMENT and says_secret(text)
    zero = asked_as is AskedAs.NONE_OR_SOME and bool(_ZERO.match(plain(typed(text))))
    return first if secret or zero or _choice(first, text) is not None else question


def read_for_all(questions: Mapping[int, Question], text: str) -> Mapping[int, Given]:
    """The answers that one word gives to all questions; never figures or documents.

    "Có" answers the questions whose first choice it is. A question that asks whether something
    happened stays open next to them: there "có" means the opposite. "Không" has no certain meaning
    if both kinds are present.
    """
    told = {number: read_part(one, text) for number, one in questions.items()}
    if set(told.values()) == {Aside.SKIP}:
        return {number: Aside.SKIP for number in told}
    kinds: dict[AskedAs, dict[int, Given]] = {}
    for number, given in told.items():
        row, draft = questions[number].requirement, questions[number].draft
        plain_choice = isinstance(given, tuple) and [one for one, _ in given] == [FieldName.CHOICE]
        if given and plain_choice and not draft.fields and row.scored and row.asked_as in _FOR_ALL:
            kinds.setdefault(row.asked_as, {})[number] = given
    means_yes = kinds.get(AskedAs.YES_NO, {})
    if len(kinds) > 1 and any(given != _FIRST for given in means_yes.values()):
        return {}
    return means_yes or kinds.get(AskedAs.NONE_OR_SOME, {})


_FOR_ALL = (AskedAs.YES_NO, AskedAs.NONE_OR_SOME)
_FIRST: Fields = ((FieldName.CHOICE, 0),)


def opposite(question: Question, given: Given | None) -> Given | None:
    """The other of two choices; None if there are more, or none was chosen."""
    if given is None or len(question.requirement.choices) != _TWO or not isinstance(given, tuple):
        return None
    ((name, value),) = given
    return ((name, 1 - int(value)),) if isinstance(value, int) else None


_TWO = 2


def tells_secret(question: Question, text: str) -> bool:
    """Whether the text says that a document is secret, with anything else next to that word."""
    is_document = question.requirement.asked_as is AskedAs.DOCUMENT
    question = _begun_anew(question, text)
    return is_document and says_secret(text) and _choice(question, text) is None


def _told(question: Question, text: str) -> dict[FieldName, Value] | None:
    row, step = question.requirement, question.step
    assert step is not None  # noqa: S101  the caller asked
    if row.asked_as is AskedAs.DOCUMENT and says_secret(text):
        # A number in it may begin the next question: "4 12-NQ/ĐU 5 mật".
        return None if _BARE_NUMBER.search(text) else {FieldName.CHOICE: HELD_SECRET}
    match row.asked_as:
        case AskedAs.DOCUMENT:
            return _document(question, text)
        case AskedAs.NONE_OR_SOME:
            return _none_or_some(question, text)
        case AskedAs.RATING:
            return _rating(question, text)
        case AskedAs.CASES:
            return read_cases(text)
        case AskedAs.YEAR_ON_YEAR:
            return _chosen_claim(question, text) or read_year_on_year(text, question.year)
        case AskedAs.COUNT:
            return _chosen_claim(question, text) or _count(question, text)
        case AskedAs.LIST:
            return dict(read_reply(step, (), text)) or None
        case _:
            return _chosen(question, text)


def _in_order(question: Question, told: dict[FieldName, Value]) -> Fields | None:
    """The fields in the order of the steps. None if no step asks for one of them: casualties in a
    year without accidents, a claim although figures fell.
    """
    answer, taken, left = question.draft, list[tuple[FieldName, Value]](), dict(told)
    while (step := next_step(question.requirement, answer)) is not None and step.field in left:
        value = left.pop(step.field)
        taken.append((step.field, value))
        answer = answer.adding(step.field, value)
    harmless = {FieldName.FORCE_MAJEURE: NO_CLAIM}
    if any(value != harmless.get(name, 0) for name, value in left.items()):
        return None
    return tuple(taken) or None


# Choices


def _choice(question: Question, text: str) -> int | None:
    """The choice that words mean; never a digit, nor "1" for the first."""
    step = question.step
    if step is None or step.kind is not StepKind.CHOICE or re.search(r"\d", text):
        return None
    words = _SHORT.get(plain(typed(text)).strip(" ."), text)
    labels = labels_of(question.requirement, step, question.force_majeure)
    found = dict(read_reply(step, labels, words)).get(step.field)
    return found if isinstance(found, int) and 0 <= found < step.options else None


def _chosen(question: Question, text: str) -> dict[FieldName, Value] | None:
    found, step = _choice(question, text), question.step
    return None if found is None or step is None else {step.field: found}


def _chosen_claim(question: Question, text: str) -> dict[FieldName, Value] | None:
    step = question.step
    asked = step is not None and step.field is FieldName.FORCE_MAJEURE
    return _chosen(question, text) if asked else None


_SOME = re.compile(r"^(?:c[oó]|yes)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_ZERO = re.compile(r"^0(?: \D{0,40})?$")


def _none_or_some(question: Question, text: str) -> dict[FieldName, Value] | None:
    if question.draft.fields:
        return _count(question, text)
    if (found := _choice(question, text)) is not None:
        return {FieldName.CHOICE: found}
    if _ZERO.match(plain(typed(text))):
        return {FieldName.CHOICE: NONE}
    told = _SOME.match(typed(text))
    count = read_whole(told["rest"]) if told is not None and question.figure else None
    return {FieldName.CHOICE: SOME, FieldName.COUNT: count} if count else None


def _rating(question: Question, text: str) -> dict[FieldName, Value] | None:
    """A level by its letter or its words, and the decision after it."""
    if question.draft.fields:
        return _document(question, text)
    words = text.split()
    for end in range(len(words), 0, -1):
        level = _level(question, " ".join(words[:end]))
        if level is None:
            continue
        told: dict[FieldName, Value] = {FieldName.CHOICE: level}
        if rest := " ".join(words[end:]).strip(EDGES):
            if not (decision := _strict_document(rest)):
                return None
            told.update(decision)
        return told
    return None


def _level(question: Question, words: str) -> int | None:
    if letter := _LETTER.match(plain(typed(words)).strip(" ,;:")):
        at = ord(letter[1]) - ord("a")
        return at if at < len(question.requirement.choices) else None
    return _choice(question, words.strip(EDGES))


# Documents

_BARE_NUMBER = re.compile(r"(?<!\S)\d{1,2}(?!\S)")


def _document(question: Question, text: str) -> dict[FieldName, Value] | None:
    step = question.step
    if step is not None and step.field is FieldName.ISSUED_ON:
        day = find_date(text)
        bare = day is not None and not re.search(r"\d", without_date(text))
        return {FieldName.ISSUED_ON: day} if day and bare else None
    if (found := _choice(question, text)) is not None:
        return {FieldName.CHOICE: found}
    told = _strict_document(text)
    if told is None:
        return None
    return {FieldName.CHOICE: HELD, **told} if not question.draft.fields else told


def _strict_document(text: str) -> dict[FieldName, Value] | None:
    """A number and perhaps its date, if no other figure is next to them."""
    told: dict[FieldName, Value] = dict(read_document(text))
    number = told.get(FieldName.NUMBER)
    if not isinstance(number, str):
        return None
    squeezed = re.sub(r"\s*([-/])\s*", r"\1", without_date(text))
    rest = squeezed.replace(number, "", 1)
    return None if re.search(r"\d", rest) else told


# Figures


def _count(question: Question, text: str) -> dict[FieldName, Value] | None:
    told: dict[FieldName, Value] = {}
    parts = clauses(plain(typed(text)))
    count = read_whole(parts[0][1])
    if count is not None:
        told[FieldName.COUNT] = count
    for word, claim in parts[1:]:
        if not is_claim(word) or claim.strip(EDGES):
            return None
        told[FieldName.FORCE_MAJEURE] = NO_CLAIM if word.startswith("khong") else 0
    step = question.step
    wants_count = step is not None and step.field is FieldName.COUNT
    return None if (count is None and wants_count) or not told else told

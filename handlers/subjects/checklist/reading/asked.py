"""What is asked when a text is read, and what the text was read as."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from domain.answers import Answer, FieldName, Value
from domain.criteria import Requirement, RuleName
from domain.registers import RegisterEntry
from domain.replies import FAR_TIMES
from domain.steps import Step, next_step
from handlers.understanding.commands import Command
from handlers.understanding.screening import Forbidden
from handlers.understanding.text import plain
from handlers.understanding.values.days import When
from handlers.understanding.values.reasons import Reason

Fields = Mapping[FieldName, Value]

MOST_WORDS: Final = 300
"""Words of a text that is read: a page of fourteen questions, each answered with a document, has
250. Cutting takes longer than in proportion to the words: 900 figures took five seconds.
"""

_YEARLY: Final = ("hằng năm", "mỗi năm", "hàng năm")
"""How packs begin the recurrence of what is due every year."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it stands when a text arrives.

    `draft` are the fields given so far, complete for an answer that was read back. `year` is the
    year under review. `known` are figures of the province's table or of last year's answer, by the
    field that they belong to. `alone`: no other question is open, so that a digit chooses.
    `withheld`: the channel does not carry the figure after "có". `far_times`: how many times as
    large or as small as the known figure one is that is asked about. `offered` are the entries
    that a register offers.
    """

    requirement: Requirement
    draft: Answer
    year: int
    today: date
    known: Mapping[FieldName, int] = field(default_factory=dict)
    alone: bool = True
    withheld: bool = False
    far_times: int = FAR_TIMES
    offered: tuple[RegisterEntry, ...] = ()

    @cached_property
    def step(self) -> Step | None:
        """The field that is asked; None if the answer is complete."""
        return next_step(self.requirement, self.draft)

    @property
    def open_field(self) -> FieldName | None:
        """The name of that field."""
        return None if self.step is None else self.step.field

    @cached_property
    def when(self) -> When:
        """What decides about a day without its year: a document of the year under review names
        none.
        """
        row = self.requirement
        titled = row.rule.name in (RuleName.TITLE_HELD, RuleName.RATING_AT_LEAST)
        yearly = row.recurrence.startswith(_YEARLY) and not titled
        return When(today=self.today, year=self.year if yearly else None)

    @cached_property
    def echo(self) -> frozenset[str]:
        """The words of the question and of its choices, without diacritics."""
        row = self.requirement
        text = " ".join((row.question, row.label, row.counted, *row.choices))
        return frozenset(re.findall(r"[a-z]{2,}", plain(text)))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text says about one question.

    `fields` are certain. `ask`: why the rest is asked. `doubtful` are values that the text may
    mean, to be confirmed before they count. `order`: no answer but a command; `question`: what it
    asks ("explain", "status", "dates", "question"), or "deed" for an order about a unit.
    `refuse`: nothing of it may be kept.
    """

    fields: Fields = field(default_factory=dict)
    ask: Reason | None = None
    doubtful: Fields = field(default_factory=dict)
    order: Command | None = None
    question: str = ""
    refuse: Forbidden | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything but "not readable" was found."""
        return bool(self.fields or self.order or self.question or self.refuse) or (
            self.ask not in (None, Reason.NOT_READABLE)
        )


def asking(reason: Reason, **given: Value) -> Reading:
    """Ask, and keep the fields that are certain nevertheless."""
    return Reading(fields={FieldName(name): value for name, value in given.items()}, ask=reason)


def giving(fields: Fields) -> Reading:
    """The fields, all of them certain."""
    return Reading(fields=fields)


NOT_READABLE: Final = Reading(ask=Reason.NOT_READABLE)
AMBIGUOUS: Final = Reading(ask=Reason.AMBIGUOUS)

"""Every kind of question: asked alone, asked on a page, a wrong reply, said back, in each language.

The rows are made from the table of kinds, so that a new kind is in all these tests at once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.answers import NOTHING_GIVEN, Answer, Field
from domain.criteria import AskedAs, CriteriaSet
from domain.kinds import KINDS, sample_answer
from domain.registers import Entries
from domain.steps import StepKind, next_step
from handlers.assessment.pending import Pending, keep, load
from handlers.ground.library import Library
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import WORDS, said_back
from locales import LOCALES, Words
from storage import Store
from tests.every_kind import Made, every_kind
from tests.handlers.subjects.checklist.page.mylongbac import MY_LONG_BAC, saved
from tests.handlers.subjects.checklist.page.writing import steps_of
from tests.handlers.talking import Talk

OFFICER = "can-bo"
NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
UNREADABLE = "@@@"
ONE_OF_EACH = {made.kind.asked_as: made for made in every_kind()}
"""With its last rule: how a kind is asked hardly depends on the rule."""
ALL = [(made, locale) for made in ONE_OF_EACH.values() for locale in LOCALES]
each_kind = pytest.mark.parametrize(
    ("made", "locale"), ALL, ids=[f"{made.name}-{locale}" for made, locale in ALL]
)


class OneSet(Library):
    """A library whose every assessment is of one set."""

    made: CriteriaSet

    def criteria(self, set_id: str, content_hash: str, tx: object) -> CriteriaSet:  # noqa: ARG002
        return self.made


@pytest.fixture(scope="module")
def library() -> OneSet:
    return OneSet()


@pytest.fixture
def talk(demo_file: Path, library: OneSet, made: Made, locale: str) -> Iterator[Talk]:
    library.made = made.criteria
    with Store(str(demo_file)) as store:
        talk = Talk(store=store, library=library, now=NOW)
        for channel in ("web", "zalo"):
            talk.let_in(OFFICER, channel=channel)
        with store.begin() as tx:
            person = tx.people.by_handle(OFFICER)
            assert person is not None
            tx.people.set_locale(person.id, locale)
        yield talk


def test_a_kind_that_is_asked_has_its_words_and_no_other_has() -> None:
    assert set(WORDS) == set(KINDS) - {AskedAs.NOT_ASKED}
    assert all(words.asked_as is word for word, words in WORDS.items())


@each_kind
def test_it_is_asked_and_answered_alone(talk: Talk, made: Made) -> None:
    row = made.rows[0]
    shown = talk.says(OFFICER, "làm tiếp", channel="web")
    assert row.id in shown
    assert row.question in shown or row.label in shown
    answer = sample_answer(row)
    for text in steps_of(answer):
        wrong = talk.says(OFFICER, UNREADABLE, channel="web")
        assert row.id in wrong, "the question is asked again"
        assert saved(talk) == {}
        talk.says(OFFICER, text, channel="web")
    assert {name: _unnumbered(one) for name, one in saved(talk).items()} == {row.id: answer}


def _unnumbered(answer: Answer) -> Answer:
    """The answer with its entries as they were before they were stored."""
    fields = (
        replace(field, value=Entries(items=tuple(replace(one, id=None) for one in value.items)))
        if isinstance(value := field.value, Entries)
        else field
        for field in answer.fields
    )
    return Answer(fields=tuple(fields))


@each_kind
def test_it_is_asked_on_a_page_and_a_wrong_reply_is_asked_alone(talk: Talk, made: Made) -> None:
    shown = talk.says(OFFICER, "làm tiếp")
    assert "K.1" in shown
    for number in (1, 2):
        assert f"\n{number}. " in shown
    wrong = talk.says(OFFICER, f"1 {UNREADABLE}")
    assert made.rows[0].id in wrong
    assert saved(talk) == {}


@each_kind
def test_every_part_of_an_answer_is_said_back(talk: Talk, made: Made) -> None:
    row = made.rows[0]
    for answer in _parts(sample_answer(row)):
        _wait_for(talk, row.id, answer)
        shown = talk.says(OFFICER, "làm tiếp")
        assert "None" not in shown
        assert "K.1" in shown
        for figure in _figures(answer):
            assert figure in shown


def _parts(answer: Answer) -> Iterator[Answer]:
    so_far = NOTHING_GIVEN
    for field in answer.fields:
        so_far = so_far.adding(field.name, field.value)
        yield so_far


def _figures(answer: Answer) -> Iterator[str]:
    """What must be repeated literally: figures, but not the position of a choice."""
    for field in answer.fields:
        if isinstance(field.value, int) and not _chooses(field):
            yield str(field.value)


def _chooses(field: Field) -> bool:
    return field.name in ("choice", "force_majeure")


def _waiting(talk: Talk) -> dict[str, Answer]:
    """The answers that were read from a line and read back."""
    with talk.store.begin() as tx:
        person = tx.people.by_handle(OFFICER)
        (assessment,) = tx.assessments.of_unit(MY_LONG_BAC, 2024)
        assert person is not None
        return dict(load(tx, person.id, assessment.id, talk.now).answers)


def _wait_for(talk: Talk, row: str, answer: Answer) -> None:
    """As if a line on a page had just given this answer."""
    with talk.store.begin() as tx:
        person = tx.people.by_handle(OFFICER)
        assert person is not None
        loaded = tx.assessments.load(MY_LONG_BAC, person.id)
        assert loaded is not None
        pending = Pending(item="K.1", answers={row: answer}, versions={row: 0})
        keep(tx, person.id, loaded.assessment.id, pending, talk.now)


NOT_READ_ON_A_PAGE: tuple[AskedAs, ...] = ()
"""Kinds that a page shows and asks alone, until its reader knows them."""


@each_kind
def test_what_is_said_back_is_read_again(talk: Talk, made: Made, library: OneSet) -> None:
    row, answer = made.rows[0], sample_answer(made.rows[0])
    with talk.store.begin() as tx:
        person = tx.people.by_handle(OFFICER)
        assert person is not None
        turn = Turn(tx=tx, now=NOW, person=person, library=library)
        told = said_back(turn, row, 2024, answer)
    talk.says(OFFICER, "làm tiếp", f"1 {told}")
    read = made.kind.asked_as not in NOT_READ_ON_A_PAGE
    assert _waiting(talk) == ({row.id: answer} if read else {})


@pytest.mark.parametrize("made", every_kind(), ids=lambda made: made.name)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_that_is_typed_says_what_to_type(made: Made, locale: str) -> None:
    row, so_far = made.rows[0], NOTHING_GIVEN
    for field in sample_answer(row).fields:
        step = next_step(row, so_far)
        assert step is not None
        if step.kind is not StepKind.CHOICE:
            values = {"year": 2024, "counted": row.counted, "total": 15}
            assert Words(locale).say("checklist.step", field=step.field, **values), step.field
        so_far = so_far.adding(field.name, field.value)

"""Encoding a value into a text column and decoding it gives the same value."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import Answer, Field, FieldName
from domain.cards import Badge, Card, Row, Table, saying
from domain.messages import Choice, Outgoing, Recipe
from storage.encoding import decode_answer, decode_outgoing, encode_answer, encode_outgoing
from tests.domain.cards import cards

# PostgreSQL stores no NUL and no single surrogate; input checks refuse both.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))

values = st.one_of(
    st.booleans(), st.integers(0, 99_999), TEXT, st.dates(), st.lists(TEXT).map(tuple)
)
answers = st.builds(
    Answer,
    fields=st.lists(
        st.builds(Field, name=st.sampled_from(FieldName), value=values), max_size=5
    ).map(tuple),
)
recipes = st.builds(Recipe, figures=st.lists(st.tuples(TEXT, TEXT)).map(tuple))
outgoings = st.builds(
    Outgoing,
    cards=cards(TEXT) | TEXT.map(saying),
    menu=st.none() | TEXT,
    choices=st.lists(st.from_type(Choice), max_size=4).map(tuple),
    attachment=st.none() | recipes,
    replaces=st.none() | TEXT,
    progress=st.none() | st.tuples(st.integers(), st.integers()),
)


@pytest.mark.fuzz
@given(answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    again = decode_answer(encode_answer(answer))
    assert again == answer
    # True == 1 in Python, but they are different answers.
    assert [type(one.value) for one in again.fields] == [type(one.value) for one in answer.fields]


@pytest.mark.fuzz
@given(outgoings)
def test_a_message_comes_back_as_it_was(outgoing: Outgoing) -> None:
    assert decode_outgoing(encode_outgoing(outgoing)) == outgoing


def test_a_body_holds_only_what_is_said() -> None:
    card = Card(heading="I.1", rows=(Row(label="I.1.a", figures=(("count", 3),)),))
    body = encode_outgoing(Outgoing(cards=(card,), choices=(Choice(key="1", label="Có"),)))
    assert body == (
        '{"cards":[{"heading":"I.1","rows":[{"label":"I.1.a","figures":[["count",3]]}]}],'
        '"choices":[["1","Có","answer"]]}'
    )


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (Outgoing, {"cards", "menu", "choices", "attachment", "replaces", "progress"}),
        (Choice, {"key", "label", "kind", "primary"}),
        (Card, {"context", "heading", "badge", "text", "rows", "table", "notes", "more"}),
        (Badge, {"sign", "word", "standing", "tone"}),
        (Row, {"label", "value", "badge", "figures", "nested", "folds"}),
        (Table, {"head", "rows", "names", "folds"}),
        (Recipe, {"kind", "name", "figures", "alternative"}),
        (Answer, {"fields"}),
        (Field, {"name", "value"}),
    ],
)
def test_every_field_is_kept(kind: type[Outgoing], known: set[str]) -> None:
    assert {one.name for one in fields(kind)} == known, "teach it to storage.encoding"


def test_answers_are_kept_readable() -> None:
    answer = (
        Answer()
        .adding(FieldName.CHOICE, 0)
        .adding(FieldName.ISSUED_ON, date(2026, 3, 1))
        .adding(FieldName.NAMES, ("Tổ tự quản ấp Nhì",))
    )
    assert encode_answer(answer) == (
        '[["choice",0],["issued_on",{"date":"2026-03-01"}],["names",["Tổ tự quản ấp Nhì"]]]'
    )


@pytest.mark.parametrize("value", [1.5, None])
def test_a_value_that_no_answer_has_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        decode_answer(json.dumps([["choice", value]]))

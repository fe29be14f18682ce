"""Registers of units: rows with from and to, live until the hand-in, a copy afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.answers import Answer, FieldName
from domain.assessments import Assessment
from domain.registers import Entries, RegisterEntry
from storage import Store, Tx
from storage.encoding import ENTRIES_MARK, decode_answer, encode_answer
from tests.domain.tra_vinh import given
from tests.storage.world import COMMUNE, NEIGHBOUR, NOW, World

LATER = NOW + timedelta(hours=1)
MODELS = "mô hình phòng, chống tội phạm"
WHOLE = RegisterEntry(
    name="Camera an ninh",
    since_year=2022,
    since_on=date(2022, 3, 1),
    ended_on=date(2025, 6, 30),
    decision_number="12/QĐ-UBND",
    decision_date=date(2022, 2, 28),
    note="04 ấp",
)
BARE = RegisterEntry(name="Tổ tự quản ấp 1")


def _add(tx: Tx, world: World, entry: RegisterEntry = WHOLE) -> RegisterEntry:
    return tx.registers.add(COMMUNE, MODELS, entry, world.officer.id, NOW)


def _answer(*entries: RegisterEntry) -> Answer:
    return given(entries=Entries(items=entries))


def _names(answer: Answer) -> list[str]:
    value = answer.get(FieldName.ENTRIES)
    assert isinstance(value, Entries)
    return [one.name for one in value.items]


def test_an_entry_is_read_as_it_was_stored(store: Store, world: World) -> None:
    with store.begin() as tx:
        first, second = _add(tx, world), _add(tx, world, BARE)
    with store.begin() as tx:
        assert tx.registers.of_unit(COMMUNE, MODELS) == (first, second)
        assert (replace(first, id=None), replace(second, id=None)) == (WHOLE, BARE)
        assert tx.registers.of_unit(COMMUNE, "nhóm khác") == ()
        assert tx.registers.of_unit(NEIGHBOUR, MODELS) == ()


def test_an_entry_is_edited_ended_and_removed(store: Store, world: World) -> None:
    day, him = date(2026, 6, 30), world.colleague.id
    with store.begin() as tx:
        first, second = _add(tx, world), _add(tx, world, BARE)
        assert first.id is not None
        assert second.id is not None
        renamed = replace(first, name="Camera an ninh ấp 2")
        assert tx.registers.edit(COMMUNE, renamed, him, LATER)
        assert tx.registers.end(COMMUNE, second.id, day, him, LATER)
        assert tx.registers.of_unit(COMMUNE, MODELS) == (renamed, replace(second, ended_on=day))
        assert tx.registers.remove(COMMUNE, first.id, him, LATER)
        assert [one.id for one in tx.registers.of_unit(COMMUNE, MODELS)] == [second.id]
        assert not tx.registers.edit(COMMUNE, renamed, him, LATER), "it was removed"


def test_nobody_changes_the_register_of_another_unit(store: Store, world: World) -> None:
    with store.begin() as tx:
        entry = _add(tx, world)
        assert entry.id is not None
        him = world.neighbour.id
        assert not tx.registers.edit(NEIGHBOUR, replace(entry, name="x"), him, LATER)
        assert not tx.registers.end(NEIGHBOUR, entry.id, date(2026, 1, 1), him, LATER)
        assert not tx.registers.remove(NEIGHBOUR, entry.id, him, LATER)
        assert tx.registers.of_unit(COMMUNE, MODELS) == (entry,)


# Answers


def test_an_answer_stores_the_ids_only() -> None:
    stored = replace(BARE, id=7)
    assert ENTRIES_MARK in encode_answer(_answer(stored))
    assert encode_answer(_answer(stored)) == '[["entries",{"entries":[7]}]]'
    assert decode_answer(encode_answer(_answer(stored))) == _answer(RegisterEntry(id=7))


@pytest.mark.parametrize("entry", [WHOLE, BARE])
def test_an_entry_that_is_not_stored_yet_waits_whole(entry: RegisterEntry) -> None:
    assert decode_answer(encode_answer(_answer(entry))) == _answer(entry)


def _saved(store: Store, world: World, *entries: RegisterEntry) -> Assessment:
    with store.begin() as tx:
        stored = [_add(tx, world, one) for one in entries]
        answer = _answer(*stored)
        return tx.assessments.save_answer(world.assessment, "I.6.d", answer, world.officer.id, NOW)


def _shown(store: Store, world: World) -> list[str]:
    """What every way of reading the answer shows."""
    with store.begin() as tx:
        assessment = world.assessment.id
        loaded = tx.assessments.load(COMMUNE, world.officer.id)
        assert loaded is not None
        (*_, last) = tx.assessments.history(assessment, "I.6.d")
        found = (
            tx.assessments.answers(assessment)["I.6.d"],
            loaded.answers["I.6.d"],
            last.answer,
        )
    assert found[0] == found[1] == found[2]
    return _names(found[0])


def _rename(store: Store, world: World, name: str) -> None:
    with store.begin() as tx:
        first = tx.registers.of_unit(COMMUNE, MODELS)[0]
        assert tx.registers.edit(COMMUNE, replace(first, name=name), world.officer.id, LATER)


def test_an_open_answer_shows_the_register_as_it_is(store: Store, world: World) -> None:
    _saved(store, world, WHOLE, BARE)
    _rename(store, world, "Camera mới")
    assert _shown(store, world) == ["Camera mới", BARE.name]
    with store.begin() as tx:
        second = tx.registers.of_unit(COMMUNE, MODELS)[1]
        assert second.id is not None
        tx.registers.remove(COMMUNE, second.id, world.officer.id, LATER)
    assert _shown(store, world) == ["Camera mới"]


def test_what_was_handed_in_never_changes(store: Store, world: World) -> None:
    assessment = _saved(store, world, WHOLE, BARE)
    with store.begin() as tx:
        tx.assessments.hand_in(assessment, world.head.id, LATER)
    _rename(store, world, "Camera mới")
    with store.begin() as tx:
        for one in tx.registers.of_unit(COMMUNE, MODELS):
            assert one.id is not None
            tx.registers.remove(COMMUNE, one.id, world.officer.id, LATER)
    assert _shown(store, world) == [WHOLE.name, BARE.name]


def test_what_was_removed_before_is_not_handed_in(store: Store, world: World) -> None:
    assessment = _saved(store, world, WHOLE, BARE)
    with store.begin() as tx:
        first = tx.registers.of_unit(COMMUNE, MODELS)[0]
        assert first.id is not None
        tx.registers.remove(COMMUNE, first.id, world.officer.id, LATER)
        tx.assessments.hand_in(assessment, world.head.id, LATER)
    assert _shown(store, world) == [BARE.name]


def test_a_correction_keeps_a_copy_of_its_own(store: Store, world: World) -> None:
    assessment = _saved(store, world, WHOLE)
    with store.begin() as tx:
        handed_in = tx.assessments.hand_in(assessment, world.head.id, LATER)
        other = _add(tx, world, BARE)
        first = tx.registers.of_unit(COMMUNE, MODELS)[0]
        assert tx.registers.edit(COMMUNE, replace(first, name="Đổi"), world.officer.id, LATER)
        corrected = _answer(replace(first, name="Đổi"), other)
        who = world.reviewer.id
        tx.assessments.save_answer(handed_in, "I.6.d", corrected, who, LATER, reason="thiếu")
    _rename(store, world, "Đổi nữa")
    assert _shown(store, world) == ["Đổi", BARE.name]


def test_an_assessment_that_is_open_again_shows_the_register_again(
    store: Store, world: World
) -> None:
    assessment = _saved(store, world, WHOLE)
    with store.begin() as tx:
        tx.assessments.hand_in(assessment, world.head.id, LATER)
    _rename(store, world, "Camera mới")
    assert _shown(store, world) == [WHOLE.name]
    _reopen(store, world)
    assert _shown(store, world) == ["Camera mới"]
    with store.begin() as tx:
        again = tx.assessments.get(assessment.id)
        assert again is not None
        tx.assessments.hand_in(again, world.head.id, LATER)
    _rename(store, world, "Camera sau")
    assert _shown(store, world) == ["Camera mới"]


def _reopen(store: Store, world: World) -> None:
    """As a reviewer's return will do: no order does it yet."""
    from sqlalchemy import update

    from domain.assessments import AssessmentState
    from storage.tables.assessments import ASSESSMENT

    with store.begin() as tx:
        tx._connection.execute(
            update(ASSESSMENT)
            .where(ASSESSMENT.c.id == world.assessment.id)
            .values(state=AssessmentState.OPEN)
        )


def test_entries_of_other_answers_are_filled_too(store: Store, world: World) -> None:
    with store.begin() as tx:
        stored = _add(tx, world)
        assert stored.id is not None
        waiting = {"I.6.d": _answer(RegisterEntry(id=stored.id), BARE), "I.1.c": given(choice=0)}
        filled = tx.registers.filled(waiting)
    assert filled == {"I.6.d": _answer(stored, BARE), "I.1.c": given(choice=0)}

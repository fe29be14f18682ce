"""The dialogue is what Telegram and both bare bots receive."""

from pathlib import Path

import pytest

from benchmarks.dialogue import BEGIN, CHAT, Dialogue, Numbers, build, record, taps_of
from benchmarks.ground import SqliteFiles
from domain.messages import Said, Tap
from handlers.ground.library import Library

TURNS = 6
FIRST = Numbers(update=900, message=40)


@pytest.fixture(scope="module")
def dialogue(tmp_path_factory: pytest.TempPathFactory) -> Dialogue:
    place = SqliteFiles(tmp_path_factory.mktemp("dialogue"))
    return record(place, place.build(build), TURNS, Library(), FIRST)


def test_updates_are_numbered_and_of_one_chat(dialogue: Dialogue) -> None:
    numbers = [one.incoming.delivery_id for one in dialogue]
    assert numbers == [str(FIRST.update + at) for at in range(TURNS)]
    assert {one.incoming.address for one in dialogue} == {str(CHAT)}
    assert dialogue[0].text == BEGIN


def test_a_tap_edits_the_message_it_was_made_on_and_words_get_a_new_one(
    dialogue: Dialogue,
) -> None:
    taken = FIRST.message
    for before, one in zip((None, *dialogue), dialogue, strict=False):
        if isinstance(one.incoming.content, Tap):
            assert before is not None
            assert one.tapped == before.shown.number == one.shown.number
            assert one.shown.edits
            assert one.data in {data for row in before.shown.rows for _, data in row}
        else:
            assert isinstance(one.incoming.content, Said)
            # The officer's own text is a message as well.
            assert one.shown.number == taken + 1
            taken += 2
    assert 0 < taps_of(dialogue) < TURNS
    assert FIRST.after(dialogue) == Numbers(update=FIRST.update + TURNS, message=taken)


def test_every_update_has_rows_in_three_transactions(dialogue: Dialogue) -> None:
    for one in dialogue:
        assert one.writes.turn
        assert one.writes.claim
        assert one.writes.mark


def test_it_comes_out_the_same_each_time(dialogue: Dialogue, tmp_path: Path) -> None:
    place = SqliteFiles(tmp_path)
    again = record(place, place.build(build), TURNS, Library(), FIRST)
    assert [one.shown for one in again] == [one.shown for one in dialogue]
    assert [one.rows for one in again] == [one.rows for one in dialogue]

"""A question that may not have arrived is shown again before any text is taken as its answer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.messages import Said
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.menus import MenuKind
from storage import Store, Tx
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
OFFICER = "can-bo"
CHANNEL = "telegram"
NOT_TAKEN = "Chưa ghi gì."
A_MOMENT = timedelta(seconds=2)


@pytest.fixture
def talk(demo_file: Path) -> Talk:
    return _on(demo_file, CHANNEL)


def _on(demo_file: Path, channel: str) -> Talk:
    with Store(str(demo_file)) as store, store.begin() as tx:
        tx.addresses.link(channel, "", OFFICER, _officer(tx).id, NOW)
    return Talk(store=Store(str(demo_file)), library=Library(), now=NOW)


def _officer(tx: Tx) -> Person:
    person = tx.people.by_handle(OFFICER)
    assert person is not None
    return person


def _lose(talk: Talk) -> None:
    """Delivery gave up the last question."""
    with talk.store.begin() as tx:
        address = tx.addresses.lock(CHANNEL, "", OFFICER)
        assert address is not None
        assert address.menu is not None
        tx.addresses.change_menu(address.id, address.menu, MenuKind.LOST)


def _answered(talk: Talk) -> int:
    with talk.store.begin() as tx:
        post = _officer(tx).posts[0]
        loaded = tx.assessments.load(post.unit, _officer(tx).id)
    assert loaded is not None
    return len(loaded.answers)


def test_a_digit_is_not_taken_for_the_answer_to_a_question_that_nobody_saw(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    asked = talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1
    _lose(talk)
    again = talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1
    assert "chưa được ghi" in again
    assert asked.splitlines()[-1] in again
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 2


def test_a_command_is_obeyed_all_the_same(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    _lose(talk)
    assert "chưa được ghi" not in talk.says(OFFICER, "trợ giúp", channel=CHANNEL)


def test_only_the_question_that_was_lost_gives_its_digits_away(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    with talk.store.begin() as tx:
        address = tx.addresses.lock(CHANNEL, "", OFFICER)
        assert address is not None
        tx.addresses.change_menu(address.id, "q:0:another", MenuKind.LOST)
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1


def test_a_word_said_twice_is_not_the_answer_to_the_next_question_too(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "3", channel=CHANNEL)
    again = talk.says(OFFICER, "3", channel=CHANNEL)
    assert NOT_TAKEN in again
    assert _answered(talk) == 1
    talk.delivers(OFFICER, channel=CHANNEL)
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 2


def test_a_question_on_its_way_takes_no_answer(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "3", channel=CHANNEL)
    with talk.store.begin() as tx:
        tx.outbox.claim(talk.now, 1, channel=CHANNEL)
    for at in (NOW - A_MOMENT, NOW + A_MOMENT):
        assert NOT_TAKEN in talk.says(OFFICER, "3", channel=CHANNEL, at=at)
    assert _answered(talk) == 1


@pytest.mark.parametrize(
    ("channel", "accepted", "written", "taken"),
    [
        ("telegram", 5.0, 4.0, False),
        ("telegram", 5.0, 5.0, False),
        ("telegram", 5.9, 5.0, False),
        ("telegram", 4.9, 5.0, True),
        ("telegram", 5.0, 6.0, True),
        ("zalo", 5.0, 4.999, False),
        ("zalo", 5.0, 5.0, False),
        ("zalo", 5.0004, 5.0, False),
        ("zalo", 5.0, 5.001, True),
        ("terminal", 5.0, 5.0, True),
        ("terminal", 5.0, 4.0, True),
    ],
)
def test_a_line_answers_a_question_that_was_accepted_before_it(
    demo_file: Path, channel: str, accepted: float, written: float, taken: bool
) -> None:
    talk = _on(demo_file, channel)
    talk.says(OFFICER, "từng câu", "tiếp tục", channel=channel)
    talk.silent = True
    talk.says(OFFICER, "3", channel=channel)
    talk.now = NOW + timedelta(seconds=accepted)
    talk.delivers(OFFICER, channel=channel)
    at = NOW + timedelta(seconds=written)
    said = talk.says(OFFICER, "3", channel=channel, at=at)
    assert _answered(talk) == 1 + taken
    assert (NOT_TAKEN in said) != taken


def test_a_terminal_takes_no_answer_to_what_it_could_not_print(demo_file: Path) -> None:
    talk = _on(demo_file, "terminal")
    talk.says(OFFICER, "tiếp tục", channel="terminal")
    talk.silent = True
    talk.says(OFFICER, "3", channel="terminal")
    talk.later(hours=1)
    assert NOT_TAKEN in talk.says(OFFICER, "3", channel="terminal")
    assert _answered(talk) == 1


def test_the_line_is_shown_back_with_the_question_it_was_for(talk: Talk) -> None:
    first = talk.reply(OFFICER, Said(text="tiếp tục"), channel=CHANNEL)
    assert first.menu is not None
    talk.later(seconds=10)
    talk.silent = True
    talk.says(OFFICER, "3", channel=CHANNEL)
    talk.later(seconds=10)
    talk.delivers(OFFICER, channel=CHANNEL)
    late = talk.says(OFFICER, " 3 ", channel=CHANNEL, at=NOW + timedelta(seconds=12))
    question = first.menu.split(":")[2]
    assert late.startswith(f"Đồng chí viết “3” khi đang ở câu {question}; nay đang hỏi câu ")
    assert _answered(talk) == 1


def test_a_question_seen_before_keeps_its_digits_while_it_is_shown_again(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "giải thích", "3", channel=CHANNEL)
    assert _answered(talk) == 1

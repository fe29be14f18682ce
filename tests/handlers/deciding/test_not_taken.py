"""A line that says for which question it was written is never the answer to another one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.messages import Outgoing, Said, Tap
from domain.people import Person
from handlers.ground.library import Library
from storage import Author, Message, Store, Tx
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
OFFICER = "can-bo"
WEB = "web"
SECRET_WORDS = "đang theo dõi ông Bảy ở ấp Nhứt"
"""No number and no mark of secrecy: nothing in the words themselves gives them away."""


@pytest.fixture
def talk(demo_file: Path) -> Talk:
    talk = Talk(store=Store(str(demo_file)), library=Library(), now=NOW)
    talk.let_in(OFFICER, channel=WEB)
    talk.says(OFFICER, "làm tiếp", channel=WEB)
    return talk


def _person(tx: Tx) -> Person:
    person = tx.people.by_handle(OFFICER)
    assert person is not None
    return person


def _asks(talk: Talk, question: str) -> str:
    """Open a question; returns its menu."""
    asked = talk.reply(OFFICER, Said(text=f"sửa {question}"), channel=WEB)
    assert asked.menu is not None
    assert question in asked.menu
    return asked.menu


def _writes(talk: Talk, text: str, asked: str, *, repeated: bool = False) -> Outgoing:
    return talk.reply(OFFICER, Said(text=text, asked=asked, repeated=repeated), channel=WEB)


def _stored(talk: Talk) -> object:
    """All that the officer has answered, finished or half."""
    with talk.store.read() as tx:
        loaded = tx.assessments.load(_person(tx).posts[0].unit, _person(tx).id)
    assert loaded is not None
    return loaded.answers, loaded.skips, loaded.bookmark


def _history(talk: Talk) -> list[Message]:
    with talk.store.read() as tx:
        address = next(one for one in tx.addresses.of_person(_person(tx).id) if one.channel == WEB)
        return list(tx.outbox.history(address.id, after=None, before=None, limit=500))


def _kept(talk: Talk, words: str) -> list[str]:
    return [one.outgoing.text for one in _history(talk) if words in one.outgoing.text]


def test_a_line_for_the_open_question_is_its_answer(talk: Talk) -> None:
    menu = _asks(talk, "I.3.a")
    before = _stored(talk)
    _writes(talk, "12", menu)
    assert _stored(talk) != before


def test_a_line_for_an_earlier_question_is_shown_back_and_not_taken(talk: Talk) -> None:
    earlier = _asks(talk, "I.3.a")
    now = _asks(talk, "I.3.b")
    before = _stored(talk)
    reply = _writes(talk, "12", earlier)
    assert "Đồng chí viết “12” khi đang ở câu I.3.a; nay đang hỏi câu I.3.b." in reply.text
    assert "Chưa ghi gì." in reply.text
    assert reply.menu == now
    assert _stored(talk) == before


def test_the_second_of_two_equal_lines_answers_nothing(talk: Talk) -> None:
    menu = _asks(talk, "I.3.a")
    _writes(talk, "12", menu)
    after_the_first = _stored(talk)
    reply = _writes(talk, "12", menu)
    assert "“12”" in reply.text
    assert _stored(talk) == after_the_first


def test_lines_that_waited_together_are_both_shown_back(talk: Talk) -> None:
    menu = _asks(talk, "I.3.a")
    before = _stored(talk)
    for _ in range(2):
        reply = _writes(talk, "12", menu, repeated=True)
        assert "nhiều dòng cho câu I.3.a" in reply.text
        assert "“12”" in reply.text
        assert reply.menu == menu
    assert _stored(talk) == before


def test_a_newer_version_of_the_same_question_is_another_one(talk: Talk) -> None:
    menu = _asks(talk, "I.6.b")
    _writes(talk, "1", menu)
    again = _asks(talk, "I.6.b")
    assert again != menu
    before = _stored(talk)
    assert "Chưa ghi gì." in _writes(talk, "2", menu).text
    assert _stored(talk) == before


@pytest.mark.parametrize("order", ["menu", "kết quả", "sửa I.1.a", "trợ giúp"])
def test_an_order_of_its_own_is_carried_out_whatever_was_on_the_screen(
    talk: Talk, order: str
) -> None:
    earlier = _asks(talk, "I.3.a")
    _asks(talk, "I.3.b")
    for repeated in (False, True):
        assert "Chưa ghi gì." not in _writes(talk, order, earlier, repeated=repeated).text


@pytest.mark.parametrize("order", ["bỏ qua", "quay lại", "không áp dụng", "để sau"])
def test_an_order_about_what_is_open_belongs_to_the_question_on_the_screen(
    talk: Talk, order: str
) -> None:
    earlier = _asks(talk, "I.3.a")
    _asks(talk, "I.3.b")
    before = _stored(talk)
    assert "Chưa ghi gì." in _writes(talk, order, earlier).text
    assert _stored(talk) == before


def test_talk_needs_no_question_on_the_screen(talk: Talk) -> None:
    talk.says(OFFICER, "menu", channel=WEB)
    assert "Chưa ghi gì." not in _writes(talk, "kết quả", "").text
    assert "Chưa ghi gì." not in _writes(talk, "bao giờ phải nộp?", "").text
    assert "Chưa ghi gì." in _writes(talk, "1", "").text


@pytest.mark.parametrize("asked", ["q:1:I.9.z:choice:0", "q", "không phải menu", "p:1:I.99:x"])
def test_what_names_no_question_is_not_repeated_to_the_person(talk: Talk, asked: str) -> None:
    _asks(talk, "I.6.b")
    before = _stored(talk)
    reply = _writes(talk, "2", asked)
    assert "bước khác" in reply.text or "câu I.6.b" in reply.text
    assert "I.9.z" not in reply.text
    assert "I.99" not in reply.text
    assert _stored(talk) == before


def test_the_person_reads_it_in_his_language(talk: Talk) -> None:
    talk.says(OFFICER, "english", channel=WEB)
    earlier = _asks_in_english(talk, "I.3.a")
    _asks_in_english(talk, "I.3.b")
    reply = _writes(talk, "12", earlier)
    assert "You wrote “12” at question I.3.a; what is asked now is question I.3.b." in reply.text


def _asks_in_english(talk: Talk, question: str) -> str:
    asked = talk.reply(OFFICER, Said(text=f"sửa {question}"), channel=WEB)
    assert asked.menu is not None
    return asked.menu


# What is typed where it may name a person or a case.


@pytest.mark.parametrize("question", ["I.2.a", "I.3.c", "I.7.b"])
def test_at_a_red_question_only_our_own_words_are_kept(talk: Talk, question: str) -> None:
    menu = _asks(talk, question)
    for asked in (None, menu):
        talk.reply(OFFICER, Said(text=SECRET_WORDS, asked=asked), channel=WEB)
        talk.reply(OFFICER, Said(text=f"có, {SECRET_WORDS}", asked=asked), channel=WEB)
        _asks(talk, question)
    talk.reply(OFFICER, Tap(menu=menu, choice=SECRET_WORDS), channel=WEB)
    assert _kept(talk, "ông Bảy") == []
    talk.says(OFFICER, "giải thích", channel=WEB)
    assert "giải thích" in _said(talk)


def test_a_line_for_a_red_question_is_not_shown_back_in_words(talk: Talk) -> None:
    for first, then in (("I.2.a", "I.6.b"), ("I.6.b", "I.2.a")):
        earlier = _asks(talk, first)
        _asks(talk, then)
        reply = _writes(talk, SECRET_WORDS, earlier)
        assert "dòng vừa rồi khi đang ở câu" in reply.text
    assert _kept(talk, "ông Bảy") == []


def test_at_an_amber_question_what_nobody_could_read_is_not_kept(talk: Talk) -> None:
    _asks(talk, "I.3.a")
    talk.says(OFFICER, SECRET_WORDS, channel=WEB)
    assert _kept(talk, "ông Bảy") == []
    talk.says(OFFICER, "12", channel=WEB)
    assert "12" in _said(talk)


def test_at_a_green_question_everything_is_kept(talk: Talk) -> None:
    _asks(talk, "I.6.b")
    talk.says(OFFICER, "nói chuyện khác đã nhé", channel=WEB)
    assert "nói chuyện khác đã nhé" in _said(talk)


def _said(talk: Talk) -> list[str]:
    return [one.outgoing.text for one in _history(talk) if one.author is Author.PERSON]

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.wire import (
    BadRequest,
    as_json,
    body_of,
    incoming_of,
    number_of,
    numbers_of,
)
from domain.card_text import text_of
from domain.cards import Badge, Card, Row, Table, Tone, saying
from domain.messages import TEXT_LIMIT, Choice, Lane, Outgoing, Said, Tap
from storage import Author, Message, SendState

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ID = "0b8f8a4e-0000-4000-8000-00000000000a"
SAID = {"id": ID, "at": "2026-11-22T12:59:00+07:00", "said": "12"}

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_what_was_said_comes_with_its_moment_in_utc() -> None:
    incoming = incoming_of(SAID, 7, NOW)
    assert incoming.content == Said(text="12")
    assert (incoming.channel, incoming.address, incoming.delivery_id) == ("web", "7", ID)
    assert incoming.at == datetime(2026, 11, 22, 5, 59, tzinfo=UTC)


def test_a_tap_names_its_menu_and_choice() -> None:
    body = {**SAID, "said": None, "tap": {"menu": "q:I.1.a", "choice": "2"}}
    assert incoming_of(body, 7, NOW).content == Tap(menu="q:I.1.a", choice="2")


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(days=400)])
def test_no_message_is_dated_ahead(ahead: timedelta) -> None:
    assert incoming_of({**SAID, "at": (NOW + ahead).isoformat()}, 7, NOW).at == NOW


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  12 \n", "12"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("a\x00b\x1b[2Jc\x85", "ab[2Jc"),
        ("My\u0303", "Mỹ"),
    ],
)
def test_text_is_kept_in_one_form_without_control_characters(typed: str, kept: str) -> None:
    assert incoming_of({**SAID, "said": typed}, 7, NOW).content == Said(text=kept)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": "1"},
        {"id": 7},
        {"at": None},
        {"at": "hôm nay"},
        {"at": "2026-11-22T12:59:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"said": ""},
        {"said": " \n\t "},
        {"said": "x" * (TEXT_LIMIT + 1)},
        {"said": "\ud800"},
        {"said": ["12"]},
        {"said": None},
        {"tap": {"menu": "m", "choice": "1"}},
        {"said": None, "tap": {"menu": "m"}},
        {"said": None, "tap": "m"},
        {"said": None, "tap": {"menu": "m" * 201, "choice": "1"}},
    ],
)
def test_what_the_page_would_never_send_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        incoming_of({**SAID, **change}, 7, NOW)


@pytest.mark.parametrize("raw", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRequest):
        body_of(raw)


@pytest.mark.parametrize("ids", [[], [0], [-1], [True], ["1"], [2**53], [1.5], None, [1] * 4])
def test_ids_are_a_few_positive_numbers(ids: object) -> None:
    with pytest.raises(BadRequest):
        numbers_of({"ids": ids}, "ids", 3)
    assert numbers_of({"ids": [1, 2, 3]}, "ids", 3) == (1, 2, 3)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "１", "9" * 40])
def test_a_number_in_an_address_is_plain_digits(text: str) -> None:
    with pytest.raises(BadRequest):
        number_of(text)
    assert number_of("017") == 17


@pytest.mark.fuzz
@given(st.dictionaries(st.sampled_from(["id", "at", "said", "tap"]), ANY_JSON))
def test_any_object_is_taken_or_refused_and_nothing_else(body: dict[str, Any]) -> None:
    try:
        incoming = incoming_of(body_of(json.dumps(body).encode()), 7, NOW)
    except BadRequest:
        return
    assert str(UUID(incoming.delivery_id)) == incoming.delivery_id
    assert incoming.at <= NOW


@pytest.mark.fuzz
@given(st.text(min_size=1, max_size=50))
def test_every_text_that_is_taken_can_be_kept_by_both_databases(text: str) -> None:
    try:
        content = incoming_of({**SAID, "said": text}, 7, NOW).content
    except BadRequest:
        return
    assert isinstance(content, Said)
    assert content.text.encode()
    assert "\x00" not in content.text


def _message(outgoing: Outgoing) -> Message:
    return Message(
        id=9,
        address_id=1,
        lane=Lane.REPLY,
        author=Author.US,
        outgoing=outgoing,
        state=SendState.SENT,
        position=4,
        queued_at=NOW,
        sent_at=NOW,
        seen_at=None,
        attempts=1,
        error=None,
    )


def test_the_page_gets_the_text_and_the_cards_of_a_message() -> None:
    card = Card(
        context="Xã Mỹ Long Bắc",
        heading="Chỉ tiêu 19.2",
        badge=Badge(sign="✅", word="ĐẠT", standing="tạm tính", tone=Tone.GOOD),
        rows=(Row(label="I.1", value="5/5", figures=(("met", 5),), nested=True),),
        table=Table(head=("Xã", "Kết quả"), rows=(("Mỹ Hòa", "đạt"),)),
        notes=("Căn cứ: 1672.",),
    )
    shown = as_json(_message(Outgoing(cards=(card,))))
    assert shown["text"] == text_of((card,))
    assert shown["cards"] == [
        {
            "context": "Xã Mỹ Long Bắc",
            "heading": "Chỉ tiêu 19.2",
            "badge": {"sign": "✅", "word": "ĐẠT", "standing": "tạm tính", "tone": "good"},
            "text": "",
            "rows": [
                {
                    "label": "I.1",
                    "value": "5/5",
                    "badge": None,
                    "figures": [["met", 5]],
                    "nested": True,
                }
            ],
            "table": {"head": ["Xã", "Kết quả"], "rows": [["Mỹ Hòa", "đạt"]], "names": 0},
            "notes": ["Căn cứ: 1672."],
        }
    ]


def test_a_message_that_only_says_a_sentence_is_not_sent_twice() -> None:
    shown = as_json(_message(Outgoing(cards=saying("Đã ghi."))))
    assert (shown["text"], shown["cards"]) == ("Đã ghi.", None)


def test_the_page_is_told_which_button_stands_out() -> None:
    choices = (Choice(key="1", label="Nộp", primary=True), Choice(key="2", label="Thôi"))
    shown = as_json(_message(Outgoing(cards=saying("Nộp?"), menu="m", choices=choices)))
    assert shown["choices"] == [
        {"key": "1", "label": "Nộp", "kind": "answer", "primary": True},
        {"key": "2", "label": "Thôi", "kind": "answer", "primary": False},
    ]

"""The meaning of updates; no content makes the parser fail."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboard import Place
from bot.channels.telegram.updates import (
    COMMANDS,
    Ignored,
    InGroup,
    Reach,
    Spoken,
    chat_of,
    read,
)
from domain.messages import Content, Joined, Said, Sent, Tap
from handlers.understanding.commands import read_order

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
SENT_AT = datetime(2024, 11, 20, 0, 59, tzinfo=UTC)
WHO = {"id": 5, "is_bot": False, "first_name": "Ai"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ai"}
GROUP = {"id": -100, "type": "supergroup", "title": "Nhóm"}


def message(**more: Any) -> dict[str, Any]:
    """An update with a message."""
    body = {"message_id": 9, "date": int(SENT_AT.timestamp()), "chat": PRIVATE, "from": WHO}
    return {"update_id": 7, "message": {**body, **more}}


def tap(**more: Any) -> dict[str, Any]:
    """An update with a tap."""
    shown = {"message_id": 9, "date": 1, "chat": PRIVATE, "text": "?"}
    body = {"id": "41", "from": WHO, "message": shown, "chat_instance": "1", "data": "=main|1"}
    return {"update_id": 7, "callback_query": {**body, **more}}


def content_of(raw: object) -> Content:
    """The person's action."""
    found = read(raw, NOW)
    assert isinstance(found, Spoken), found
    return found.incoming.content


def test_a_message_is_dated_and_numbered_as_telegram_does() -> None:
    found = read(message(text="có"), NOW)
    assert isinstance(found, Spoken)
    incoming = found.incoming
    assert (incoming.channel, incoming.bot, incoming.address) == ("telegram", "", "5")
    assert (incoming.delivery_id, incoming.at) == ("7", SENT_AT)
    assert incoming.content == Said(text="có")


@pytest.mark.parametrize("date", [None, "x", -1, 0, 2**60, True, 10**30])
def test_an_odd_date_is_now(date: object) -> None:
    found = read(message(text="có", date=date), NOW)
    assert isinstance(found, Spoken)
    assert found.incoming.at == NOW


def test_nobody_answers_in_the_future() -> None:
    ahead = int((NOW + timedelta(days=1)).timestamp())
    found = read(message(text="có", date=ahead), NOW)
    assert isinstance(found, Spoken)
    assert found.incoming.at == NOW


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/start", Said(text="menu")),
        ("/start ABCDEFGHIJ", Joined(code="ABCDEFGHIJ")),
        ("/start@antt_bot ABCD EFG HIJ", Joined(code="ABCD EFG HIJ")),
        ("/START abcdefghij", Joined(code="abcdefghij")),
        ("/help@antt_bot", Said(text="trợ giúp")),
        ("/lamtiep", Said(text="làm tiếp")),
        ("/sua I.5.b", Said(text="sua I.5.b")),
        ("12/15", Said(text="12/15")),
        ("a\x00b\ud800\r\nc", Said(text="ab\nc")),
        ("Đảng ủy", Said(text="Đảng ủy")),
    ],
)
def test_words_commands_and_codes(text: str, content: Content) -> None:
    assert content_of(message(text=text)) == content


def test_every_command_is_one_that_the_conversation_knows() -> None:
    assert all(read_order(words) is not None for words in COMMANDS.values())


@pytest.mark.parametrize(
    ("more", "sent"),
    [
        (
            {"document": {"file_name": "a.pdf", "mime_type": "application/pdf", "file_size": 3}},
            Sent(name="a.pdf", media_type="application/pdf", size=3),
        ),
        (
            {"photo": [{"file_size": 3}, {"file_size": 9}], "caption": "có"},
            Sent(name="photo.jpg", media_type="image/jpeg", size=9),
        ),
        ({"photo": ["x", 3, None]}, Sent(name="photo.jpg", media_type="image/jpeg", size=0)),
        ({"sticker": {"emoji": "👍"}}, Sent(name="sticker", media_type="sticker", size=0)),
        (
            {"contact": {"phone_number": "+84912345678", "first_name": "Ai"}},
            Sent(name="contact", media_type="contact", size=0),
        ),
    ],
)
def test_files_are_told_apart_and_not_fetched(more: dict[str, Any], sent: Sent) -> None:
    assert content_of(message(**more)) == sent


def test_a_tap_names_the_message_that_it_came_from() -> None:
    found = read(tap(), NOW)
    assert isinstance(found, Spoken)
    assert found.incoming.content == Tap(menu="main", choice="1", message="9")
    assert found.callback == "41"
    assert found.place is None


def test_a_tap_on_a_message_out_of_reach_is_a_tap() -> None:
    assert content_of(tap(message={"message_id": 9, "date": 0, "chat": PRIVATE})) == Tap(
        menu="main", choice="1", message="9"
    )
    assert content_of(tap(message=None)) == Tap(menu="main", choice="1")


@pytest.mark.parametrize(
    "data", ["", "x", "=", "=main", "=main|", "#", "#short", None, 5, "=\x00|1"]
)
def test_a_foreign_button_is_an_old_one_and_still_acknowledged(data: object) -> None:
    found = read(tap(data=data), NOW)
    assert isinstance(found, Spoken)
    assert found.incoming.content == Tap(menu="", choice="", message="9")
    assert found.callback == "41"
    assert found.place == Place(fingerprint="", index=0, prefix="")


def test_a_tap_in_another_chat_than_ones_own_is_nobodys() -> None:
    other = {"message_id": 9, "date": 1, "chat": {**PRIVATE, "id": 6}}
    assert isinstance(read(tap(message=other), NOW), Ignored)


def test_groups() -> None:
    assert read(message(chat=GROUP, text="x"), NOW) == InGroup(chat="-100")
    shown = {"message_id": 9, "date": 1, "chat": GROUP}
    assert read(tap(message=shown), NOW) == InGroup(chat="-100", callback="41")
    added = {"chat": GROUP, "from": WHO, "new_chat_member": {"status": "member"}}
    assert read({"update_id": 7, "my_chat_member": added}, NOW) == InGroup(chat="-100")
    gone = {"chat": GROUP, "from": WHO, "new_chat_member": {"status": "kicked"}}
    assert isinstance(read({"update_id": 7, "my_chat_member": gone}, NOW), Ignored)


@pytest.mark.parametrize(("status", "open_"), [("kicked", False), ("member", True)])
def test_blocking_and_coming_back(status: str, open_: bool) -> None:
    body = {"chat": PRIVATE, "from": WHO, "new_chat_member": {"status": status}}
    found = read({"update_id": 7, "my_chat_member": body}, NOW)
    assert found == Reach(address="5", delivery_id="7", open=open_)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "7", "message": {}},
        {"update_id": True},
        {"update_id": 2**70, "message": {"text": "x"}},
        {"update_id": 7},
        {"update_id": 7, "message": []},
        {"update_id": 7, "edited_message": message(text="x")["message"]},
        {"update_id": 7, "something_of_next_year": {}},
        {"update_id": 7, "message": {"chat": {"id": 5, "type": "private"}}},
        message(text="x", **{"from": {**WHO, "is_bot": True}}),
        message(text="x", **{"from": None}),
        message(text="x", chat={"id": -7, "type": "channel"}),
        message(text="x", chat={"id": 1.5, "type": "private"}),
        message(text=""),
        message(text="\x00"),
        message(new_chat_title="x"),
    ],
)
def test_what_is_none_of_ours_is_ignored(raw: object) -> None:
    assert isinstance(read(raw, NOW), Ignored)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
NAMES = (
    *("chat", "from", "text", "date", "photo", "document", "contact", "message", "data", "id"),
    *("new_chat_member", "status", "message_id", "type", "is_bot"),
)
ODD = st.recursive(
    ANY_JSON | st.sampled_from([WHO, PRIVATE, GROUP, "private", "/start x", "=main|1"]),
    lambda inner: st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)
KINDS = st.sampled_from(["message", "callback_query", "my_chat_member", "edited_message", "x"])


@pytest.mark.fuzz
@given(st.integers() | ANY_JSON, KINDS, ODD)
def test_no_update_makes_the_reader_fail(number: object, kind: str, body: object) -> None:
    raw = {"update_id": number, kind: body}
    assert isinstance(read(raw, NOW), Spoken | InGroup | Reach | Ignored)
    assert isinstance(chat_of(raw), str)

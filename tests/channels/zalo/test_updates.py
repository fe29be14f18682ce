"""Zalo's updates are parsed, and any other content is parsed without an error."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.limits import ID_LENGTH
from bot.channels.zalo.updates import (
    Ignored,
    InGroup,
    Kind,
    Message,
    Update,
    Why,
    read_update,
)
from domain.messages import TEXT_LIMIT
from handlers.understanding.one_time_codes import readings_of

NOW = datetime(2025, 6, 19, 7, 0, tzinfo=UTC)
SAID_AT = datetime.fromtimestamp(1750316131.602, UTC)


def _update(event: object = "message.text.received", **fields: Any) -> dict[str, Any]:
    message = {
        "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
        "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
        "text": "Xin chào",
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
    }
    return {"event_name": event, "message": message | fields}


def _from(sender: dict[str, object]) -> dict[str, Any]:
    raw = _update()
    raw["message"]["from"] = sender
    return raw


def _read(raw: object, **own: Any) -> Update:
    return read_update(raw, bot="chinh", now=NOW, **own)


def _message(**changes: Any) -> Message:
    return Message(
        **{
            "bot": "chinh",
            "address": "6ede9afa66b88fe6d6a9",
            "delivery_id": "2d758cb5e222177a4e35",
            "at": SAID_AT,
            "kind": Kind.TEXT,
            "text": "Xin chào",
            **changes,
        }
    )


def test_a_text_is_read_wrapped_and_bare() -> None:
    assert _read(_update()) == _message()
    assert _read({"ok": True, "result": _update()}) == _message()


@pytest.mark.parametrize("key", ["photo_url", "photo"])
def test_a_picture_has_an_address_and_words(key: str) -> None:
    raw = _update("message.image.received", text=None, caption="Nghị quyết 12")
    raw["message"][key] = "https://photo.example/1.jpg"
    read = _read(raw)
    assert read == _message(
        kind=Kind.PICTURE, text="Nghị quyết 12", picture="https://photo.example/1.jpg"
    )


@pytest.mark.parametrize("kind", [Kind.STICKER, Kind.VOICE, Kind.UNSUPPORTED])
def test_what_is_no_text_is_known_by_its_kind(kind: Kind) -> None:
    raw = _update(f"message.{kind}.received")
    assert _read(raw) == _message(kind=kind, text="")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (None, Why.EMPTY),
        ([], Why.EMPTY),
        ({}, Why.EMPTY),
        ({"ok": True, "result": None}, Why.EMPTY),
        (_update("message.poll.received"), Why.UNKNOWN_EVENT),
        (_update(["x"]), Why.UNKNOWN_EVENT),
        (_update(message_id=None), Why.INCOMPLETE),
        (_update(message_id="x" * (ID_LENGTH + 1)), Why.INCOMPLETE),
        (_update(message_id="a\x00b"), Why.INCOMPLETE),
        (_update(chat=None), Why.INCOMPLETE),
        (_update(chat={"id": True}), Why.INCOMPLETE),
        (_update(text=None), Why.EMPTY),
        (_update(text=" \x00 "), Why.EMPTY),
        (_from({"id": "1", "is_bot": True}), Why.OWN),
        (_from({"id": "own-id"}), Why.OWN),
        ({"event_name": "message.text.received"}, Why.INCOMPLETE),
    ],
)
def test_what_is_nothing_to_us_is_passed_over(raw: object, why: Why) -> None:
    assert _read(raw, own_id="own-id") == Ignored(why=why)


def test_an_id_may_be_a_number() -> None:
    assert _read(_update(message_id=12345)) == _message(delivery_id="12345")


@pytest.mark.parametrize("kind", ["GROUP", "group", "CHANNEL"])
def test_a_group_is_known_before_its_words_are_read(kind: str) -> None:
    raw = _update(chat={"id": "g1", "chat_type": kind}, text="@Bot ANTT ABCDEFGHJK")
    assert _read(raw) == InGroup(bot="chinh", chat="g1", delivery_id="2d758cb5e222177a4e35")


@pytest.mark.parametrize(
    "date",
    [None, "gần đây", True, float("nan"), float("inf"), 10**30, -5, 1750316131, 1850316131602],
)
def test_an_absurd_date_is_now(date: object) -> None:
    assert _read(_update(date=date)) == _message(at=NOW)


@pytest.mark.parametrize("date", [1750316131602, 1750316131602.0, "1750316131602"])
def test_a_date_is_read_as_milliseconds(date: object) -> None:
    read = _read(_update(date=date))
    assert isinstance(read, Message)
    assert abs(read.at - SAID_AT) < timedelta(milliseconds=2)


def test_letters_and_their_marks_are_put_together() -> None:
    said = "tình hình xã Mỹ Long Bắc"
    apart = unicodedata.normalize("NFD", said)
    assert apart != said
    assert _read(_update(text=apart)) == _message(text=said)


def test_what_no_database_keeps_is_taken_out() -> None:
    assert _read(_update(text="a\x00b\ud800")) == _message(text="ab\ufffd")


def test_a_text_that_is_too_long_stays_too_long() -> None:
    read = _read(_update(text="x" * 100_000))
    assert isinstance(read, Message)
    assert len(read.text) == TEXT_LIMIT + 1


@pytest.mark.parametrize("text", ["@Bot ANTT tình hình", "@bot antt: tình hình", "tình hình"])
def test_our_name_is_taken_off(text: str) -> None:
    read = _read(_update(text=text), own_names=("Bot", "Bot ANTT", ""))
    assert read == _message(text="tình hình")


def test_a_name_that_only_begins_like_ours_stays() -> None:
    read = _read(_update(text="@Botany"), own_names=("Bot",))
    assert read == _message(text="@Botany")


@pytest.mark.parametrize(
    "text",
    [
        "ABCDEFGHJK",
        "LIENKET ABCDEFGHJK",
        "liên kết ABCDE-FGHJK",
        "Lien ket: abcdefghjk",
        "mã ABCDEFGHJK",
    ],
)
def test_a_code_is_understood_as_people_type_it(text: str) -> None:
    assert readings_of(text)[0] == "ABCDEFGHJK"


def test_a_code_may_begin_like_the_word_before_it() -> None:
    assert readings_of("LIENKETABC")[0] == "LIENKETABC"


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=30)
    | st.just("x" * 500),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)
EVENTS = st.sampled_from(
    [f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported")]
)
ALMOST = st.fixed_dictionaries(
    {"event_name": EVENTS | ANY_JSON},
    optional={
        "message": ANY_JSON
        | st.fixed_dictionaries(
            {},
            optional={
                "from": ANY_JSON | st.fixed_dictionaries({"id": ANY_JSON, "is_bot": ANY_JSON}),
                "chat": ANY_JSON | st.fixed_dictionaries({"id": st.text() | st.just("c1")}),
                "message_id": st.just("m1") | ANY_JSON,
                "text": ANY_JSON,
                "date": ANY_JSON,
                "photo_url": ANY_JSON,
                "caption": ANY_JSON,
            },
        )
    },
)


@pytest.mark.fuzz
@given(raw=ANY_JSON | ALMOST | ALMOST.map(lambda one: {"ok": True, "result": one}))
def test_nothing_that_comes_is_an_error(raw: object) -> None:
    read = _read(raw, own_id="own", own_names=("Bot (ANTT)", ""))
    if isinstance(read, Message):
        assert read.address
        assert read.delivery_id
        assert read.at.tzinfo is not None
        assert read.at <= NOW + timedelta(hours=1)
        read.text.encode("utf-8")
        assert "\x00" not in read.text

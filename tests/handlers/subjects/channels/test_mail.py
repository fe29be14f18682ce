"""A mail address is linked to a person only by the code that was sent to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.channels import MAIL_CODE
from domain.people import Person
from handlers.ground.doors import Door, set_doors
from handlers.ground.library import Library
from handlers.ground.reaching import addresses_in_order
from handlers.subjects.channels.mail import AGAIN_AFTER, CODE_LIVES, MOST_TRIES
from storage import Address, Store
from tests.conversations.test_setup_transcripts import known_codes
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
MINE = "ten@congan.example.vn"
CODE = "mã AAAAA-AAAAA"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def talk(request: pytest.FixtureRequest) -> Iterator[Talk]:
    """The officer on the web, with known codes."""
    fixture = "demo_file" if request.param == "sqlite" else "demo_postgres"
    database: Path | str = request.getfixturevalue(fixture)
    with Store(str(database)) as store:
        with store.begin() as tx:
            set_doors(tx, (Door(channel="web", link="https://a.vn"), Door(channel="mail")))
        talk = Talk(store=store, library=Library(known_codes()), now=NOW)
        talk.let_in("can-bo", channel="web", address="phone")
        yield talk


def _says(talk: Talk, *texts: str, address: str = "phone") -> str:
    return talk.says(address, *texts, channel="web")


def _addresses(talk: Talk, channel: str, handle: str = "can-bo") -> list[Address]:
    with talk.store.read() as tx:
        return [
            one
            for one in tx.addresses.of_person(_person(talk, handle).id)
            if one.channel == channel
        ]


def _person(talk: Talk, handle: str = "can-bo") -> Person:
    with talk.store.read() as tx:
        person = tx.people.by_handle(handle)
    assert person is not None
    return person


def _sent(talk: Talk) -> list[tuple[str, str]]:
    """The messages queued for addresses that wait for a code."""
    with talk.store.read() as tx:
        found = []
        for one in reversed(tx.outbox.listing()):
            address = tx.addresses.get(one.address_id)
            assert address is not None
            if address.channel == MAIL_CODE:
                found.append((address.address.partition(":")[2], one.outgoing.text))
        return found


def test_the_code_goes_to_the_address_and_the_conversation_does_not_show_it(talk: Talk) -> None:
    said = _says(talk, f"thư {MINE}")
    assert MINE in said
    assert "AAAAA-AAAAA" not in said
    ((to, text),) = _sent(talk)
    assert to == MINE
    assert "AAAAA-AAAAA" in text
    assert "\n" in text, "the first line is the subject"
    assert _addresses(talk, "mail") == []


def test_the_code_typed_back_makes_it_his(talk: Talk) -> None:
    _says(talk, f"thư {MINE}")
    assert f"Đã nối thư {MINE}" in _says(talk, CODE)
    (mail,) = _addresses(talk, "mail")
    assert mail.address == MINE
    assert _addresses(talk, MAIL_CODE) == []
    person = _person(talk)
    with talk.store.read() as tx:
        order = [one.channel for one in addresses_in_order(tx, (person,))[person.id]]
        actions = {one.action for one in tx.audit.listing(person_id=person.id)}
        details = [one.detail for one in tx.audit.listing(person_id=person.id)]
    assert order[-2:] == ["mail", "terminal"]
    assert {"mail_claimed", "channel_linked"} <= actions
    assert not [detail for detail in details if "@" in detail]
    assert "nối" not in "".join(talk.notices("phone", channel="web")), "he did it just here"


def test_it_may_be_typed_on_another_channel_of_his_and_by_nobody_else(talk: Talk) -> None:
    talk.let_in("can-bo", channel="telegram", address="tele")
    talk.let_in("chi-huy", channel="web", address="chief")
    _says(talk, f"thư {MINE}")
    assert "Đã nối" not in _says(talk, CODE, address="chief")
    assert "Đây là trợ lý tự động nội bộ" in _says(talk, CODE, address="nguoi-la")
    assert f"Đã nối thư {MINE}" in talk.says("tele", CODE, channel="telegram")


def test_wrong_codes_are_counted_and_after_the_last_the_right_one_is_wrong(talk: Talk) -> None:
    _says(talk, f"thư {MINE}")
    for left in range(MOST_TRIES - 1, 0, -1):
        assert f"còn gõ được 0{left} lần" in _says(talk, "mã BBBBB-BBBBB")
    assert "hết tác dụng" in _says(talk, "mã BBBBB-BBBBB")
    assert "hết tác dụng" in _says(talk, CODE)
    assert _addresses(talk, "mail") == []


def test_a_code_is_good_for_its_time(talk: Talk) -> None:
    _says(talk, f"thư {MINE}")
    talk.now += CODE_LIVES
    assert "Đã nối" not in _says(talk, CODE)


def test_ordinary_words_are_no_tries(talk: Talk) -> None:
    _says(talk, f"thư {MINE}")
    for text in ("làm tiếp", "menu", "trả lời câu", "bo qua ca to"):
        assert "Mã chưa đúng" not in _says(talk, text)
    assert "Đã nối" in _says(talk, CODE)


def test_nobody_is_flooded_with_codes(talk: Talk) -> None:
    _says(talk, f"thư {MINE}")
    assert "chờ 05 phút nữa" in _says(talk, "thư khac@congan.example.vn")
    talk.now += AGAIN_AFTER
    assert "Đã gửi mã tới khac@" in _says(talk, "thư khac@congan.example.vn")
    assert "Mã chưa đúng" in _says(talk, CODE), "the first code is void"
    with talk.store.read() as tx:
        waiting = [one for one in tx.addresses.of_person(_person(talk).id)]
    assert [one.address.partition(":")[2] for one in waiting if one.channel == MAIL_CODE] == [
        "khac@congan.example.vn"
    ], "nothing more goes to the address before"


def test_a_mailbox_that_another_uses_stays_his(talk: Talk) -> None:
    talk.let_in("chi-huy", channel="mail", address=MINE)
    _says(talk, f"thư {MINE}")
    assert "đang được người khác dùng" in _says(talk, CODE)
    assert _addresses(talk, "mail") == []
    assert len(_addresses(talk, "mail", "chi-huy")) == 1


def test_a_mailbox_of_somebody_who_left_is_free(talk: Talk) -> None:
    talk.let_in("chi-huy", channel="mail", address=MINE)
    chief = _person(talk, "chi-huy")
    with talk.store.begin() as tx:
        for post in chief.posts:
            tx.people.remove_post(chief.id, post)
    _says(talk, f"thư {MINE}")
    assert "Đã nối" in _says(talk, CODE)


@pytest.mark.parametrize("wrong", ["thư a@b", "thư a b@c.vn", "thư á@b.vn", "thư a@b.vn,c@d.vn"])
def test_what_is_no_address_is_said_and_nothing_is_sent(talk: Talk, wrong: str) -> None:
    assert "Địa chỉ thư này không dùng được" in _says(talk, wrong)
    assert _sent(talk) == []


def test_an_address_with_a_telephone_number_is_not_kept(talk: Talk) -> None:
    assert "không lưu" in _says(talk, "thư 0901234567@congan.example.vn")
    assert _sent(talk) == []

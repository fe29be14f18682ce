"""Mail with a real SMTP server: what arrives, what each refusal means, what is encrypted."""

import shutil
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.mail import MailChannel, MailCodeChannel, Security, check, wire
from domain.cards import saying
from domain.messages import Outgoing
from locales import Words
from scheduling.channel import Delivered, Delivery, Recipient, Refused, Unknown
from scheduling.fit import fit
from tests.channels.mail.post_office import (
    PASSWORD,
    SENDER,
    USER,
    PostOffice,
    certificate,
    post_office,
)

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TO = Recipient(address="can-bo@congan.example.vn")
NOTICE = Outgoing(cards=saying("Nhắc việc N1: Báo cáo 6 tháng, xã Mỹ Long Bắc"))
OPENSSL = shutil.which("openssl")


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


def _channel(
    office: PostOffice, tls: ssl.SSLContext | None = None, **settings: object
) -> MailChannel:
    return MailChannel(office.settings(**settings), lambda: NOW, tls)


async def _sent(
    office: PostOffice, text: str = "Có tin\nmở trang web", number: int = 7
) -> Delivery:
    return await _channel(office).send(TO, Outgoing(cards=saying(text)), number)


async def test_a_mail_tells_that_something_waits_and_nothing_of_it(office: PostOffice) -> None:
    channel = _channel(office)
    words = Words("vi")
    (piece,) = fit(NOTICE, channel.abilities, words, origin="https://antt.example.vn")
    assert await channel.send(TO, piece, 7) == Delivered()
    (mail,) = office.mails
    assert (mail["From"], mail["To"]) == (SENDER, TO.address)
    assert mail["Subject"] == "Trợ lý an ninh, trật tự có tin báo cho đồng chí"
    body = mail.get_content()
    assert body.strip().endswith("https://antt.example.vn")
    assert body.strip().count("\n") == 0, "one sentence"
    for secret in ("N1", "Mỹ Long Bắc"):
        assert secret not in body
        assert secret.encode() not in office.raw[0]


async def test_a_mail_says_that_a_machine_wrote_it_and_is_known_when_it_comes_again(
    office: PostOffice,
) -> None:
    for number in (7, 7, 8):
        assert await _sent(office, number=number) == Delivered()
    first, again, other = office.mails
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Date"].datetime == NOW
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@congan.example.vn>")
    assert office.envelopes[0].mail_from == SENDER
    assert office.envelopes[0].rcpt_tos == [TO.address]


async def test_vietnamese_travels_in_seven_bits(office: PostOffice) -> None:
    text = "Tiêu đề dài " * 30 + "\nDòng một\n.\nDòng ba: đồng chí " + "x" * 2_000
    assert await _sent(office, text) == Delivered()
    assert office.raw[0].isascii()
    assert max(map(len, office.raw[0].split(b"\r\n"))) <= 998
    (mail,) = office.mails
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == text.partition("\n")[2]


@pytest.mark.parametrize(
    ("answer", "permanent", "ours"),
    [
        ("550 5.1.1 no such user", True, False),
        ("550 unknown", True, False),
        ("553 5.1.3 bad address", True, False),
        ("550 5.7.1 relaying denied", True, True),
        ("552 5.2.2 mailbox full", False, False),
        ("550 5.2.2 over quota", False, False),
        ("450 4.2.1 greylisted", False, False),
    ],
)
async def test_a_refused_recipient(
    office: PostOffice, answer: str, permanent: bool, ours: bool
) -> None:
    office.at_recipient = answer
    fate = await _sent(office)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (permanent, ours)
    assert answer[:3] in fate.error
    assert "@" not in fate.error
    assert office.mails == []


@pytest.mark.parametrize(
    ("answer", "permanent", "ours"),
    [("554 5.6.0 spam", True, True), ("451 4.3.0 later", False, False)],
)
async def test_refused_content_says_nothing_about_the_address(
    office: PostOffice, answer: str, permanent: bool, ours: bool
) -> None:
    office.at_content = answer
    fate = await _sent(office)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (permanent, ours)


async def test_a_refused_sender_is_our_fault(office: PostOffice) -> None:
    office.at_sender = "550 5.7.1 not yours"
    assert await _sent(office) == Refused(permanent=False, ours=True, error="sender refused 550")


async def test_a_server_that_is_silent_before_the_mail_has_not_got_it(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "ENVELOPE_S", 0.3)
    office.stalls = "RCPT"
    fate = await _sent(office)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (False, False)


async def test_a_server_that_is_silent_after_the_mail_may_have_it(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "CONTENT_S", 0.3)
    office.stalls = "DATA"
    assert isinstance(await _sent(office), Unknown)
    assert len(office.mails) == 1, "it had: what is repeated must be recognisable"


async def test_a_connection_that_ends_after_the_mail_leaves_its_fate_unknown(
    office: PostOffice,
) -> None:
    office.hangs_up = "DATA"
    assert isinstance(await _sent(office), Unknown)


async def test_no_server_at_all() -> None:
    async with post_office() as office:
        channel = _channel(office)
    fate = await channel.send(TO, NOTICE, 7)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (False, False)
    (found,) = await check(office.settings())
    assert (found.about, found.ok, found.what) == ("connection", False, "unreachable")


async def test_what_is_no_address_is_never_sent_to(office: PostOffice) -> None:
    for address in ("", "can-bo", "a@b.vn\r\nBcc: c@d.vn", "a@b.vn c@d.vn", "<a@b.vn>", "á@b.vn"):
        fate = await _channel(office).send(Recipient(address=address), NOTICE, 7)
        assert fate == Refused(permanent=True, ours=False, error="no mail address")
    assert office.mails == []


async def test_a_code_goes_to_the_claimed_address_whole_and_a_refusal_retires_nothing(
    office: PostOffice,
) -> None:
    codes = MailCodeChannel(_channel(office))
    to = Recipient(address="12:can-bo@congan.example.vn")
    (piece,) = fit(
        Outgoing(cards=saying("Mã nối thư\nMã: ABCDE-FGH23")), codes.abilities, Words("vi")
    )
    assert await codes.send(to, piece, 3) == Delivered()
    assert "ABCDE-FGH23" in office.mails[0].get_content()
    assert office.envelopes[0].rcpt_tos == ["can-bo@congan.example.vn"]
    office.at_recipient = "550 5.1.1 no such user"
    fate = await codes.send(to, piece, 3)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (True, True)


# Signing in, and TLS


async def test_signing_in() -> None:
    async with post_office(signs_in=True) as closed:
        right = _channel(closed, user=USER, password=PASSWORD)
        assert await right.send(TO, NOTICE, 7) == Delivered()
        wrong = _channel(closed, user=USER, password="khac")
        fate = await wrong.send(TO, NOTICE, 7)
        assert fate == Refused(permanent=False, ours=True, error="signing in refused 535")
        assert len(closed.mails) == 1
        found = await check(closed.settings(user=USER, password="khac"))
        assert [(one.about, one.ok, one.what) for one in found] == [
            ("connection", True, "works"),
            ("sign_in", False, "refused"),
        ]


async def test_the_check_sends_nothing(office: PostOffice) -> None:
    found = await check(office.settings())
    assert [(one.about, one.ok) for one in found] == [
        ("connection", True),
        ("sign_in", True),
        ("sending", True),
    ]
    office.at_sender = "550 not yours"
    last = (await check(office.settings()))[-1]
    assert (last.about, last.ok, last.what, last.detail) == ("sending", False, "refused", "550")
    assert office.mails == []


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl to make a certificate")
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_a_server_that_proves_who_it_is_and_one_that_does_not(
    tmp_path: Path, security: Security
) -> None:
    assert OPENSSL is not None
    serving, trusting = certificate(tmp_path, OPENSSL)
    async with post_office(tls=serving, implicit=security is Security.TLS) as office:
        known = _channel(office, trusting, security=security)
        assert await known.send(TO, NOTICE, 7) == Delivered()
        unknown = _channel(office, security=security)
        fate = await unknown.send(TO, NOTICE, 8)
        assert fate == Refused(permanent=False, ours=True, error="the server's certificate")
        assert len(office.mails) == 1
        assert all(one.ok for one in await check(office.settings(security=security), trusting))
        (found,) = await check(office.settings(security=security))
        assert found.what == "certificate"


async def test_a_server_without_starttls_gets_nothing(office: PostOffice) -> None:
    channel = _channel(office, security=Security.STARTTLS)
    fate = await channel.send(TO, NOTICE, 7)
    assert isinstance(fate, Refused)
    assert office.mails == []
    (found,) = await check(office.settings(security=Security.STARTTLS))
    assert not found.ok


async def test_a_server_where_nobody_can_sign_in_gets_no_password(office: PostOffice) -> None:
    channel = _channel(office, user=USER, password=PASSWORD)
    fate = await channel.send(TO, NOTICE, 7)
    assert fate == Refused(permanent=False, ours=True, error="the server lacks STARTTLS or AUTH")
    assert office.mails == []

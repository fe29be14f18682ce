"""For any text of a mail, all headers are ours and all line ends are those we wrote."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.mail.letter import SUBJECT_LIMIT, letter
from handlers.understanding.channel_orders import mail_address

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
HEADERS = {
    "subject", "from", "to", "date", "message-id", "auto-submitted", "x-auto-response-suppress",
    "content-type", "content-transfer-encoding", "mime-version",
}  # fmt: skip

ANY = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("\r\n\0\x0b\x0c\x1c\x85\u2028\u2029.: \tBcc@<>=?đ"), max_size=60
)


def _made(text: str, to: str = "a@b.vn") -> bytes:
    return letter(text, sender="antt@example.vn", to=to, outbox_id=1, at=NOW)


@pytest.mark.fuzz
@given(text=ANY)
def test_no_text_makes_a_header_or_a_bare_line_end(text: str) -> None:
    raw = _made(text)
    read = message_from_bytes(raw, policy=default)
    assert {name.lower() for name in read} <= HEADERS
    assert len(read.keys()) == len(set(read.keys())), "none twice"
    assert str(read["To"]) == "a@b.vn"
    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\0" not in raw
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert len(str(read["Subject"] or "")) <= SUBJECT_LIMIT


@pytest.mark.fuzz
@given(text=ANY)
def test_no_address_of_more_than_one_mailbox_is_taken(text: str) -> None:
    for typed in (text, f"{text}@b.vn", f"a@{text}", f"a@b.vn{text}", f"{text}a@b.vn"):
        address = mail_address(typed)
        if address is not None:
            assert address.isascii()
            assert address.count("@") == 1
            assert address.isprintable()
            assert not set(address) & set(' <>,;:"()[]\\\r\n')
            assert str(message_from_bytes(_made("x", address), policy=default)["To"]) == address


@pytest.mark.parametrize(
    "wrong",
    [
        "", "a", "@b.vn", "a@", "a@b", "a@@b.vn", "a..b@c.vn", ".a@c.vn", "a.@c.vn", "a@-c.vn",
        "a@c-.vn", "a@c..vn", "a@c.vn.", "a b@c.vn", '"a"@c.vn', "a@[127.0.0.1]", "a@c.1",
        "á@c.vn", "a@ç.vn", "a@c.vn\n", "a@c.vn\r\nx", "а@c.vn", f"{'a' * 65}@c.vn",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.vn",
    ],
)  # fmt: skip
def test_what_is_no_address(wrong: str) -> None:
    assert mail_address(wrong) is None or wrong.strip() != wrong


@pytest.mark.parametrize("right", ["a@b.vn", "Nguyen.Van-A+antt@Congan.Nghean.gov.vn"])
def test_what_is_one(right: str) -> None:
    assert mail_address(f" {right} ") == right.lower()

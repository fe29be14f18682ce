"""The types in the page's type check match the server's JSON."""

import re
from collections.abc import Mapping

from bot.channels.web import pages
from domain.cards import Badge, Card, Row, Table
from domain.messages import Outgoing
from tests.channels.web import scripted
from tests.channels.web.conftest import Browser
from tests.channels.web.serving import WebChat

SHAPES = (pages.STATIC / "shapes.d.ts").read_text(encoding="utf-8")


def fields_of(shape: str) -> set[str]:
    """The names of an interface in shapes.d.ts."""
    body = re.search(rf"interface {shape} \{{\n(.*?)\n\}}", SHAPES, re.DOTALL)
    assert body is not None, shape
    return set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE))


EVERY_PART = (
    Card(
        heading="Kết quả",
        badge=Badge(sign="✅", word="ĐẠT"),
        rows=(Row(label="I.1", value="đạt"),),
        table=Table(head=("Xã", "Kết quả"), rows=(("A", "Đạt"),)),
    ),
)


def fields_at(address: str) -> set[str]:
    """The names in the JSON of an address."""
    body = re.search(rf"'{re.escape(address)}': \{{(.*?)\}};\n", SHAPES)
    assert body is not None, address
    return set(re.findall(r"(\w+)\??:", body[1]))


async def test_messages_and_their_parts(officer: Browser, chat: WebChat) -> None:
    for outgoing in (scripted.QUESTIONS[0], scripted.FILE, Outgoing(cards=EVERY_PART)):
        chat.notify(outgoing)
    _, page = await officer.get("/api/history")
    assert page.keys() == fields_at("GET /api/history")
    question, file, cards = page["messages"]
    for message in page["messages"]:
        assert message.keys() == fields_of("Message")
    assert question["choices"][0].keys() == fields_of("Choice")
    assert file["attachment"].keys() == fields_of("Attachment")
    (card,) = cards["cards"]
    assert card.keys() == fields_of("Card")
    assert card["badge"].keys() == fields_of("Badge")
    assert card["rows"][0].keys() == fields_of("Row")
    assert card["table"].keys() == fields_of("Table")


async def test_the_session_and_its_devices(officer: Browser) -> None:
    _, session = await officer.get("/api/session")
    assert session.keys() == fields_of("Session")
    _, devices = await officer.get("/api/sessions")
    assert devices["sessions"][0].keys() == fields_of("Device")


async def test_what_sending_and_linking_answer(officer: Browser) -> None:
    said: Mapping[str, str] = {
        "id": "7c9b52f0-4f0c-4e0e-9d3e-000000000001",
        "at": "2026-11-22T06:00:00Z",
        "said": "menu",
    }
    _, sent = await officer.post("/api/messages", said)
    assert sent.keys() == fields_at("POST /api/messages")
    _, link = await officer.post("/api/links", {})
    assert link.keys() == fields_at("POST /api/links")
    _, words = await officer.get("/api/words")
    assert words.keys() == {"lang", "words"}

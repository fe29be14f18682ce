"""Messages as Telegram shows them, and the outcome of failures."""

import pytest

from bot.channels.telegram.channel import A_SECOND, TelegramChannel
from bot.making import CannotMake, Made
from domain.cards import saying
from domain.messages import Choice, ChoiceKind, Outgoing, Recipe, RecipeKind
from domain.text_pieces import units
from scheduling.channel import Delivered, Recipient, Unknown
from tests.channels.telegram.town import OFFICER
from tests.telegram_server import BotApiServer, Fault, FloodLimits, Person, SimulatedTime

TO = Recipient(address=str(OFFICER))
HELLO = Outgoing(cards=saying("Chào đồng chí 🔔"))
QUESTION = Outgoing(
    cards=saying("Câu 1/51"),
    menu="q:1:I.1.a:choice:0",
    choices=(
        Choice(key="1", label="Có"),
        Choice(key="2", label="Chưa có"),
        Choice(key="bỏ qua", label="bỏ qua", kind=ChoiceKind.ACTION),
    ),
)
CARD = Recipe(kind=RecipeKind.FILE, name="bao-cao.docx", alternative="Đạt 3/8.")


class Printer:
    """Makes the same file from every recipe, or fails."""

    def __init__(self, made: Made | None) -> None:
        self.made = made

    async def make(self, recipe: Recipe) -> Made:
        """The recipes that it received."""
        if self.made is None:
            raise CannotMake(recipe.kind)
        return self.made


def a_file(body: bytes = b"x", media_type: str = "application/msword") -> Made:
    """A finished file."""
    return Made(name="bao-cao.docx", media_type=media_type, body=body)


async def test_a_question_has_its_answers_and_below_them_its_actions(
    channel: TelegramChannel, officer: Person
) -> None:
    assert await channel.send(TO, QUESTION, 1) == Delivered()
    rows = [[button["text"] for button in row] for row in officer.last.rows]
    assert rows == [["1. Có", "2. Chưa có"], ["bỏ qua"]]


async def test_what_looks_like_marks_arrives_as_it_was_written(
    channel: TelegramChannel, officer: Person
) -> None:
    text = "a < b & c > d <b>*_[x](y)`"
    assert await channel.send(TO, Outgoing(cards=saying(text)), 1) == Delivered()
    assert officer.sees == [text]


async def test_no_link_is_visited_for_a_preview(
    channel: TelegramChannel, server: BotApiServer, officer: Person
) -> None:
    await channel.send(TO, Outgoing(cards=saying("https://antt.example.vn/join#ABC")), 1)
    assert officer.sees
    [call] = server.calls_of("sendMessage")
    assert call.table("link_preview_options") == {"is_disabled": True}


@pytest.mark.parametrize("text", ["", "  \n ", "\ud800"])
async def test_even_an_odd_text_is_a_message(
    channel: TelegramChannel, officer: Person, text: str
) -> None:
    assert await channel.send(TO, Outgoing(cards=saying(text)), 1) == Delivered()
    assert len(officer.sees) == 1


async def test_labels_that_would_be_cut_become_lines_of_the_text(
    channel: TelegramChannel, officer: Person
) -> None:
    long = "Xã Mỹ Long Bắc, huyện Cầu Ngang, tỉnh Trà Vinh"
    choices = (Choice(key="1", label=long), Choice(key="2", label="Không"))
    await channel.send(TO, Outgoing(cards=saying("Xã nào?"), menu="u:x", choices=choices), 1)
    assert officer.last.text == f"Xã nào?\n1. {long}\n2. Không"
    assert officer.last.labels == ["1", "2"]


async def test_a_reply_takes_the_place_of_what_was_tapped(
    channel: TelegramChannel, officer: Person
) -> None:
    await channel.send(TO, QUESTION, 1)
    place = str(officer.last.id)
    after = Outgoing(cards=saying("Câu 2/51"), replaces=place)
    assert await channel.send(TO, after, 2) == Delivered()
    assert officer.sees == ["Câu 2/51"]
    assert officer.last.rows == []


async def test_an_edit_repeated_after_an_unknown_fate_is_delivered(
    channel: TelegramChannel, server: BotApiServer, officer: Person
) -> None:
    await channel.send(TO, QUESTION, 1)
    after = Outgoing(cards=saying("Câu 2/51"), replaces=str(officer.last.id))
    server.goes_wrong(Fault(method="editMessageText", acts=True, drops=True))
    assert isinstance(await channel.send(TO, after, 2), Unknown)
    assert await channel.send(TO, after, 2) == Delivered()
    assert officer.sees == ["Câu 2/51"]


@pytest.mark.parametrize(
    "why",
    [
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
    ],
)
async def test_what_cannot_be_edited_is_sent_below(
    channel: TelegramChannel, server: BotApiServer, officer: Person, why: str
) -> None:
    server.goes_wrong(Fault.bad(why, method="editMessageText"))
    assert await channel.send(TO, Outgoing(cards=saying("mới"), replaces="7"), 1) == Delivered()
    assert officer.sees == ["mới"]


async def test_a_place_that_is_no_number_is_none(channel: TelegramChannel, officer: Person) -> None:
    assert await channel.send(TO, Outgoing(cards=saying("mới"), replaces="q:1"), 1) == Delivered()
    assert officer.sees == ["mới"]


async def test_a_file_carries_its_text_and_buttons(
    channel: TelegramChannel, officer: Person
) -> None:
    channel.maker = Printer(a_file(b"docx"))
    outgoing = Outgoing(cards=saying("Báo cáo đây"), attachment=CARD, choices=QUESTION.choices)
    assert await channel.send(TO, outgoing, 1) == Delivered()
    shown = officer.last
    assert (shown.file, shown.body, shown.text) == ("bao-cao.docx", b"docx", "Báo cáo đây")
    assert "bỏ qua" in shown.labels


async def test_a_picture_is_shown_in_the_chat(
    channel: TelegramChannel, server: BotApiServer, officer: Person
) -> None:
    channel.maker = Printer(a_file(b"png", "image/png"))
    await channel.send(TO, Outgoing(cards=saying("Kết quả"), attachment=CARD), 1)
    assert len(server.calls_of("sendPhoto")) == 1
    assert officer.last.body == b"png"


async def test_a_picture_of_an_odd_shape_goes_as_a_file(
    channel: TelegramChannel, server: BotApiServer, officer: Person
) -> None:
    channel.maker = Printer(a_file(b"png", "image/png"))
    server.goes_wrong(Fault.bad("PHOTO_INVALID_DIMENSIONS", method="sendPhoto"))
    assert await channel.send(TO, Outgoing(cards=saying("x"), attachment=CARD), 1) == Delivered()
    assert len(server.calls_of("sendDocument")) == 1
    assert officer.last.body == b"png"


async def test_a_text_too_long_for_a_caption_follows_a_second_later(
    server: BotApiServer, officer: Person, channel: TelegramChannel, time: SimulatedTime
) -> None:
    server._methods.limits = FloodLimits(time=time.time)
    channel.maker = Printer(a_file())
    text = "ữ🔔" * 400
    assert units(text) > 1024 > len(text)
    outgoing = Outgoing(cards=saying(text), attachment=CARD, choices=QUESTION.choices)
    assert await channel.send(TO, outgoing, 1) == Delivered()
    file, below = officer.chat.messages.values()
    assert (file.file, file.text, file.rows) == ("bao-cao.docx", "", [])
    assert below.text == text
    assert below.labels


@pytest.mark.parametrize("made", [None, a_file(b""), a_file(b"0" * 50_000_001)])
async def test_what_cannot_be_made_goes_as_words(
    channel: TelegramChannel, officer: Person, made: Made | None
) -> None:
    channel.maker = Printer(made)
    assert (
        await channel.send(TO, Outgoing(cards=saying("Kết quả"), attachment=CARD), 1) == Delivered()
    )
    assert officer.sees == ["Kết quả\nĐạt 3/8."]


async def test_its_own_rates_never_meet_a_strict_server(
    channel: TelegramChannel, server: BotApiServer, time: SimulatedTime
) -> None:
    """Evenly spaced by the channel's own rates, in simulated time."""
    limits = server._methods.limits = FloodLimits(time=time.time)
    assert channel.rates.a_second == A_SECOND
    for number in range(200):
        server.person(number)
        to = Recipient(address=str(number))
        assert await channel.send(to, HELLO, 1) == Delivered()
        time.pass_by(1 / A_SECOND)
    assert (limits.refused, limits.taken) == (0, 200)

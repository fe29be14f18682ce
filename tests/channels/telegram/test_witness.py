"""python-telegram-bot as a second client: written by others, against the same server.

Our server could have the same error as our client. PTB writes requests differently (forms without
files, multipart with them, its own names for omitted values) and parses answers with strict
classes. Both clients make the same calls here; their results must be equal.

Failures are in test_witness_failures.py.
"""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
)
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.channels.telegram.api import TelegramApi, Took
from bot.channels.telegram.keyboard import Button
from bot.channels.telegram.updates import ALLOWED_UPDATES, Spoken, read
from domain.messages import Said, Tap
from tests.channels.telegram.town import OFFICER, PUBLIC
from tests.telegram_server import SECRET, TOKEN, BotApiServer, Person, SimulatedTime

ROWS = ((Button(label="1. Có", data="=main|1"), Button(label="2. Chưa có", data="=main|2")),)
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in ROWS]
)


async def test_both_meet_the_same_bot(witness: Bot, api: TelegramApi) -> None:
    me = await api.me()
    assert isinstance(me, Took)
    assert (witness.id, witness.username) == (me.value["id"], me.value["username"])
    assert witness.bot.is_bot


async def test_a_question_of_either_looks_the_same(
    witness: Bot, api: TelegramApi, server: BotApiServer, officer: Person
) -> None:
    ours = await api.send_text(str(OFFICER), "Câu 1/51 🔔", ROWS)
    theirs = await witness.send_message(OFFICER, "Câu 1/51 🔔", reply_markup=KEYBOARD)
    assert isinstance(ours, Took)
    first, second = officer.chat.messages.values()
    assert (first.text, first.rows) == (second.text, second.rows)
    assert theirs.message_id == second.id
    assert theirs.text == "Câu 1/51 🔔"
    assert theirs.chat.id == OFFICER
    assert theirs.from_user is not None
    assert theirs.from_user.id == witness.id
    assert theirs.reply_markup == KEYBOARD
    assert ours.value["message_id"] == first.id
    # PTB adds the flags it did not find; no other field may be lost.
    assert ours.value.keys() <= theirs.to_dict().keys()
    forms = [call.values["chat_id"] for call in server.calls_of("sendMessage")]
    assert forms == [str(OFFICER), str(OFFICER)]


async def test_an_edit_of_either_stands_in_the_same_place(
    witness: Bot, api: TelegramApi, officer: Person
) -> None:
    sent = await witness.send_message(OFFICER, "Câu 1/51", reply_markup=KEYBOARD)
    assert isinstance(await api.edit_text(str(OFFICER), sent.message_id, "Câu 2/51", ()), Took)
    edited = await witness.edit_message_text("Câu 3/51", OFFICER, sent.message_id)
    assert not isinstance(edited, bool)
    assert (edited.message_id, edited.text, edited.reply_markup) == (
        sent.message_id,
        "Câu 3/51",
        None,
    )
    assert edited.edit_date is not None
    assert officer.sees == ["Câu 3/51"]


async def test_files_of_either_arrive_whole(
    witness: Bot, api: TelegramApi, officer: Person
) -> None:
    body = bytes(range(256)) * 100
    theirs = await witness.send_document(
        OFFICER, InputFile(body, filename="a.docx"), caption="đây", reply_markup=KEYBOARD
    )
    await api.send_file(str(OFFICER), "a.docx", body, "đây", ROWS, picture=False)
    photo = await witness.send_photo(OFFICER, InputFile(body, filename="a.png"), caption="đây")
    await api.send_file(str(OFFICER), "a.png", body, "đây", (), picture=True)
    shown = list(officer.chat.messages.values())
    assert theirs.document is not None
    assert (theirs.document.file_name, theirs.document.file_size) == ("a.docx", len(body))
    assert theirs.caption == "đây"
    assert photo.photo[-1].file_size == len(body)
    for one, other in (shown[:2], shown[2:]):
        assert (one.text, one.file, one.body, one.rows) == (
            other.text,
            other.file,
            other.body,
            other.rows,
        )


async def test_both_read_the_same_updates(
    witness: Bot, api: TelegramApi, officer: Person, time: SimulatedTime
) -> None:
    """PTB decodes with classes, we parse plain JSON; both must find the same values."""
    await api.send_text(str(OFFICER), "Câu 1/51", ROWS)
    officer.says("12/15")
    officer.taps("Chưa có")
    officer.blocks()
    theirs = await witness.get_updates(allowed_updates=list(ALLOWED_UPDATES), timeout=0)
    ours = await api.updates(None, wait=0)
    assert isinstance(ours, Took)
    assert [one.update_id for one in theirs] == [one["update_id"] for one in ours.value]
    said, tapped, member = theirs
    assert said.message is not None
    read_said, read_tapped = (read(one, time.now()) for one in ours.value[:2])
    assert isinstance(read_said, Spoken)
    assert isinstance(read_tapped, Spoken)
    assert read_said.incoming.content == Said(text=said.message.text or "")
    assert read_said.incoming.at == said.message.date
    assert read_said.incoming.address == str(said.message.chat.id)
    query = tapped.callback_query
    assert isinstance(query, CallbackQuery)
    assert query.message is not None
    tap = read_tapped.incoming.content
    assert isinstance(tap, Tap)
    assert (query.data, str(query.message.message_id)) == ("=main|2", tap.message)
    assert query.id == read_tapped.callback
    assert member.my_chat_member is not None
    assert member.my_chat_member.new_chat_member.status == "kicked"


async def test_an_offset_of_one_confirms_for_the_other(
    witness: Bot, api: TelegramApi, officer: Person
) -> None:
    first, second = officer.says("a"), officer.says("b")
    assert second is not None
    await witness.get_updates(offset=second, timeout=0)
    left = await api.updates(None, wait=0)
    assert isinstance(left, Took)
    assert [one["update_id"] for one in left.value] == [second]
    assert first not in [one.update_id for one in await witness.get_updates(timeout=0)]


async def test_a_tap_is_acknowledged_by_either(
    witness: Bot, api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    for data in ("=a|1", "=a|2"):
        officer.taps_data(data, None)
    one, other = await witness.get_updates(timeout=0)
    assert one.callback_query is not None
    assert other.callback_query is not None
    assert await one.callback_query.answer()
    assert isinstance(await api.acknowledge(other.callback_query.id), Took)
    assert server.world.acknowledged == [one.callback_query.id, other.callback_query.id]
    time.pass_by(151)
    with pytest.raises(BadRequest, match="too old"):
        await one.callback_query.answer()


async def test_a_webhook_set_by_one_is_seen_by_the_other(
    witness: Bot, api: TelegramApi, server: BotApiServer
) -> None:
    assert await witness.set_webhook(
        PUBLIC, secret_token=SECRET, max_connections=3, allowed_updates=list(ALLOWED_UPDATES)
    )
    info = await api.webhook_info()
    assert isinstance(info, Took)
    assert (info.value["url"], info.value["max_connections"]) == (PUBLIC, 3)
    server.bringer.last_error = (1_700_000_000, "Connection refused")
    await api.set_webhook(PUBLIC, SECRET, 8)
    theirs = await witness.get_webhook_info()
    assert (theirs.url, theirs.max_connections) == (PUBLIC, 8)
    assert theirs.allowed_updates == ALLOWED_UPDATES
    assert theirs.last_error_message is None
    with pytest.raises(Conflict):
        await witness.get_updates()
    assert await witness.delete_webhook()
    assert (await witness.get_webhook_info()).url == ""


async def test_commands_of_one_stand_in_the_chat_of_the_other(
    witness: Bot, api: TelegramApi, officer: Person
) -> None:
    await api.set_commands({"menu": "Trang đầu"}, chat=str(OFFICER))
    ours = list(officer.chat.commands)
    await witness.set_my_commands(
        [BotCommand("menu", "Trang đầu")], scope=BotCommandScopeChat(OFFICER)
    )
    assert officer.chat.commands == ours == [{"command": "menu", "description": "Trang đầu"}]


async def test_the_witness_holds_a_conversation_of_its_own(
    server: BotApiServer, officer: Person
) -> None:
    """Its application polls, answers, edits and acknowledges, with only our server."""

    async def ask(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("Câu 1/51", reply_markup=KEYBOARD)

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(f"đã chọn {update.callback_query.data}")

    built = Application.builder().token(TOKEN).base_url(f"{server.url}/bot").build()
    built.add_handler(MessageHandler(filters.TEXT, ask))
    built.add_handler(CallbackQueryHandler(answer))
    async with built:
        assert built.updater is not None
        await built.start()
        await built.updater.start_polling(poll_interval=0, timeout=1)
        officer.says("chào")
        await server.world.until(lambda: officer.sees == ["Câu 1/51"])
        officer.taps("Chưa có")
        await server.world.until(lambda: officer.sees == ["đã chọn =main|2"])
        await server.all_taken()
        await built.updater.stop()
        await built.stop()
    assert len(server.world.acknowledged) == 1

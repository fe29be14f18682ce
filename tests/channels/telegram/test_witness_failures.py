"""How python-telegram-bot and our client report the same failures.

Their differences, and which client is wrong by the Bot API's documentation, are in
docs/decisions/0007-telegram.md.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.api import Answer, TelegramApi, Took
from bot.channels.telegram.failures import Rejected, Silent, delivery_of
from scheduling.channel import Refused
from tests.channels.telegram.town import OFFICER
from tests.telegram_server import BotApiServer, Fault, Person

FAILURES: list[tuple[Fault, type[TelegramError], type[Rejected | Silent]]] = [
    (Fault.flood(7), RetryAfter, Rejected),
    (Fault.blocked(), Forbidden, Rejected),
    (Fault.bad("chat not found"), BadRequest, Rejected),
    (Fault.moved(-100200300), ChatMigrated, Rejected),
    (Fault.bad("BUTTON_DATA_INVALID"), BadRequest, Rejected),
    (Fault(status=401, description="Unauthorized"), InvalidToken, Rejected),
    (Fault(status=409, description="Conflict: x"), Conflict, Rejected),
    (Fault(status=502, description="Bad Gateway"), NetworkError, Rejected),
    (Fault.broken(502), NetworkError, Rejected),
    (Fault(body=b"<html>"), TelegramError, Silent),
    (Fault(drops=True), NetworkError, Silent),
]


@pytest.mark.parametrize(("fault", "theirs", "ours"), FAILURES)
async def test_both_take_a_failure_for_the_same(
    witness: Bot,
    api: TelegramApi,
    server: BotApiServer,
    fault: Fault,
    theirs: type[TelegramError],
    ours: type[Rejected | Silent],
) -> None:
    server.person(OFFICER)
    server.goes_wrong(fault, fault)
    with pytest.raises(theirs) as raised:
        await witness.send_message(OFFICER, "x")
    answer = await api.send_text(str(OFFICER), "x", ())
    assert isinstance(answer, ours)
    _same_parameters(raised.value, answer)


def _same_parameters(raised: TelegramError, answer: Answer) -> None:
    assert not isinstance(answer, Took)
    fate = delivery_of(answer)
    if isinstance(raised, RetryAfter):
        assert isinstance(fate, Refused)
        assert fate.retry_after == raised._retry_after.total_seconds()
    if isinstance(raised, ChatMigrated):
        assert isinstance(fate, Refused)
        assert fate.moved_to == str(raised.new_chat_id)
    if isinstance(raised, Forbidden):
        assert isinstance(fate, Refused)
        assert (fate.permanent, fate.ours) == (True, False)


JSON_403 = Fault(status=200, body=b'{"ok": false, "error_code": 403, "description": "Forbidden"}')
NO_RESULT = Fault(body=b'{"ok": true}')
PAGE_403 = Fault(status=403, body=b"<html>blocked</html>")
NO_PAUSE = Fault(status=429, description="Too Many Requests")


@pytest.mark.parametrize(
    ("fault", "theirs", "ours"),
    [
        (JSON_403, KeyError, Rejected(status=403, description="Forbidden")),
        (NO_RESULT, KeyError, Silent(reason="an answer that cannot be read")),
        (PAGE_403, Forbidden, Silent(reason="an answer that cannot be read")),
        (NO_PAUSE, NetworkError, Rejected(status=429, description="Too Many Requests")),
    ],
)
async def test_where_the_witness_is_wrong(
    witness: Bot,
    api: TelegramApi,
    server: BotApiServer,
    fault: Fault,
    theirs: type[Exception],
    ours: Answer,
) -> None:
    """Each is in the decision record. If a later PTB fixes one, this test fails and the record must
    change.
    """
    server.person(OFFICER)
    server.goes_wrong(fault, fault)
    with pytest.raises(theirs):
        await witness.send_message(OFFICER, "x")
    assert await api.send_text(str(OFFICER), "x", ()) == ours


async def test_both_give_up_on_an_answer_that_does_not_come(
    witness: Bot, server: BotApiServer, officer: Person
) -> None:
    server.goes_wrong(Fault(method="sendMessage", acts=True, stalls=True))
    with pytest.raises(TimedOut):
        await witness.send_message(OFFICER, "x", read_timeout=0.05)
    assert officer.sees == ["x"]


Refusing = Callable[[Bot], Awaitable[Any]]
REFUSED: list[tuple[Refusing, str]] = [
    (lambda bot: bot.send_message(OFFICER, ""), "message text is empty"),
    (lambda bot: bot.send_message(OFFICER, "x" * 4_097), "message is too long"),
    (lambda bot: bot.send_message(404, "x"), "chat not found"),
    (lambda bot: bot.send_message(OFFICER, "a <b", parse_mode="HTML"), "can't parse entities"),
    (lambda bot: bot.edit_message_text("x", OFFICER, 999), "message to edit not found"),
    (
        lambda bot: bot.send_message(
            OFFICER,
            "x",
            reply_markup=InlineKeyboardMarkup(
                [[InlineKeyboardButton("?", callback_data="ữ" * 22)]]
            ),
        ),
        "BUTTON_DATA_INVALID",
    ),
    (
        lambda bot: bot.send_document(OFFICER, InputFile(b"x", filename="a"), caption="x" * 1_025),
        "caption is too long",
    ),
    (lambda bot: bot.set_webhook("http://antt.example.vn"), "HTTPS"),
    (lambda bot: bot.set_webhook("https://antt.example.vn:8081"), "only on ports"),
]


@pytest.mark.parametrize(("call", "told"), REFUSED)
async def test_what_the_server_refuses_is_a_bad_request_to_a_strict_client(
    witness: Bot, server: BotApiServer, call: Refusing, told: str
) -> None:
    server.person(OFFICER)
    with pytest.raises(BadRequest) as raised:
        await call(witness)
    assert told.lower() in str(raised.value).lower()

"""The outcome of a message if Telegram or the network fails."""

import pytest

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.settings import TelegramSettings
from domain.cards import saying
from domain.messages import Outgoing
from scheduling.channel import Recipient, Refused, Unknown
from tests.channels.telegram.town import OFFICER, settings_for
from tests.telegram_server import TOKEN, BotApiServer, Fault, Person

TO = Recipient(address=str(OFFICER))
HELLO = Outgoing(cards=saying("Chào đồng chí 🔔"))
OURS = Refused(permanent=True, ours=True, error="400 BUTTON_DATA_INVALID")


@pytest.mark.parametrize(
    ("fault", "fate"),
    [
        (
            Fault.flood(7),
            Refused(
                permanent=False,
                ours=False,
                error="429 Too Many Requests",
                retry_after=7.0,
            ),
        ),
        (
            Fault.blocked(),
            Refused(permanent=True, ours=False, error="403 bot was blocked by the user"),
        ),
        (
            Fault.bad("chat not found"),
            Refused(permanent=True, ours=False, error="400 chat not found"),
        ),
        (
            Fault.moved(-100200300),
            Refused(
                permanent=False,
                ours=False,
                error="400 group chat was upgraded to a supergroup chat",
                moved_to="-100200300",
            ),
        ),
        (Fault.bad("BUTTON_DATA_INVALID"), OURS),
        (
            Fault(status=401, description="Unauthorized"),
            Refused(permanent=False, ours=True, error="401 Unauthorized"),
        ),
        (
            Fault(status=500, description="Internal Server Error"),
            Refused(permanent=False, ours=False, error="500 Internal Server Error"),
        ),
        (Fault.broken(502), Refused(permanent=False, ours=False, error="502")),
        (Fault(body=b"<html>hello</html>"), Unknown(error="an answer that cannot be read")),
        (Fault(body=b"\xff\xfe\x00"), Unknown(error="an answer that cannot be read")),
        (Fault(body=b'{"ok": tr'), Unknown(error="an answer that cannot be read")),
        (Fault(body=b'{"ok": true}'), Unknown(error="an answer that cannot be read")),
        (
            Fault(status=403, body=b"<html>blocked by your provider</html>"),
            Unknown(error="an answer that cannot be read"),
        ),
        (
            Fault(status=413, body=b"<html>too large</html>"),
            Refused(permanent=True, ours=True, error="413"),
        ),
        (
            Fault(status=429, description="Too Many Requests"),
            Refused(permanent=False, ours=False, error="429 Too Many Requests", retry_after=5.0),
        ),
        (
            Fault(status=500, body=b'{"ok": false, "error_code": 500}'),
            Refused(permanent=False, ours=False, error="500"),
        ),
        (Fault(body=b"[]"), Unknown(error="an answer that cannot be read")),
        (Fault(body=b'{"ok": "yes"}'), Unknown(error="an answer that cannot be read")),
        (Fault(body=b"[" * 100_000), Unknown(error="an answer that cannot be read")),
        (
            Fault(acts=True, drops=True),
            Unknown(error="the connection ended (ServerDisconnectedError)"),
        ),
    ],
    ids=lambda value: getattr(value, "error", None),
)
async def test_what_becomes_of_a_message(
    channel: TelegramChannel, server: BotApiServer, fault: Fault, fate: Refused | Unknown
) -> None:
    server.person(OFFICER)
    server.goes_wrong(fault)
    assert await channel.send(TO, HELLO, 1) == fate


async def test_an_answer_that_does_not_come_leaves_the_fate_unknown(
    server: BotApiServer, officer: Person
) -> None:
    api = TelegramApi(settings_for(server), call_s=0.05)
    server.goes_wrong(Fault(acts=True, stalls=True))
    fate = await TelegramChannel(api).send(TO, HELLO, 1)
    await api.close()
    assert fate == Unknown(error="no answer in time")
    assert officer.sees == [HELLO.text]


async def test_what_never_left_this_machine_is_refused_and_may_go_again() -> None:
    api = TelegramApi(TelegramSettings(token=TOKEN, api="http://127.0.0.1:1"))
    fate = await TelegramChannel(api).send(TO, HELLO, 1)
    await api.close()
    assert fate == Refused(permanent=False, ours=False, error="cannot be reached")


async def test_a_chat_that_is_not_there_and_one_that_blocked_us(
    channel: TelegramChannel, officer: Person
) -> None:
    gone = await channel.send(Recipient(address="99"), HELLO, 1)
    assert gone == Refused(permanent=True, ours=False, error="400 chat not found")
    officer.blocks()
    blocked = await channel.send(TO, HELLO, 1)
    assert isinstance(blocked, Refused)
    assert blocked.permanent


async def test_errors_hold_neither_token_nor_words_nor_chat(
    channel: TelegramChannel, server: BotApiServer
) -> None:
    server.person(OFFICER)
    told = f'can\'t parse entities: unsupported start tag "Nguyễn Văn A" in chat {OFFICER}'
    server.goes_wrong(
        Fault.bad(told),
        Fault(status=400, description=f"Bad Request: odd {OFFICER} <Nguyễn> {TOKEN}"),
        Fault.broken(404),
    )
    for _ in range(3):
        fate = await channel.send(TO, HELLO, 1)
        assert isinstance(fate, Refused | Unknown)
        for secret in (TOKEN, TOKEN[-20:], "Nguyễn", str(OFFICER)):
            assert secret not in fate.error

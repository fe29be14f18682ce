"""`antt channels`: each channel, its people and its use; `antt channels test` tests the configured
channels.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.clock import SystemClock
from bot.commands.database import opened
from bot.commands.parser import Parser
from bot.commands.serve import checked
from bot.configured import Configured
from bot.settings import Settings
from bot.trying import Tried
from domain.channels import MAIL, TELEGRAM, WEB, ZALO
from domain.deadlines import local_date
from domain.messages import Lane
from locales import Words
from storage import Tx

DONE, NO = 0, 1

TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bot of one channel. `mode`: how messages are received, empty if there is one way only.
    `people` are reached there, `holds` is the most it may have; `used` of `limit` messages this
    month (Viet Nam).
    """

    channel: str
    bot: str
    on: bool
    mode: str
    people: int
    used: int
    limit: int | None
    holds: int | None = None


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("do", key="channels_do", nargs="?", choices=[TEST])
    parser.option("--db", key="db", metavar="DB")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """List them, or test every configured channel: 1 if one does not work."""
    config = checked(settings, None, words)
    if options.do == TEST:
        return _test(options, settings, config, words)
    with opened(options, settings, words) as store, store.read() as tx:
        rows = tuple(_rows(config, tx))
    if options.json:
        print(json.dumps([vars(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        print("\n".join(words.say("channel_check.line", row=row) for row in rows))
    return DONE


def _rows(config: Configured, tx: Tx) -> Iterator[Row]:
    yield _row(tx, WEB, on=True)
    zalo = config.zalo
    bots = {bot.name: zalo.monthly for bot in zalo.bots} if zalo is not None else {}
    # A bot that was removed from the settings is shown as long as people are linked to it.
    for bot in dict.fromkeys((*bots, *sorted(tx.bots.people(ZALO)))) or ("",):
        mode = zalo.mode.value if zalo is not None else ""
        holds = zalo.users if zalo is not None and bot in bots else None
        yield _row(tx, ZALO, bot, on=bot in bots, mode=mode, limit=bots.get(bot), holds=holds)
    telegram = config.telegram
    mode = telegram.mode.value if telegram is not None else ""
    yield _row(tx, TELEGRAM, on=telegram is not None, mode=mode)
    yield _row(tx, MAIL, on=config.mail is not None)


def _row(
    tx: Tx,
    channel: str,
    bot: str = "",
    *,
    on: bool,
    mode: str = "",
    limit: int | None = None,
    holds: int | None = None,
) -> Row:
    month = local_date(SystemClock().now()).replace(day=1)
    used = tx.usage.of(channel, bot, month)
    return Row(
        channel=channel,
        bot=bot,
        on=on,
        mode=mode if on else "",
        people=tx.bots.people(channel).get(bot, 0),
        used=used[Lane.REPLY] + used[Lane.NOTICE],
        limit=limit,
        holds=holds,
    )


def _test(options: argparse.Namespace, settings: Settings, config: Configured, words: Words) -> int:
    chat = None
    if config.telegram is not None and (options.db or settings.database):
        with opened(options, settings, words) as store, store.read() as tx:
            chat = tx.bots.some_address(TELEGRAM)
    tried = asyncio.run(_tried(config, chat))
    if options.json:
        rows = [vars(one) | {"ok": one.ok, "text": _sentence(one, words)} for one in tried]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif tried:
        for one in tried:
            print(words.say("channel_check.tried", ok=one.ok, text=_sentence(one, words)))
    else:
        print(words.say("channel_check.nothing"))
    return DONE if all(one.ok for one in tried) else NO


def _sentence(one: Tried, words: Words) -> str:
    return words.say("channel_check.sentence", **vars(one))


async def _tried(config: Configured, chat: str | None) -> list[Tried]:
    """Each channel's own check; libraries are imported only for configured channels."""
    tried: list[Tried] = []
    if config.zalo is not None:
        from bot.channels.zalo import check as check_zalo

        tried += await check_zalo(config.zalo)
    if config.telegram is not None:
        from bot.channels.telegram.check import check as check_telegram

        tried += await check_telegram(config.telegram, chat)
    if config.mail is not None:
        from bot.channels.mail import check as check_mail

        tried += await check_mail(config.mail)
    return tried

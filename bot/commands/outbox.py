"""`antt outbox`: waiting messages and messages that could not be sent."""

import argparse
import json

from bot.clock import SystemClock
from bot.commands.database import opened
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from domain.deadlines import VIETNAM
from locales import Words
from storage import Message, SendState, Tx

SHOWN = 100
"""Newest messages of each state; more is not readable in a terminal."""

FIRST_LINE = 70
"""Characters shown of a message."""

OPEN_STATES = (SendState.WAITING, SendState.FAILED, SendState.EXPIRED)


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--state", key="state", choices=[state.value for state in SendState])
    parser.option("--retry", key="retry", type=int, metavar="ID")
    parser.option("--drop", key="drop", type=int, metavar="ID")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """List, or change one message."""
    with opened(options, settings, words) as store, store.begin() as tx:
        if options.retry is not None or options.drop is not None:
            return _change(options, tx, words)
        states = (SendState(options.state),) if options.state else OPEN_STATES
        messages = [one for state in states for one in tx.outbox.listing(state, SHOWN)]
        rows = [(one, *_whose(one, tx)) for one in sorted(messages, key=lambda one: one.id)]
    if options.json:
        print(json.dumps([_as_json(*row) for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        print("\n".join(_as_text(*row, words) for row in rows))
    else:
        print(words.say("cli.outbox_empty"))
    return 0


def _change(options: argparse.Namespace, tx: Tx, words: Words) -> int:
    if options.retry is not None:
        number, done = options.retry, tx.outbox.retry(options.retry, SystemClock().now())
    else:
        number, done = options.drop, tx.outbox.drop(options.drop)
    if not done:
        raise Misuse(words.say("cli.outbox_unchanged", number=number))
    print(words.say("cli.outbox_changed", number=number))
    return 0


def _whose(message: Message, tx: Tx) -> tuple[str, str]:
    """The channel and the person's short name; not the address, which may be a telephone number."""
    address = tx.addresses.get(message.address_id)
    person = tx.people.get(address.person_id) if address is not None else None
    return (
        address.channel if address is not None else "?",
        person.handle if person is not None else "?",
    )


def _as_json(message: Message, channel: str, handle: str) -> dict[str, object]:
    return {
        "id": message.id,
        "state": message.state.value,
        "lane": message.lane.value,
        "to": handle,
        "channel": channel,
        "queued_at": message.queued_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        "attempts": message.attempts,
        "error": message.error,
        "text": message.outgoing.text,
    }


def _as_text(message: Message, channel: str, handle: str, words: Words) -> str:
    return words.say(
        "cli.outbox_line",
        message=message,
        channel=channel,
        handle=handle,
        text=message.outgoing.text.split("\n", 1)[0][:FIRST_LINE],
    )

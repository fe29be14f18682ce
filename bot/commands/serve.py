"""`antt serve`: runs the assistant as configured: the web chat, reminders, delivery."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.channels.web import WebSettingsError
from bot.clock import Clock, StartedClock, SystemClock
from bot.commands.database import opened, upgraded
from bot.commands.parser import Misuse, Parser, moment
from bot.configured import Configured, Misconfigured, configured
from bot.hooks_settings import HooksSettingsError
from bot.serving import Doorway, serve
from bot.settings import Settings, sources
from locales import Words
from storage import Store


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--port", key="port", type=int, metavar="PORT")
    parser.option("--at", key="serve_at", metavar="TIME")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Serve until stopped."""
    config = checked(settings, options.port, words)
    at = moment(options.at, words) if options.at else None
    upgraded(options, settings, words)
    store = opened(options, settings, words)
    clock = _clock(store, at, words)
    try:
        asyncio.run(serve(store, clock, config, announce=_announcer(words), warn=warner(words)))
    except (WebSettingsError, HooksSettingsError) as error:
        # Known only when listening starts: another program has the port.
        raise Misuse(str(error)) from None
    return 0


def _clock(store: Store, at: datetime | None, words: Words) -> Clock:
    """The machine's clock, or one that starts at `at`. Raises `Misuse` unless the database is a
    demo: in a real one, a wrong time would send reminders to people on the wrong day.
    """
    if at is None:
        return SystemClock()
    with store.read() as tx:
        is_demo = tx.about.is_demo()
    if not is_demo:
        store.close()
        raise Misuse(words.say("cli.serve_at_needs_demo"))
    return StartedClock(at)


def checked(settings: Settings, port: int | None, words: Words) -> Configured:
    """The settings, all valid. Raises `Misuse` with every problem, numbered."""
    try:
        return configured(settings, sources(os.environ), port=port)
    except Misconfigured as error:
        lines = [f"{number}. {one}" for number, one in enumerate(error.problems, start=1)]
        heading = words.say("running.settings_wrong", problems=len(lines))
        raise Misuse("\n".join((heading, *lines))) from None


def _announcer(words: Words) -> Callable[[str, Sequence[Doorway]], None]:
    def announce(address: str, doorways: Sequence[Doorway]) -> None:
        print(words.say("cli.serving", address=address))
        if doorways:
            print(words.say("cli.demo_links"))
        for door in doorways:
            print(words.say("cli.demo_link", person=door.person, link=door.link))
        print(words.say("cli.how_to_stop"), flush=True)

    return announce


def warner(words: Words) -> Callable[[str], None]:
    """Reports on standard error that the second listener is off; the web chat continues."""

    def warn(reason: str) -> None:
        print(words.say("running.hooks_off", reason=reason), file=sys.stderr)

    return warn

"""`antt serve`: the assistant with what is configured: the web chat, reminders, delivery."""

import argparse
import asyncio
from collections.abc import Callable, Sequence

from bot.channels.web import WebSettings, WebSettingsError, networks
from bot.clock import SystemClock
from bot.commands.database import opened
from bot.commands.parser import Misuse, Parser
from bot.serving import Doorway, serve
from bot.settings import Settings
from locales import Words


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--port", key="port", type=int, metavar="PORT")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Serve until told to stop."""
    try:
        web = web_settings(settings, options.port)
        store = opened(options, settings, words)
        asyncio.run(serve(store, SystemClock(), web, announce=_announcer(words)))
    except WebSettingsError as error:
        raise Misuse(str(error)) from None
    return 0


def web_settings(settings: Settings, port: int | None) -> WebSettings:
    """Where the web chat listens. Raises `WebSettingsError`."""
    try:
        configured = int(settings.web_port)
    except ValueError:
        raise WebSettingsError(f"web_port = {settings.web_port!r}: must be a number") from None
    return WebSettings(
        host=settings.web_host,
        port=configured if port is None else port,
        public_url=settings.web_public_url or None,
        proxies=networks(settings.web_proxies),
    )


def _announcer(words: Words) -> Callable[[str, Sequence[Doorway]], None]:
    def announce(address: str, doorways: Sequence[Doorway]) -> None:
        print(words.say("cli.serving", address=address))
        if doorways:
            print(words.say("cli.demo_links"))
        for door in doorways:
            print(words.say("cli.demo_link", person=door.person, link=door.link))
        print(words.say("cli.how_to_stop"), flush=True)

    return announce

"""`antt chat`: the conversation in a terminal."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bot.channels.terminal import NAME, JsonTerminal, Terminal
from bot.chat import Chat
from bot.clock import Clock
from bot.commands.database import clock_of, opened, person_of
from bot.commands.parser import Misuse, Parser
from bot.compose import House
from bot.settings import Settings
from bot.transcript import Recorder
from domain.messages import TEXT_LIMIT
from handlers.ground.library import Library
from locales import Words

LONGEST_LINE = 2 * TEXT_LIMIT
"""A longer line is refused as too long anyway; the rest of it need not be kept in memory."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--as", key="as", dest="handle", metavar="PERSON")
    parser.option("--stranger", key="stranger", metavar="NAME")
    parser.option("--at", key="at", metavar="TIME")
    parser.option("--json", key="chat_json", action="store_true")
    parser.option("--record", key="record", type=Path, metavar="FILE")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Run the conversation until the end of input."""
    if bool(options.handle) == bool(options.stranger):
        raise Misuse(words.say("cli.as_or_stranger"))
    if options.json and options.record:
        raise Misuse(words.say("cli.record_or_json"))
    clock = clock_of(options, words)
    with ExitStack() as stack:
        store = stack.enter_context(opened(options, settings, words))
        terminal = JsonTerminal(sys.stdout) if options.json else Terminal(sys.stdout)
        house = stack.enter_context(House.build(store, clock, {NAME: terminal}, Library()))
        chat = Chat(house, terminal, options.handle or options.stranger)
        if options.stranger and (known := chat.person()) is not None:
            name = options.stranger
            raise Misuse(words.say("cli.stranger_is_known", name=name, handle=known.handle))
        if options.handle and chat.connect(options.handle) is None:
            with store.begin() as tx:
                person_of(options.handle, tx, words)
        recorder = _recorder(options, clock, words, stack)
        runner = stack.enter_context(asyncio.Runner())
        try:
            _talk(chat, terminal, runner, recorder, words)
        except KeyboardInterrupt:
            # Users leave with Ctrl+C; everything they said is stored.
            print()
    return 0


def _talk(
    chat: Chat,
    terminal: Terminal,
    runner: asyncio.Runner,
    recorder: Recorder | None,
    words: Words,
) -> None:
    runner.run(chat.begin())
    if sys.stdin.isatty():
        # Scripts read only the replies to their lines; people need the open question.
        print(words.say("cli.how_to_leave"), end="\n\n")
        runner.run(chat.open())
    if recorder is not None and (waiting := terminal.taken()):
        recorder.step("! waiting", waiting)
    for line in _lines():
        if terminal.closed:
            raise BrokenPipeError
        runner.run(chat.say(line))
        shown = terminal.taken()
        if recorder is not None:
            recorder.step(f"> {line}", shown)


def _lines() -> Iterator[str]:
    """Each typed line, without its line end; empty ones are skipped, because no chat sends them."""
    while line := _read_line():
        if text := line.strip():
            yield text


def _read_line() -> str:
    if sys.stdin.isatty():
        import readline  # noqa: F401  gives `input` its line editing

        try:
            return input("> ") + "\n"
        except EOFError:
            print()
            return ""
    line = part = sys.stdin.readline(LONGEST_LINE)
    while part and not part.endswith("\n"):
        part = sys.stdin.readline(LONGEST_LINE)
    return line


def _recorder(
    options: argparse.Namespace, clock: Clock, words: Words, stack: ExitStack
) -> Recorder | None:
    if options.record is None:
        return None
    try:
        out = stack.enter_context(options.record.open("w", encoding="utf-8"))
    except OSError as error:
        raise Misuse(
            words.say("cli.cannot_write", path=str(options.record), reason=error.strerror)
        ) from None
    who = options.handle or options.stranger
    return Recorder(out, title=words.say("cli.recorded", who=who), person=who, at=clock.now())

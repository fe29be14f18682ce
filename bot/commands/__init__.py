"""The command line `antt`: one small module per command, loaded only when the command is called."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, TextIO, cast

from bot import errors, logs
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings, SettingsError, read_settings
from locales import Words

DONE, NO, MISUSE, BUG = 0, 1, 2, 70
"""Exit codes: done; the answer is no; misuse; a bug, logged with an id."""

COMMANDS = (
    "demo",
    "init",
    "serve",
    "chat",
    "ask",
    "due",
    "simulate",
    "check",
    "resolve",
    "read",
    "outbox",
    "channels",
    "invite",
    "people",
    "audit",
    "backup",
    "restore",
    "migrate",
)
"""Each is a module of this folder; in the order in which a new user needs them."""


class Command(Protocol):
    """The interface of a command module. Its texts are `cli.about_<name>` in `locales`."""

    def arguments(self, parser: Parser, words: Words) -> None:
        """Declare the options."""

    def run(self, options: argparse.Namespace, settings: Settings, words: Words) -> int:
        """Run it and return the exit code. Raises `Misuse` with a sentence for a wrong call."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        return _complain(str(error))
    logs.start(settings)
    words = Words(settings.locale)
    try:
        return _run(arguments, settings, words)
    except Misuse as error:
        return _complain(str(error))
    except SystemExit as end:  # argparse has printed its own message
        return end.code if isinstance(end.code, int) else MISUSE
    except BrokenPipeError:
        # The reader closed the pipe ("antt outbox | head"): this is not an error.
        _silence(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return _complain(words.say("cli.interrupted"))
    except Exception as error:
        if (sentence := _of_the_database(error, words)) is not None:
            return _complain(sentence)
        error_id = errors.report(error, action="command")
        _complain(words.say("cli.bug", error_id=error_id, log=logs.where(settings)))
        return BUG


def _run(arguments: list[str], settings: Settings, words: Words) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        print(_overview(words))
        return DONE if arguments else MISUSE
    if name not in COMMANDS:
        raise Misuse(words.say("cli.no_such_command", name=name, commands=COMMANDS))
    command = cast(Command, importlib.import_module(f"bot.commands.{name}"))
    parser = Parser(name, words)
    command.arguments(parser, words)
    code = command.run(parser.parse_args(arguments[1:]), settings, words)
    sys.stdout.flush()
    return code


def _of_the_database(error: Exception, words: Words) -> str | None:
    """The message for a database error, such as a lock held too long or a lost server; None for a
    bug.
    """
    # Imported here only: a database library takes longer to load than most commands run.
    from bot.commands.database import sentence
    from storage import Damaged, NotADatabase, Unavailable

    known = NotADatabase | Unavailable | Damaged
    return sentence(error, words) if isinstance(error, known) else None


def _overview(words: Words) -> str:
    width = max(map(len, COMMANDS))
    about = {name: words.say(f"cli.about_{name}").splitlines()[0] for name in COMMANDS}
    lines = [f"  {name:<{width}}  {line}" for name, line in about.items()]
    return words.say("cli.overview", commands="\n".join(lines))


def _complain(sentence: str) -> int:
    try:
        print(sentence, file=sys.stderr)
    except BrokenPipeError:
        _silence(sys.stderr)
    return MISUSE


def _speak_utf8() -> None:
    """Use UTF-8 for input and output, whatever the machine's language setting."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="replace")


def _silence(stream: TextIO) -> None:
    """Discard what Python flushes at exit, because otherwise it reports an error there."""
    try:
        descriptor = stream.fileno()
    except OSError:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)

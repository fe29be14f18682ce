"""Parses arguments: argparse with our sentences, and the types that commands share."""

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

from domain.deadlines import VIETNAM
from locales import Words


class Misuse(Exception):
    """The command was called wrongly; the text is the sentence that the user reads."""


_NEEDED = re.compile(r"the following arguments are required: (?P<what>.+)")
_EXPECTED = re.compile(r"argument (?P<what>.+): expected .+ arguments?")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<what>.+)")
_CHOICE = re.compile(
    r"argument (?P<what>.+): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)"
)

_NO_NUMBER = re.compile(r"argument (?P<what>.+): invalid (?:int|float) value: '(?P<value>.*)'")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose first word is in the reader's language, like the rest."""

    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,  # noqa: ARG002  argparse passes its English one
    ) -> None:
        """Begin with our word."""
        super().add_usage(usage, actions, groups, f"{self._usage} ")


class Parser(argparse.ArgumentParser):
    """argparse for one command, with errors in the reader's language."""

    def __init__(self, name: str, words: Words) -> None:
        super().__init__(
            prog=f"antt {name}",
            description=words.say(f"cli.about_{name}"),
            formatter_class=partial(_Help, usage=words.say("cli.heading_usage")),
            add_help=False,
            # "--rec" must not be accepted as "--record": it breaks when options are added.
            allow_abbrev=False,
        )
        self._words = words
        self._positionals.title = words.say("cli.heading_arguments")
        self._optionals.title = words.say("cli.heading_options")
        self.add_argument("-h", "--help", action="help", help=words.say("cli.option_help"))

    def option(self, *names: str, key: str, **more: object) -> None:
        """An argument that the sentence `cli.option_<key>` explains."""
        add: Callable[..., argparse.Action] = self.add_argument
        add(*names, help=self._words.say(f"cli.option_{key}"), **more)

    def error(self, message: str) -> NoReturn:
        """An error of argparse, in our words. Raises `Misuse`."""
        say = self._words.say
        for pattern, sentence in (
            (_NEEDED, "cli.argument_needed"),
            (_EXPECTED, "cli.argument_empty"),
            (_UNKNOWN, "cli.argument_unknown"),
            (_CHOICE, "cli.argument_choice"),
            (_NO_NUMBER, "cli.argument_number"),
        ):
            if found := pattern.fullmatch(message):
                # argparse shows values as Python writes them, in quotes.
                told = {name: value.replace("'", "") for name, value in found.groupdict().items()}
                raise Misuse(say(sentence, command=self.prog, **told))
        raise Misuse(say("cli.argument_wrong", command=self.prog, message=message))


FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years in which the clock may be fixed: no known document is older, and the calendar of Python
ends far after them.
"""


def moment(text: str, words: Words) -> datetime:
    """An ISO 8601 time; without an offset it is Vietnamese time. Raises `Misuse`, also for a year
    in which days before or after it could not be computed.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(words.say("cli.not_a_moment", text=text)) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise Misuse(words.say("cli.moment_too_far", first=FIRST_YEAR, last=LAST_YEAR))
    return at if at.tzinfo is not None else at.replace(tzinfo=VIETNAM)


def day(text: str, words: Words) -> date:
    """An ISO 8601 date. Raises `Misuse`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misuse(words.say("cli.not_a_day", text=text)) from None


def existing(path: Path, words: Words) -> Path:
    """The path of an existing file. Raises `Misuse`."""
    if not path.is_file():
        raise Misuse(words.say("cli.no_such_file", path=str(path)))
    return path

"""`antt migrate`: migrate a database to the version of this program, after a copy."""

import argparse

from bot.commands.database import opened, upgraded
from bot.commands.parser import Parser
from bot.settings import Settings
from locales import Words


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--copied", key="copied", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Migrate and print the name of the copy."""
    done = upgraded(options, settings, words, copied=options.copied)
    with opened(options, settings, words) as store:
        if done is None:
            print(words.say("back.no_upgrade_needed", place=store.place))
    return 0

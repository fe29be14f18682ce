"""`antt check`: checks everything that is read at start, and reports all problems at once."""

import argparse
import os
from collections.abc import Iterator

from bot import checks
from bot.commands.database import opened
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from handlers.ground.library import Library
from locales import Words
from locales.check import count_sentences
from packs import UnknownPackError, pack_ids

NO = 1


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("packs", key="packs", nargs="*", metavar="PACK")
    parser.option("--verdicts", key="verdicts", action="store_true")
    parser.option("--db", key="db", metavar="DB")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Print every problem, numbered; 1 if there is any."""
    if options.verdicts and not (options.db or settings.database):
        raise Misuse(words.say("cli.verdicts_need_db"))
    count = 0
    try:
        for count, found in enumerate(_all(options, settings, words), start=1):
            print(
                words.say(
                    "cli.check_problem",
                    number=count,
                    file=found.file,
                    line=found.line,
                    text=found.text,
                )
            )
    except UnknownPackError as error:
        raise Misuse(
            words.say("cli.no_such_pack_or_file", pack=error.pack_id, known=error.known)
        ) from None
    if count:
        print(words.say("cli.check_found", problems=count))
        return NO
    print(words.say("cli.check_fine", things=_things(options, words)))
    return 0


def _all(options: argparse.Namespace, settings: Settings, words: Words) -> Iterator[checks.Found]:
    yield from checks.packs(options.packs or pack_ids(), words)
    if not options.packs:
        yield from checks.units(words)
        yield from checks.holidays(words)
        yield from checks.sentences(words)
        yield from checks.installed(settings, os.environ)
    if options.verdicts:
        with opened(options, settings, words) as store:
            yield from checks.verdicts(store, Library(), words)


def _things(options: argparse.Namespace, words: Words) -> list[str]:
    things = [words.say("cli.thing_packs", n=len(options.packs or pack_ids()))]
    if not options.packs:
        things += [
            words.say("cli.thing_units"),
            words.say("cli.thing_holidays"),
            words.say("cli.thing_sentences", n=count_sentences()),
            words.say("running.thing_settings"),
        ]
    if options.verdicts:
        things.append(words.say("cli.thing_verdicts"))
    return things

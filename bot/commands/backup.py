"""`antt backup`: a copy of an SQLite database while the assistant runs."""

import argparse
from pathlib import Path

from bot.commands.database import database_of, opened, sentence
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from locales import Words
from storage import StorageError, copy_sqlite


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--to", key="backup_to", required=True, type=Path, dest="target", metavar="FILE")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Copy, beside the place first, so that what stands there is always whole."""
    target: Path = options.target
    with opened(options, settings, words) as store:
        if not store.url.startswith("sqlite"):
            raise Misuse(
                words.say(
                    "cli.only_sqlite", command="antt backup", instead="pg_dump --format=custom"
                )
            )
    if target.exists():
        raise Misuse(words.say("cli.backup_exists", path=str(target)))
    new = target.with_name(f"{target.name}.new")
    try:
        new.unlink(missing_ok=True)
        copy_sqlite(database_of(options, settings, words), new)
        new.replace(target)
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    except OSError as error:
        raise Misuse(
            words.say("cli.cannot_write", path=str(target), reason=error.strerror or str(error))
        ) from None
    print(words.say("cli.backup_done", path=str(target)))
    return 0

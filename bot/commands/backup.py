"""`antt backup`: a copy of an SQLite database while the assistant runs.

The database may have another version than this program: it is copied unchanged. The copy is
checked, and a damaged one is not kept.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.database import database_of, sentence
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from locales import Words
from storage import Damaged, NotADatabase, Problem, StorageError, copy_sqlite

NO = 1
"""Exit code: there is no copy that could be restored."""

COUNTED = ("person", "assessment", "answer", "occurrence", "outbox")
"""Tables whose row counts are useful to an operator."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--to", key="backup_to", required=True, type=Path, dest="target", metavar="FILE")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Copy to a temporary name next to the target first, so that the target is always complete."""
    target: Path = options.target
    database = database_of(options, settings, words)
    if "://" in database and not database.startswith("sqlite"):
        raise Misuse(
            words.say("cli.only_sqlite", command="antt backup", instead="pg_dump --format=custom")
        )
    if target.exists():
        raise Misuse(words.say("cli.backup_exists", path=str(target)))
    new = target.with_name(f"{target.name}.new")
    try:
        new.unlink(missing_ok=True)
        copied = copy_sqlite(database, new)
        new.replace(target)
    except Damaged as error:
        return _damaged(database, error.faults, words)
    except NotADatabase as error:
        if error.problem is Problem.DAMAGED:
            return _damaged(database, (), words)
        raise Misuse(sentence(error, words)) from None
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    except OSError as error:
        raise Misuse(
            words.say("cli.cannot_write", path=str(target), reason=error.strerror or str(error))
        ) from None
    rows = {name: copied.rows.get(name, 0) for name in COUNTED}
    print(words.say("back.backup_done", path=str(target), revision=copied.revision, rows=rows))
    return 0


def _damaged(place: str, faults: Sequence[str], words: Words) -> int:
    told = words.say("back.backup_damaged", place=place, faults=list(faults))
    print(told, file=sys.stderr)
    return NO

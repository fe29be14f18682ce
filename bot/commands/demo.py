"""`antt demo`: a database for trying out the assistant."""

import argparse
import time
from contextlib import suppress
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.database import sentence
from bot.commands.parser import Misuse, Parser
from bot.commands.people import described
from bot.demo import build_demo
from bot.settings import Settings
from locales import Words
from storage import FileLock, StorageError, Store

BESIDE = ("", "-wal", "-shm", "-revoked")
"""SQLite has two files next to its own, we have a third; a new database must not use old ones."""

LOCK = "-lock"
"""Stays next to a database; removed only for a temporary one that was renamed."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="demo_db", required=True, metavar="FILE")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:  # noqa: ARG001
    """Make it under a temporary name next to the target first, so that an interrupted start leaves
    no incomplete database.
    """
    if "://" in options.db:
        raise Misuse(words.say("cli.demo_url", url=options.db))
    path = Path(options.db)
    if path.exists() and not _is_demo(path):
        raise Misuse(words.say("cli.demo_exists", path=str(path)))
    if not path.absolute().parent.is_dir():
        raise Misuse(words.say("cli.no_such_folder", path=str(path.parent)))
    begun = time.perf_counter()
    _build(path, words)
    seconds = f"{time.perf_counter() - begun:.1f}"
    with Store(str(path)) as store, store.read() as tx:
        people = [described(one, tx, words) for one in tx.people.all() if one.posts]
    print(words.say("cli.demo_done", path=str(path), seconds=seconds, people=people))
    return 0


def _is_demo(path: Path) -> bool:
    with suppress(StorageError), Store(str(path)) as store, store.read() as tx:
        return tx.about.is_demo()
    return False


def _build(path: Path, words: Words) -> None:
    new = path.with_name(f"{path.name}.new")
    try:
        _remove(new)
        build_demo(str(new), SystemClock().now())
        with FileLock.alone(path):
            _remove(path)
            new.replace(path)
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    except OSError as error:
        raise Misuse(
            words.say("cli.cannot_write", path=str(path), reason=error.strerror or str(error))
        ) from None
    finally:
        with suppress(OSError):
            _remove(new, LOCK)


def _remove(path: Path, *more: str) -> None:
    for suffix in (*BESIDE, *more):
        path.with_name(path.name + suffix).unlink(missing_ok=True)

"""The database of a command: found, opened, or refused with a sentence."""

import argparse
from pathlib import Path

from bot.clock import Clock, FixedClock, SystemClock
from bot.commands.parser import Misuse, moment
from bot.compose import open_store
from bot.settings import Settings
from domain.people import Person
from locales import Words
from storage import (
    Damaged,
    NotADatabase,
    NotCopied,
    Problem,
    StorageError,
    Store,
    Tx,
    Unavailable,
    Upgraded,
    upgrade,
)

KNOWN_SHOWN = 20
"""Short names shown after a mistyped one: one screen, not all people."""

_OLDER = "older"
"""Problem.NEEDS_MIGRATION of a database that has tables: it has its own sentence."""


def database_of(options: argparse.Namespace, settings: Settings, words: Words) -> str:
    """`--db`, else the setting. Raises `Misuse` if there is neither."""
    database: str = options.db or settings.database
    if not database:
        raise Misuse(words.say("cli.database_needed"))
    return database


def opened(
    options: argparse.Namespace, settings: Settings, words: Words, *, put_back: bool = True
) -> Store:
    """The store of a command. `put_back`: if the database is a restored older copy, apply the later
    revocations again. Raises `Misuse`.
    """
    database = database_of(options, settings, words)
    folder = Path(settings.data_folder)
    try:
        if not put_back:
            return Store(database, data_folder=folder)
        return open_store(database, SystemClock().now(), data_folder=folder)
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None


def upgraded(
    options: argparse.Namespace, settings: Settings, words: Words, *, copied: bool = False
) -> Upgraded | None:
    """Migrate the database to this version after a copy, and report both; None if it already has
    this version. Raises `Misuse`.
    """
    try:
        done = upgrade(database_of(options, settings, words), SystemClock().now(), copied=copied)
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    if done is not None:
        copy = None if done.copy is None else str(done.copy)
        print(words.say("back.upgraded", before=done.before, after=done.after, copy=copy))
    return done


def sentence(error: StorageError, words: Words) -> str:
    """The problem of a database, in the reader's language."""
    match error:
        case NotADatabase(problem=problem, place=place, found=found, wanted=wanted):
            kind = _OLDER if problem is Problem.NEEDS_MIGRATION and found else problem.value
            return words.say(
                "cli.database_problem", problem=kind, place=place, found=found, wanted=wanted
            )
        case NotCopied(place=place):
            return words.say("back.copy_it_first", place=place)
        case Damaged(place=place, faults=faults):
            return words.say("back.damaged", place=place, faults=faults)
        case Unavailable(place=place, why=why):
            return words.say("cli.database_unavailable", place=place, why=why)
        case _:
            return str(error)


def clock_of(options: argparse.Namespace, words: Words) -> Clock:
    """A clock fixed at `--at`, else the machine's. Raises `Misuse`."""
    return FixedClock(moment(options.at, words)) if options.at else SystemClock()


def person_of(handle: str, tx: Tx, words: Words) -> Person:
    """The person named by `--as`. Raises `Misuse`, which lists some existing people."""
    person = tx.people.by_handle(handle)
    if person is None:
        known = [one.handle for one in tx.people.all()[:KNOWN_SHOWN]]
        raise Misuse(words.say("cli.no_such_person", handle=handle, known=known))
    return person

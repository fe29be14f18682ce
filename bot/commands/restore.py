"""`antt restore`: replaces the database with a copy, after saying what this loses.

1 no process has the database open, 2 the copy is complete, 3 the command shows what the copy
contains and what will be lost, and the person agrees, 4 the copy is prepared next to the database:
later revocations are applied to it, and people whose answers are lost are told, 5 the old files are
moved aside, and the new one takes their place. Before step 5 nothing has changed.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.database import database_of, opened, sentence
from bot.commands.parser import Misuse, Parser, existing
from bot.compose import open_store
from bot.settings import Settings
from handlers.ground.library import Library
from handlers.ground.notices import tell
from handlers.understanding.agreement import agrees
from locales import Words
from storage import (
    HEAD,
    Applied,
    Contents,
    FileLock,
    InUse,
    LostAnswers,
    NotADatabase,
    Problem,
    StorageError,
    Store,
    Tx,
    contents,
    copy_sqlite,
    last_moment,
    losses,
    put_in_place,
    remove,
)

NO = 1
"""Exit code: the person did not agree, and nothing was changed."""

NAMES_SHOWN = 20
"""Answers or names in one line: a screen full of them says no more than their number."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("copy", key="restore_copy", nargs="?", type=Path, metavar="COPY")
    parser.option("--db", key="db", metavar="DB")
    parser.option("--yes", key="restore_yes", action="store_true")
    parser.option("--after", key="restore_after", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Restore the copy, or apply the revocations to a copy that was restored by other means."""
    database = database_of(options, settings, words)
    if options.after == (options.copy is not None):
        raise Misuse(words.say("back.copy_or_after"))
    if options.after:
        return _after(options, settings, words)
    if "://" in database:
        if not database.startswith("sqlite:///"):
            raise Misuse(words.say("back.restore_elsewhere"))
        database = database.removeprefix("sqlite:///")
    try:
        return _restore(Path(database), existing(options.copy, words), options, words)
    except InUse as error:
        raise Misuse(words.say("back.in_use", place=error.place)) from None
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(words.say("cli.cannot_write", path=database, reason=reason)) from None


def _restore(file: Path, copy: Path, options: argparse.Namespace, words: Words) -> int:
    now = SystemClock().now()
    if file.exists() and copy.samefile(file):
        raise Misuse(words.say("back.copy_is_it", path=str(copy)))
    with suppress(NotADatabase):
        # The newest revocations of the database may not be in the file yet.
        _complete(file, now)
    with FileLock.alone(file):
        held = _checked(copy)
        lost = losses(file, copy) if file.exists() else None
        print(_in_the_copy(copy, held, words))
        if lost is not None:
            told = words.say("back.losses", lost=lost, place=str(file), shown=NAMES_SHOWN)
        else:
            key = "back.losses_unknown" if file.exists() else "back.nothing_there"
            told = words.say(key, place=str(file))
        print(told, flush=True)
        if not options.yes and not _agreed(words):
            print(words.say("back.not_restored"))
            return NO
        gone = lost.answers if lost is not None else ()
        applied, told_to = None, 0
        new = file.with_name(f"{file.name}.new")
        try:
            remove(new)
            copy_sqlite(str(copy), new)
            if held.revision == HEAD:
                applied, told_to = _made_ready(new, file, copy, gone, now)
            moved = put_in_place(new, file, now)
        finally:
            remove(new, "-lock")
    print(words.say("back.restored", place=str(file), moved=[str(one) for one in moved]))
    if held.revision != HEAD:
        print(words.say("back.restored_older", place=str(file), revision=held.revision))
        return 0
    print(_told(applied, told_to, words))
    _complete(file, now)
    return 0


def _complete(file: Path, now: datetime) -> None:
    """Synchronise the database and its file of revocations. Raises InUse, and NotADatabase for one
    of another version or a damaged one.
    """
    if file.exists():
        open_store(str(file), now).close()


def _checked(copy: Path) -> Contents:
    """The content of the copy. Raises `StorageError` if it cannot replace the database."""
    held = contents(copy)
    place = str(copy)
    if held.revision is None:
        raise NotADatabase(Problem.NEEDS_MIGRATION, place, found=None, wanted=HEAD)
    if held.revision > HEAD:
        raise NotADatabase(Problem.NEWER, place, found=held.revision, wanted=HEAD)
    return held


def _in_the_copy(copy: Path, held: Contents, words: Words) -> str:
    return words.say(
        "back.copy_holds",
        path=str(copy),
        revision=held.revision,
        until=last_moment(copy),
        rows={name: held.rows.get(name, 0) for name in ("person", "assessment", "answer")},
    )


def _agreed(words: Words) -> bool:
    print(words.say("back.agree"), end=" ", flush=True)
    return agrees(sys.stdin.readline())


def _made_ready(
    new: Path, file: Path, copy: Path, gone: Sequence[LostAnswers], now: datetime
) -> tuple[Applied | None, int]:
    """Apply the revocations again, and tell people which of their answers are lost; returns what
    changed and how many people are told.
    """
    with Store(str(new), instead_of=file) as store:
        applied = store.apply_revocations(now, certainly_put_back=True)
        with store.begin() as tx:
            tx.audit.record(now, None, "restored", "database", copy.name)
            library = Library()
            told = sum(_tell(one, tx, library, now) for one in gone)
    return applied, told


def _tell(gone: LostAnswers, tx: Tx, library: Library, now: datetime) -> int:
    """Tell a person which of their answers are lost; returns whether a message was queued."""
    person = tx.people.get(gone.person_id)
    if person is None or person.handle != gone.handle or not person.posts:
        return 0
    return tell(
        (person,),
        lambda words: words.say("back.answers_gone", lost=gone),
        once=f"restored:{now.isoformat()}:{gone.unit}:{gone.year}",
        tx=tx,
        library=library,
        now=now,
    )


def _after(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """A copy was restored by other means: by PostgreSQL's tools, or by hand."""
    with opened(options, settings, words, put_back=False) as store:
        applied = store.apply_revocations(SystemClock().now(), certainly_put_back=True)
        store.complete_revocations()
    print(_told(applied, 0, words))
    return 0


def _told(applied: Applied | None, told_to: int, words: Words) -> str:
    return words.say("back.applied", applied=applied or Applied(), told=told_to)

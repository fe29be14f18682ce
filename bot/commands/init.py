"""`antt init`: a real database for one province, with its first administrator."""

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot import settings_file
from bot.clock import SystemClock
from bot.commands.database import database_of, sentence
from bot.commands.parser import Misuse, Parser
from bot.founding import Founded, found, is_empty
from bot.settings import Settings
from domain.obligations import LegalDocument
from domain.units import Structure, Unit, UnitId
from handlers.documents.code_sheet import join_link
from handlers.documents.people_in import HANDLE_LIMIT, NAME_LIMIT, as_handle
from handlers.ground.library import Library
from handlers.understanding.text import plain, tidy
from locales import Words
from packs import pack_ids
from storage import NotADatabase, Problem, StorageError, Store, current_revision, migrate

HANDLE = "quan-tri"
NEAREST = 5
"""Provinces listed after a mistyped one."""

_ORIGIN = re.compile(r"(?:https://[^\s/?#@]+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?)/?")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The settings of the new database."""

    province: Unit
    documents: tuple[str, ...]
    handle: str
    name: str
    origin: str


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="init_db", metavar="DB")
    parser.option("--province", key="init_province", metavar="PROVINCE")
    parser.option("--structure", key="structure", metavar="STRUCTURE")
    parser.option("--pack", key="init_pack", nargs="*", metavar="ID")
    parser.option("--handle", key="init_handle", default=HANDLE, metavar="PERSON")
    parser.option("--name", key="init_name", metavar="NAME")
    parser.option("--public-url", key="init_url", metavar="URL")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Make it and print the administrator's link once."""
    database = database_of(options, settings, words)
    _refuse_existing(database, words)
    library = Library()
    wish = _wish(options, settings, library, words)
    founded = _founded(database, wish, library, words)
    file = _settings_path(database)
    try:
        wrote = settings_file.write(file, _settings(database, options.public_url))
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(words.say("init.no_settings_file", path=str(file), reason=reason)) from None
    print(
        words.say(
            "init.done",
            province=words.say("common.unit", kind=wish.province.kind, name=wish.province.name),
            units=founded.units - 1,
            handle=founded.administrator.handle,
            link=join_link(wish.origin, founded.code),
            code=founded.code,
            until=founded.until,
            settings=str(file),
            wrote=wrote,
        )
    )
    return 0


def _refuse_existing(database: str, words: Words) -> None:
    """Only a new or an empty database is filled; one that holds data is not changed."""
    is_url = "://" in database
    if not is_url and not Path(database).exists():
        return
    try:
        if current_revision(database) is None:
            return
        with Store(database) as store, store.read() as tx:
            if is_empty(tx):
                return
    except NotADatabase as error:
        if error.problem is not Problem.NEEDS_MIGRATION:
            raise Misuse(sentence(error, words)) from None
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    raise Misuse(words.say("init.database_exists", place=_place(database)))


def _wish(options: argparse.Namespace, settings: Settings, library: Library, words: Words) -> Wish:
    structure = _structure(_given(options.structure, "init.ask_structure", words, "2026"), words)
    province = _province(_given(options.province, "init.ask_province", words), structure, words)
    documents = _documents(options.pack, province, library, words)
    handle = as_handle(options.handle)
    if not handle or len(handle) > HANDLE_LIMIT:
        raise Misuse(words.say("init.handle_wrong", handle=options.handle, limit=HANDLE_LIMIT))
    name = tidy(_given(options.name, "init.ask_name", words, words.say("init.some_name")))
    if not name or len(name) > NAME_LIMIT:
        raise Misuse(words.say("init.name_wrong", limit=NAME_LIMIT))
    origin = options.public_url or f"http://127.0.0.1:{settings.web_port}"
    if _ORIGIN.fullmatch(origin) is None:
        raise Misuse(words.say("init.url_wrong", url=origin))
    return Wish(
        province=province,
        documents=documents,
        handle=handle,
        name=name,
        origin=origin.rstrip("/"),
    )


def _given(option: str | None, question: str, words: Words, default: str = "") -> str:
    """An option, else the answer to a question if the input is a terminal."""
    if option is not None:
        return option
    if sys.stdin.isatty():
        with suppress(EOFError):
            typed = input(f"{words.say(question, default=default)} ").strip()
            return typed or default
    if default:
        return default
    raise Misuse(words.say(f"{question}_needed"))


def _structure(text: str, words: Words) -> Structure:
    try:
        return Structure(text.strip())
    except ValueError:
        known = ", ".join(one.value for one in Structure)
        raise Misuse(words.say("init.structure_wrong", text=text, known=known)) from None


def _province(text: str, structure: Structure, words: Words) -> Unit:
    """A province by its code or name; with or without diacritics, with or without "tỉnh"."""
    provinces = Library().book(structure).provinces
    wanted = plain(text)
    for prefix in ("tinh ", "thanh pho ", "tp "):
        wanted = wanted.removeprefix(prefix)
    found = [one for one in provinces if wanted in (one.code, plain(one.name))]
    if len(found) == 1:
        return found[0]
    by_name = {plain(one.name): one for one in provinces}
    near = difflib.get_close_matches(wanted, by_name, n=NEAREST, cutoff=0.5)
    nearest = [f"{by_name[one].name} ({by_name[one].code})" for one in near]
    known = [f"{one.name} ({one.code})" for one in provinces]
    raise Misuse(
        words.say(
            "init.no_such_province",
            text=text,
            structure=structure.value,
            nearest=nearest or known,
        )
    )


def _documents(
    wanted: Sequence[str] | None, province: Unit, library: Library, words: Words
) -> tuple[str, ...]:
    """Ids of packs. A pack of another province gives a warning: this province may apply it."""
    own = [one for one in pack_ids() if _is_own(library.pack(one).document, province, library)]
    if wanted is None:
        wanted = _given(None, "init.ask_packs", words, " ".join(own) or "-").split()
        wanted = [one for one in wanted if one != "-"]
    for one in wanted:
        if one not in pack_ids():
            raise Misuse(words.say("init.no_such_pack", pack=one, known=pack_ids()))
        if one not in own:
            document = library.pack(one).document
            name = words.say("common.unit", kind=province.kind, name=province.name)
            warning = words.say("init.pack_of_other", title=document.title, province=name)
            print(warning, file=sys.stderr)
    return tuple(dict.fromkeys(wanted))


def _is_own(document: LegalDocument, province: Unit, library: Library) -> bool:
    structure = Structure(document.structure)
    origins = library.successions().origins(province.id, structure)
    return UnitId(structure, document.province) in (*origins.units, province.id)


def _founded(database: str, wish: Wish, library: Library, words: Words) -> Founded:
    try:
        if "://" not in database:
            Path(database).absolute().parent.mkdir(parents=True, exist_ok=True)
        migrate(database)
        with Store(database) as store, store.begin() as tx:
            return found(
                tx,
                wish.province,
                wish.documents,
                handle=wish.handle,
                name=wish.name,
                origin=wish.origin,
                library=library,
                now=SystemClock().now(),
            )
    except StorageError as error:
        raise Misuse(sentence(error, words)) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(words.say("cli.cannot_write", path=database, reason=reason)) from None


def _settings(database: str, public_url: str | None) -> dict[str, str]:
    """The values that differ from the defaults. The proxy is assumed on the same machine until the
    file is changed.
    """
    values = {"database": _absolute(database)}
    if public_url and public_url.startswith("https://"):
        values |= {"web_public_url": public_url.rstrip("/"), "web_proxies": "127.0.0.1"}
    return values


def _settings_path(database: str) -> Path:
    """Next to an SQLite file; in the working folder for a database elsewhere."""
    if "://" in database:
        return Path.cwd() / settings_file.NAME
    return Path(database).absolute().with_name(settings_file.NAME)


def _absolute(database: str) -> str:
    return database if "://" in database else str(Path(database).absolute())


def _place(database: str) -> str:
    """The database's name in messages: never with its password."""
    return re.sub(r"://[^@/]*@", "://…@", database)

"""`antt invite`: a one-time code for a role at a unit."""

import argparse
import re
from datetime import timedelta

from bot.clock import SystemClock
from bot.commands.database import opened, person_of
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from domain.people import Person, Post, Role
from domain.units import UnitId, UnitIdError
from handlers.ground.new_codes import new_code
from handlers.subjects.setup.text import HANDLE
from handlers.understanding.screening import forbidden_in
from locales import LOCALES, Words
from storage import Tx

DAYS = 7
"""A code that was not used for a week is probably lost."""

MOST_DAYS = 90


def arguments(parser: Parser, words: Words) -> None:
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--as", key="as", dest="by", required=True, metavar="ADMINISTRATOR")
    parser.option("--handle", key="handle", required=True, metavar="PERSON")
    parser.option("--name", key="name", metavar="NAME")
    parser.option("--role", key="role", required=True, choices=[role.value for role in Role])
    parser.option("--unit", key="unit", required=True, metavar=words.say("cli.unit_metavar"))
    parser.option("--days", key="days", type=int, default=DAYS, metavar="N")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Make the code and print it once."""
    if not 0 < options.days <= MOST_DAYS:
        raise Misuse(words.say("cli.days_wrong", most=MOST_DAYS))
    _check_names(options.handle, options.name, words)
    now = SystemClock().now()
    until = now + timedelta(days=options.days)
    code = new_code()
    with opened(options, settings, words) as store, store.begin() as tx:
        by = person_of(options.by, tx, words)
        post = Post(role=Role(options.role), unit=_unit_id(options.unit, words))
        unit = tx.visible_to(by).unit(post.unit)
        if not by.holds(Role.ADMINISTRATOR) or unit is None:
            raise Misuse(words.say("cli.may_not_invite", handle=by.handle, unit=str(post.unit)))
        person = _invited(options, tx, words)
        tx.invitations.withdraw_of(person.id, now)
        tx.invitations.invite(person.id, post, tx.invitations.hash(code), until)
        detail = f"{post.role.value} {post.unit}"
        tx.audit.record(now, by.id, "invited", f"person:{person.id}", detail)
    print(
        words.say(
            "cli.invited",
            name=person.name,
            role=words.say("common.role", role=post.role),
            unit=words.say("common.unit", kind=unit.kind, name=unit.name),
            code=code,
            until=until,
        )
    )
    return 0


def _check_names(handle: str, name: str | None, words: Words) -> None:
    """Names are stored and shown: a short name must be usable in commands, and neither may contain
    what may not be stored (telephone and identity numbers).
    """
    if re.fullmatch(HANDLE, handle) is None:
        raise Misuse(words.say("cli.handle_wrong", handle=handle))
    if any(forbidden_in(text) is not None for text in (handle, name or "")):
        raise Misuse(words.say("cli.name_forbidden"))


def _unit_id(text: str, words: Words) -> UnitId:
    try:
        return UnitId.parse(text)
    except UnitIdError:
        raise Misuse(words.say("cli.no_such_unit", text=text)) from None


def _invited(options: argparse.Namespace, tx: Tx, words: Words) -> Person:
    """The person of this short name, added without a post if there is none."""
    known = tx.people.by_handle(options.handle)
    if known is not None:
        return known
    if not options.name:
        raise Misuse(words.say("cli.name_needed", handle=options.handle))
    return tx.people.add(handle=options.handle, name=options.name, locale=LOCALES[0])

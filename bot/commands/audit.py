"""`antt audit`: who read or changed what."""

import argparse
import json

from bot.commands.database import opened
from bot.commands.parser import Misuse, Parser
from bot.settings import Settings
from domain.deadlines import VIETNAM
from locales import Words

LAST = 50
MOST = 10_000
"""Lines of one listing; for more, an operator searches a backup."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--as", key="audit_as", dest="handle", metavar="PERSON")
    parser.option("--last", key="last", type=int, default=LAST, metavar="N")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """List the newest entries, the oldest of them first."""
    if not 0 < options.last <= MOST:
        raise Misuse(words.say("cli.last_wrong", most=MOST))
    with opened(options, settings, words) as store, store.begin() as tx:
        handles = {person.id: person.handle for person in tx.people.all()}
        wanted = {handle: person for person, handle in handles.items()}
        if options.handle and options.handle not in wanted:
            raise Misuse(words.say("cli.no_such_person", handle=options.handle, known=()))
        entries = tx.audit.listing(person_id=wanted.get(options.handle), limit=options.last)
    rows = [
        {
            "at": entry.at.astimezone(VIETNAM).isoformat(timespec="seconds"),
            "who": "-" if entry.person_id is None else handles.get(entry.person_id, "?"),
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
        }
        for entry in reversed(entries)
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        print("\n".join("  ".join(filter(None, row.values())) for row in rows))
    else:
        print(words.say("cli.list_empty"))
    return 0

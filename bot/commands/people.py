"""`antt people`: the people who joined or are invited, and their roles."""

import argparse
import json

from bot.commands.database import opened
from bot.commands.parser import Parser
from bot.settings import Settings
from domain.people import Person, Post
from handlers.ground.linking import mine
from locales import Words
from storage import Tx


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """List them, oldest first."""
    with opened(options, settings, words) as store, store.begin() as tx:
        rows = [described(person, tx, words) for person in tx.people.all()]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        print("\n".join(words.say("cli.person_line", person=row) for row in rows))
    else:
        print(words.say("cli.list_empty"))
    return 0


def described(person: Person, tx: Tx, words: Words) -> dict[str, object]:
    """A person as `--json` shows them."""
    return {
        "handle": person.handle,
        "name": person.name,
        "locale": person.locale,
        "posts": [_post(post, tx, words) for post in person.posts],
        # Only the channel's name: an address may be a telephone number.
        "channels": sorted({one.channel for one in mine(tx, person)}),
    }


def _post(post: Post, tx: Tx, words: Words) -> dict[str, str]:
    unit = tx.units.get(post.unit)
    name = words.say("common.unit", kind=unit.kind, name=unit.name) if unit else str(post.unit)
    return {
        "role": post.role.value,
        "role_name": words.say("common.role", role=post.role),
        "unit": str(post.unit),
        "unit_name": name,
    }

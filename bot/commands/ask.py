"""`antt ask`: one question, one answer."""

import argparse
import json

from bot.channels.terminal import Terminal
from bot.commands.database import clock_of, opened, person_of
from bot.commands.parser import Parser
from bot.commands.unit_codes import unit_code
from bot.settings import Settings
from domain.units import Unit
from handlers import Library, Reply, ask
from locales import Words
from scheduling.fit import fit


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("text", key="text", metavar="TEXT")
    parser.option("--db", key="db", metavar="DB")
    parser.option("--as", key="as", dest="handle", required=True, metavar="PERSON")
    parser.option("--at", key="at", metavar="TIME")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Print the answer."""
    clock = clock_of(options, words)
    library = Library()
    with opened(options, settings, words) as store, store.begin() as tx:
        person = person_of(options.handle, tx, words)
        reply = ask(person, options.text, tx, clock.now(), library)
        units = tuple(filter(None, map(tx.units.get, reply.units)))
    if options.json:
        print(json.dumps(_as_json(reply, units), ensure_ascii=False))
    else:
        pieces = fit(reply.outgoing(), Terminal.abilities, library.words(person.locale))
        print("\n".join(piece.text for piece in pieces))
    return 0


def _as_json(reply: Reply, units: tuple[Unit, ...]) -> dict[str, object]:
    recipe = reply.attachment
    return {
        "intent": reply.intent.value,
        "units": [unit_code(unit) for unit in units],
        "period": reply.period,
        "text": reply.text,
        "figures": dict(reply.figures),
        "attachment": None
        if recipe is None
        else {"kind": recipe.kind.value, "name": recipe.name, "figures": dict(recipe.figures)},
    }

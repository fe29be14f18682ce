"""The cost of a turn: a reply is committed, and its answer is claimed, sent and marked.

In the same run, turn by turn, a bare handler writes the same rows in the same transactions. The
first round is counted, not timed; before each further round the databases are reset.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final

from benchmarks import conversation
from benchmarks.bare import Bare
from benchmarks.counting import counting
from benchmarks.figures import MICRO, Cost, cost_of, ratio, reached
from benchmarks.ground import Databases, Say, Size
from benchmarks.real import Real
from benchmarks.rows import must_be_alike, restored
from benchmarks.script import Script, Step, record
from handlers.ground.library import Library

AIM: Final = 1.5
"""Our turn next to the bare one."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Both handlers, each on a database of its own."""

    real: Real
    bare: Bare

    def ours(self, step: Step) -> None:
        """Our turn."""
        for _ in self.real.steps(step.incoming, step.incoming.at):
            pass

    def theirs(self, step: Step) -> None:
        """The same rows, written by the bare handler."""
        for _ in self.bare.steps(step.incoming, step.writes):
            pass


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the cost on each kind of database."""
    library = Library()
    for place in places:
        template = place.build(conversation.build)
        script = record(place, template, size.turns, library)
        databases = place.copy(template), place.copy(template)
        with ExitStack() as stack:
            real, bare = Real(databases[0], library), Bare(databases[1])
            stack.callback(real.close)
            stack.callback(bare.close)
            pair = Pair(real=real, bare=bare)
            _count(place.name, pair, script, say)
            must_be_alike(*databases)
            rounds = []
            for _ in range(size.rounds):
                for database in databases:
                    restored(database, template)
                rounds.append(_round(pair, script))
                must_be_alike(*databases)
        _say(place.name, script, rounds, say)
        for database in databases:
            place.drop(database)


def _count(name: str, pair: Pair, script: Script, say: Say) -> None:
    """Report how many statements both execute, and warm both up."""
    taps, rows = sum(step.is_tap for step in script), sum(step.rows for step in script)
    say(f"turn, {name}: {len(script)} replies, {taps} of them taps")
    for who, take in (("ours", pair.ours), ("bare", pair.theirs)):
        with counting() as counted:
            for step in script:
                take(step)
        say(
            f"turn, {name}, {who}: {counted.commits / len(script):.1f} transactions,"
            f" {counted.statements / len(script):.1f} statements,"
            f" {rows / len(script):.1f} rows written"
        )


def _round(pair: Pair, script: Script) -> tuple[Cost, Cost]:
    """The whole conversation: alternately one turn of ours and one of the bare handler."""
    ours = theirs = Cost()
    for step in script:
        ours += cost_of(partial(pair.ours, step))
        theirs += cost_of(partial(pair.theirs, step))
    return ours, theirs


def _wall(cost: Cost) -> float:
    return cost.wall


def _cpu(cost: Cost) -> float:
    return cost.cpu


_CLOCKS: Final[tuple[tuple[str, Callable[[Cost], float]], ...]] = (("wall", _wall), ("CPU", _cpu))


def _say(name: str, script: Script, rounds: Sequence[tuple[Cost, Cost]], say: Say) -> None:
    each = MICRO / len(script)
    for who, costs in zip(("ours", "bare"), zip(*rounds, strict=True), strict=True):
        wall, cpu = (median(map(read, costs)) * each for _, read in _CLOCKS)
        say(f"turn, {name}, {who}: {wall:.0f} us wall, {cpu:.0f} us CPU")
    for clock, read in _CLOCKS:
        found = ratio((read(one), read(other)) for one, other in rounds)
        say(
            f"turn, {name}, ours/bare, {clock}: {found}, {len(rounds)} rounds;"
            f" aim {AIM}: {reached(found.middle, AIM)}"
        )

"""What a turn costs: a reply comes in, is committed, and its answer claimed, sent and marked.

Beside it, turn by turn, a bare handler that writes the same rows in the same transactions.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any, Final

from sqlalchemy import Engine, event

from benchmarks import conversation
from benchmarks.bare import Bare, Writes
from benchmarks.figures import MICRO, Cost, cost_of, ratio, reached
from benchmarks.ground import Databases, Say, Size
from benchmarks.real import Real
from benchmarks.rows import Looking, contents
from domain.messages import Incoming, Tap
from handlers.library import Library
from storage import engines

AIM: Final = 1.5
"""Our turn beside the bare one."""

NOT_OURS: Final = ("BEGIN", "PRAGMA")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One reply of the officer, and what it makes us write."""

    incoming: Incoming
    writes: Writes


@dataclass(kw_only=True)
class Counted:
    """Statements and commits of everything that runs meanwhile."""

    statements: int = 0
    commits: int = 0
    seen: list[str] = field(default_factory=list)


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the cost on each kind of database."""
    library = Library()
    for place in places:
        _run(place, size, say, library)


def _run(place: Databases, size: Size, say: Say, library: Library) -> None:
    template = place.build(conversation.build)
    script = _record(place, template, size, library)
    _say_what(place, template, script, say, library)
    rounds = [_round(place, template, script, library) for _ in range(size.rounds)]
    ours, bare = [one for one, _ in rounds], [other for _, other in rounds]
    each = MICRO / len(script)
    for name, costs in (("ours", ours), ("bare", bare)):
        wall = median(cost.wall for cost in costs) * each
        cpu = median(cost.cpu for cost in costs) * each
        say(f"turn, {place.name}, {name}: {wall:.0f} us wall, {cpu:.0f} us CPU")
    for what, read in _CLOCKS:
        found = ratio((read(one), read(other)) for one, other in rounds)
        say(
            f"turn, {place.name}, ours/bare, {what}: {found}, {len(rounds)} rounds;"
            f" aim {AIM}: {reached(found.middle, AIM)}"
        )


def _wall(cost: Cost) -> float:
    return cost.wall


def _cpu(cost: Cost) -> float:
    return cost.cpu


_CLOCKS: Final[tuple[tuple[str, Callable[[Cost], float]], ...]] = (("wall", _wall), ("CPU", _cpu))


def _record(place: Databases, template: str, size: Size, library: Library) -> tuple[Step, ...]:
    """Hold the conversation once and note what each transaction writes."""
    database = place.copy(template)
    real, officer = Real(database, library), conversation.Officer()
    engine = engines.open_for_reading(engines.parse_url(database))
    looking = Looking(engine=engine)
    steps: list[Step] = []
    while size.turns is None or len(steps) < size.turns:
        content = officer.reply(real.shown)
        if content is None:
            break
        incoming = conversation.incoming(len(steps), content)
        written = [looking.written() for _ in real.steps(incoming, incoming.at)]
        turn, claim, mark = written
        steps.append(Step(incoming=incoming, writes=Writes(turn=turn, claim=claim, mark=mark)))
    engine.dispose()
    real.close()
    place.drop(database)
    return tuple(steps)


def _round(
    place: Databases, template: str, script: Sequence[Step], library: Library
) -> tuple[Cost, Cost]:
    """The whole conversation on two fresh databases, turn by turn in turns."""
    databases = place.copy(template), place.copy(template)
    real, bare = Real(databases[0], library), Bare(databases[1])
    ours = theirs = Cost()
    for step in script:
        ours += cost_of(partial(_take_real, real, step))
        theirs += cost_of(partial(_take_bare, bare, step))
    real.close()
    bare.close()
    _must_be_alike(*databases)
    for database in databases:
        place.drop(database)
    return ours, theirs


def _take_real(real: Real, step: Step) -> None:
    for _ in real.steps(step.incoming, step.incoming.at):
        pass


def _take_bare(bare: Bare, step: Step) -> None:
    for _ in bare.steps(step.incoming, step.writes):
        pass


def _must_be_alike(one: str, other: str) -> None:
    """Both must have written the same, or the comparison is worth nothing."""
    found = []
    for database in (one, other):
        engine = engines.open_for_reading(engines.parse_url(database))
        found.append(contents(engine))
        engine.dispose()
    for table, rows in found[0].items():
        assert rows == found[1][table], f"the bare handler wrote other rows of {table}"


def _say_what(
    place: Databases, template: str, script: Sequence[Step], say: Say, library: Library
) -> None:
    databases = place.copy(template), place.copy(template)
    real, bare = Real(databases[0], library), Bare(databases[1])
    taps = sum(isinstance(step.incoming.content, Tap) for step in script)
    say(f"turn, {place.name}: {len(script)} replies, {taps} of them taps")
    rows = sum(
        len(step.writes.turn) + len(step.writes.claim) + len(step.writes.mark) for step in script
    )
    for name, take in (("ours", partial(_take_real, real)), ("bare", partial(_take_bare, bare))):
        with _counting() as counted:
            for step in script:
                take(step)
        say(
            f"turn, {place.name}, {name}: {counted.commits / len(script):.1f} transactions,"
            f" {counted.statements / len(script):.1f} statements,"
            f" {rows / len(script):.1f} rows written"
        )
    real.close()
    bare.close()
    for database in databases:
        place.drop(database)


@contextmanager
def _counting() -> Iterator[Counted]:
    counted = Counted()

    def statement(_c: Any, _cur: Any, sql: str, *_: Any) -> None:
        if not sql.startswith(NOT_OURS):
            counted.statements += 1
            counted.seen.append(sql)

    def commit(_connection: Any) -> None:
        counted.commits += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)

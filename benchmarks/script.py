"""The recorded conversation, with the rows that each of its transactions wrote."""

from dataclasses import dataclass
from typing import Final

from benchmarks import conversation
from benchmarks.bare import Writes
from benchmarks.ground import Databases
from benchmarks.real import Real
from benchmarks.rows import Looking
from domain.messages import Incoming, Tap
from handlers.ground.library import Library
from storage import engines


@dataclass(frozen=True, kw_only=True)
class Step:
    """One reply of the officer, and the rows that it makes us write."""

    incoming: Incoming
    writes: Writes

    @property
    def is_tap(self) -> bool:
        """Whether a button was tapped, without typed text."""
        return isinstance(self.incoming.content, Tap)

    @property
    def rows(self) -> int:
        """How many rows it makes us write."""
        return len(self.writes.turn) + len(self.writes.claim) + len(self.writes.mark)


Script = tuple[Step, ...]

EVERYTHING: Final = 10_000
"""More replies than any checklist needs."""


def record(place: Databases, template: str, turns: int | None, library: Library) -> Script:
    """Hold the conversation on a copy of `template`, at most `turns` of its replies."""
    database = place.copy(template)
    real, officer = Real(database, library), conversation.Officer()
    engine = engines.open_for_reading(engines.parse_url(database))
    looking = Looking(engine=engine)
    steps: list[Step] = []
    while len(steps) < (turns or EVERYTHING):
        content = officer.reply(real.shown)
        if content is None:
            break
        incoming = conversation.incoming(len(steps), content)
        turn, claim, mark = [looking.written() for _ in real.steps(incoming, incoming.at)]
        steps.append(Step(incoming=incoming, writes=Writes(turn=turn, claim=claim, mark=mark)))
    engine.dispose()
    real.close()
    place.drop(database)
    return tuple(steps)

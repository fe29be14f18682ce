"""What a bot plays: a dialogue, exchange by exchange."""

from dataclasses import dataclass, field

from benchmarks.dialogue import Dialogue, Exchange


@dataclass(frozen=True, kw_only=True)
class Leg:
    """What comes next. `stores` False: the bare bots only say it. `counts`: transactions are
    counted, which takes time."""

    dialogue: Dialogue
    stores: bool
    counts: bool = False


@dataclass(kw_only=True)
class Play:
    """The leg that is being played; exchanges are found by the number of their update."""

    leg: Leg | None = None
    _exchanges: dict[int, Exchange] = field(default_factory=dict)

    def begin(self, leg: Leg) -> None:
        """From now on this one."""
        self.leg = leg
        self._exchanges = {int(one.incoming.delivery_id): one for one in leg.dialogue}

    def at(self, update: int) -> Exchange:
        """The exchange that this update begins."""
        return self._exchanges[update]

"""The dialogue that a bot plays, exchange by exchange."""

from dataclasses import dataclass, field

from benchmarks.dialogue import Dialogue, Exchange


@dataclass(frozen=True, kw_only=True)
class Leg:
    """The next leg. `stores` False: the bare bots only send texts. `counts`: transactions are
    counted, which takes time.
    """

    dialogue: Dialogue
    stores: bool
    counts: bool = False


@dataclass(kw_only=True)
class Play:
    """The current leg; an exchange is found by the number of its update."""

    leg: Leg | None = None
    _exchanges: dict[int, Exchange] = field(default_factory=dict)

    def begin(self, leg: Leg) -> None:
        """Continue with this leg."""
        self.leg = leg
        self._exchanges = {int(one.incoming.delivery_id): one for one in leg.dialogue}

    def at(self, update: int) -> Exchange:
        """The exchange that this update begins."""
        return self._exchanges[update]

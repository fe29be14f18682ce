"""Five metrics for Prometheus: turns, their latency, the queue, sendings, the budget.

Labels name channels, bots, lanes and outcomes: never a person, an address or a text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily

from bot.health import Looking
from domain.deadlines import VIETNAM
from domain.messages import Lane
from storage import Queue, Tx

OUTCOMES: Final = frozenset({"sent", "refused", "unknown", "repeated", "silenced"})
"""Outcomes of a sending; any other word counts as `OTHER`, so that a label is never free text."""

OTHER: Final = "other"

LATENCY_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0)
"""From a usual turn (5 ms) to the longest lock of the database; at 1.5 s a chat service is told to
retry.
"""

Limits = Mapping[tuple[str, str], int]
"""Channel and bot -> messages a month that its plan allows."""

Sample = tuple[tuple[str, ...], float]


@dataclass(frozen=True, kw_only=True)
class _State:
    """The store's values for one scrape."""

    queues: Mapping[Lane, Queue]
    used: Mapping[tuple[str, str], int]


@dataclass(kw_only=True)
class Metrics:
    """The metrics of one process. `look` reads the store; `now` reads the clock.

    Counters are changed in the event loop's thread. The store is read at each scrape; if it does
    not answer, those lines are missing, which a monitor notices.
    """

    look: Looking
    now: Callable[[], datetime]
    limits: Limits = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._turns = Counter(
            "antt_turns",
            "Messages taken, by channel and what became of them",
            ("channel", "outcome"),
            registry=self._registry,
        )
        self._latency = Histogram(
            "antt_turn_seconds",
            "From taking a message to its commit",
            ("channel",),
            buckets=LATENCY_SECONDS,
            registry=self._registry,
        )
        self._sendings = Counter(
            "antt_sendings",
            "Attempts to send, by channel and what became of them",
            ("channel", "outcome"),
            registry=self._registry,
        )
        self._stored = _Stored()
        self._registry.register(self._stored)

    def turn(self, channel: str, outcome: str, seconds: float) -> None:
        """Count a turn that ended: "handled", "busy" or "set_aside"."""
        self._turns.labels(channel, outcome).inc()
        self._latency.labels(channel).observe(seconds)

    def sent(self, channel: str, outcome: str) -> None:
        """Count an attempt to send: one of `OUTCOMES`."""
        self._sendings.labels(channel, outcome if outcome in OUTCOMES else OTHER).inc()

    async def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        now = self.now()
        month = now.astimezone(VIETNAM).date().replace(day=1)
        state = await self.look(lambda tx: _look(tx, month))
        self._stored.samples = {} if state is None else self._samples(state, now)
        return generate_latest(self._registry)

    def _samples(self, state: _State, now: datetime) -> "dict[str, list[Sample]]":
        bots = state.used.keys() | self.limits.keys()
        return {
            "waiting": [
                ((lane.value,), float(queue.waiting)) for lane, queue in state.queues.items()
            ],
            "overdue": [((lane.value,), _age(queue, now)) for lane, queue in state.queues.items()],
            "used": [(bot, float(state.used.get(bot, 0))) for bot in sorted(bots)],
            "limit": [(bot, float(limit)) for bot, limit in sorted(self.limits.items())],
        }


def _look(tx: Tx, month: date) -> _State:
    return _State(
        queues={lane: tx.outbox.queue_of(lane) for lane in Lane}, used=tx.usage.of_all(month)
    )


def _age(queue: Queue, now: datetime) -> float:
    """Seconds that the first waiting message is overdue; a message for tomorrow is not overdue."""
    if queue.first_due is None:
        return 0.0
    return max(0.0, (now - queue.first_due).total_seconds())


_FAMILIES: Final = {
    "waiting": ("antt_queue_messages", "Messages that wait to be sent", ("lane",)),
    "overdue": ("antt_queue_oldest_seconds", "How long the first of them is overdue", ("lane",)),
    "used": ("antt_budget_used", "Messages of this month's plan used up", ("channel", "bot")),
    "limit": ("antt_budget_limit", "Messages a month that the plan allows", ("channel", "bot")),
}


class _Stored:
    """The values last read from the store, for the registry."""

    def __init__(self) -> None:
        self.samples: dict[str, list[Sample]] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The metric families; without samples if the store did not answer."""
        for key, (name, about, labels) in _FAMILIES.items():
            family = GaugeMetricFamily(name, about, labels=labels)
            for values, number in self.samples.get(key, []):
                family.add_metric(values, number)
            yield family

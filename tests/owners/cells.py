"""One cell of the table: a text in a scene, and its outcome."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.messages import Incoming, Lane, Outgoing, Said
from handlers import Library, handle
from storage import Author, Store, Tx
from tests.handlers.talking import READING
from tests.owners.scenes import Scene
from tests.owners.seam import Noted, kind_of_menu, replies_noted, says_that_it_waits
from tests.owners.world import NOW, Worlds, play

NOBODY = "-"
"""The intent of a message that is no reply of the conversation: what is said to a stranger."""

NOTHING = "-"
"""The value if the audit has no entry."""

SILENCE = "(no reply)"
STILL_WAITS = ", still waits"
"""Added after the menu if the reply says that the earlier question is still open."""

NEWEST = 5
"""Messages that are searched for the reply: it is the last one that a turn queues."""
MOST_DONE = 40
"""Audit lines of one turn; a page of answers writes fourteen."""


@dataclass(frozen=True, kw_only=True, order=True)
class Outcome:
    """The outcome of a text: the intent of the reply, the actions in the audit, the kind of menu
    that is open afterwards (and whether the reply says that its question still waits), and the
    first line of the reply.
    """

    intent: str
    done: str
    menu: str
    line: str

    def __str__(self) -> str:
        return f"[{self.intent} | {self.done} | {self.menu}] {self.line}"


class _Undo(Exception):
    """Ends the transaction of a cell: nothing is kept."""


def _undo() -> None:
    raise _Undo


@dataclass(kw_only=True)
class Stage:
    """A scene that was run, in which texts are tried. Each try is rolled back."""

    scene: Scene
    store: Store
    library: Library
    noted: list[Noted]
    last_audited: int

    def outcome(self, text: str) -> Outcome:
        """The outcome of the text."""
        found: list[Outcome] = []
        with suppress(_Undo), self.store.begin() as tx:
            found.append(self._turn(tx, text))
            _undo()
        return found[0]

    def kind(self) -> str:
        """The kind of menu that is open."""
        with self.store.begin() as tx:
            return self._kind(tx)

    def _turn(self, tx: Tx, text: str) -> Outcome:
        self.noted.clear()
        incoming = Incoming(
            channel=self.scene.channel,
            address=self.scene.who,
            delivery_id="the text of this cell",
            at=NOW + READING,
            content=Said(text=text),
        )
        to_stranger = handle(incoming, tx, NOW, self.library)
        done = [
            one.action for one in tx.audit.listing(limit=MOST_DONE) if one.id > self.last_audited
        ]
        assert len(done) < MOST_DONE, "more was done than is listed"
        reply = to_stranger or self._reply(tx)
        text = reply.text if reply is not None else SILENCE
        waits = STILL_WAITS if says_that_it_waits(text) else ""
        return Outcome(
            intent=self.noted[-1].intent if self.noted else NOBODY,
            done=_counted(done),
            menu=f"{self._kind(tx)}{waits}",
            line=text.partition("\n")[0],
        )

    def _kind(self, tx: Tx) -> str:
        address = tx.addresses.lock(self.scene.channel, "", self.scene.who)
        return kind_of_menu(address.menu if address is not None else None)

    def _reply(self, tx: Tx) -> Outgoing | None:
        if self.noted:
            return self.noted[-1].outgoing
        # What is said to a stranger is queued directly.
        address = tx.addresses.lock(self.scene.channel, "", self.scene.who)
        queued = (
            one.outgoing
            for one in tx.outbox.listing(limit=NEWEST)
            if address is not None
            and one.address_id == address.id
            and one.lane is Lane.REPLY
            and one.author is Author.US
        )
        return next(queued, None)


def _counted(actions: list[str]) -> str:
    """ "answered ×5, channel_linked", by name."""
    named = (
        action if times == 1 else f"{action} ×{times}"
        for action, times in sorted(Counter(actions).items())
    )
    return ", ".join(named) or NOTHING


def _last_audited(store: Store) -> int:
    with store.begin() as tx:
        return next((one.id for one in tx.audit.listing(limit=1)), 0)


@contextmanager
def staged(scene: Scene, worlds: Worlds, file: Path) -> Iterator[Stage]:
    """Run a scene on a new database at `file`; AssertionError if it cannot be reached."""
    worlds.copy(scene.world, file)
    with Store(str(file)) as store, replies_noted() as noted:
        talk = worlds.talk(store)
        if scene.known:
            talk.let_in(scene.who, channel=scene.channel)
        shown = play(talk, scene.who, scene.channel, scene.steps)
        stage = Stage(
            scene=scene,
            store=store,
            library=worlds.library,
            noted=noted,
            last_audited=_last_audited(store),
        )
        assert stage.kind() == scene.kind, f"{scene.name}: {stage.kind()} is open\n{shown}"
        assert scene.shows in shown, f"{scene.name}:\n{shown}"
        yield stage

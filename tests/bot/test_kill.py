"""A real process, killed at many points of a conversation, loses no answer that it acknowledged.

The child processes are forked from a server that has imported everything: a new start of the
program for each kill would take minutes. One child is the installed program itself.
"""

import json
import multiprocessing
import os
import random
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bot import checks
from bot.commands import main
from handlers.ground.library import Library
from locales import Words
from storage import Store

KILLS = (8, pytest.param(24, marks=pytest.mark.long))
"""Enough kills to hit each step between reading a line and marking its reply; the long run hits
each several times.
"""

LONGEST_TURN = 20.0
"""Timeout in seconds for a reply; a slow machine takes two."""

AT = "2024-11-20T08:00"
ASKED = re.compile(r"^Câu \d+/\d+ · (\S+)$", re.MULTILINE)
ACKNOWLEDGED = re.compile(r"^\S+ (I\.\S+): ", re.MULTILINE)

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["bot.commands.chat", "tests.bot.test_kill"])


def _chat(database: str, typed: Connection, shown: Connection, log: str) -> None:
    """The child: `antt chat` on two pipes."""
    os.environ["ANTT_LOG"] = log
    sys.stdin = os.fdopen(typed.fileno(), encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(shown.fileno(), "w", encoding="utf-8", closefd=False)
    main(["chat", "--db", database, "--as", "can-bo", "--at", AT, "--json"])


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message as the program printed it; `keys` are those of its choices."""

    text: str
    keys: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether it asks a question of the checklist."""
        return bool(ASKED.search(self.text))


@dataclass(kw_only=True)
class Talk:
    """The test's side of the pipes: what it sent and what it received."""

    into: int
    out: int
    messages: list[Shown] = field(default_factory=list)
    _rest: bytes = b""

    def send(self, text: str) -> None:
        """Type one line; a child that has ended does not get it."""
        with suppress(BrokenPipeError):
            os.write(self.into, f"{text}\n".encode())

    def reply(self, *, within: float = LONGEST_TURN) -> Shown | None:
        """The next message, or None if none came in that time or the child has ended."""
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self.out], [], [], within)
            part = os.read(self.out, 65_536) if ready else b""
            if not part:
                return None
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\n")
        message = json.loads(line)
        keys = tuple(choice["key"] for choice in message["choices"])
        self.messages.append(Shown(text=message["text"], keys=keys))
        return self.messages[-1]


@contextmanager
def _forked(database: Path, log: Path) -> Iterator[Talk]:
    """A child that is killed at the end, at any point; its printed output is read."""
    typed, into = _forks.Pipe(duplex=False)
    out, shown = _forks.Pipe(duplex=False)
    child = _forks.Process(target=_chat, args=(str(database), typed, shown, str(log)))
    child.start()
    typed.close()
    shown.close()
    with into, out:
        talk = Talk(into=into.fileno(), out=out.fileno())
        yield talk
        child.kill()
        child.join()
        while talk.reply() is not None:
            pass


@contextmanager
def _installed(database: Path, log: Path) -> Iterator[Talk]:
    """The installed program, killed at the end."""
    antt = Path(sys.executable).with_name("antt")
    with subprocess.Popen(
        [antt, "chat", "--db", database, "--as", "can-bo", "--at", AT, "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "ANTT_LOG": str(log)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        talk = Talk(into=process.stdin.fileno(), out=process.stdout.fileno())
        yield talk
        process.kill()
        process.wait()
        while talk.reply() is not None:
            pass


def _answer(question: Shown) -> str:
    """A valid answer to any question."""
    if "1" in question.keys:
        return "1"
    if "ký hiệu văn bản" in question.text:
        return "12-NQ/ĐU"
    if "ký ngày nào" in question.text:
        return "05/03/2024"
    return "3"


@pytest.mark.parametrize("kills", KILLS)
def test_a_killed_process_loses_nothing_it_acknowledged_and_asks_nothing_twice(
    demo_file: Path, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(20_241_120)
    acknowledged: dict[str, int] = {}
    for number in range(kills):
        talking = _installed if number == kills // 2 else _forked
        with talking(demo_file, tmp_path / "antt.log") as talk:
            talk.send("làm tiếp")
            question = talk.reply()
            for _ in range(dice.randrange(4)):
                if question is None or not question.asks:
                    break
                talk.send(_answer(question))
                question = talk.reply()
            if question is not None:
                # Where it is killed: before it reads, in the turn, between commit and print, after.
                talk.send(_answer(question))
                talk.reply(within=dice.random() * 0.02)
        for message in talk.messages:
            for requirement in ASKED.findall(message.text):
                assert requirement not in acknowledged, message
            for requirement in ACKNOWLEDGED.findall(message.text):
                acknowledged.setdefault(requirement, number)
    # On a busy machine, fewer messages arrive between two kills.
    assert len(acknowledged) > kills / 4, "too few answers came through to show anything"
    with Store(str(demo_file)) as store:
        _nothing_was_lost(store, set(acknowledged))
        assert not list(checks.verdicts(store, Library(), Words("vi")))


def _nothing_was_lost(store: Store, acknowledged: set[str]) -> None:
    with store.read() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        (assessment,) = tx.assessments.of_unit(person.posts[0].unit, 2024)
        kept = tx.assessments.answers(assessment.id)
        assert acknowledged <= set(kept)
        for requirement in kept:
            assert len(tx.assessments.history(assessment.id, requirement)) == 1

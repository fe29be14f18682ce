"""A process killed at any moment loses no committed data and leaves no incomplete turn."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from domain.answers import Answer, FieldName
from storage import Store, migrate
from tests.house import ROOT
from tests.storage.world import people_a_world

# Writes answers with the other rows of a verdict and reports each commit.
WRITER = """
import sys
from domain.answers import Answer, FieldName
from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import Store
from tests.storage.world import NOW

assessment_id, person_id, address_id = map(int, sys.argv[2:])
with Store(sys.argv[1]) as store:
    for number in range(1_000_000):
        with store.begin() as tx:
            assessment = tx.assessments.get(assessment_id)
            answer = Answer().adding(FieldName.COUNT, number)
            tx.assessments.save_answer(assessment, f"I.{number}", answer, person_id, NOW)
            tx.outbox.queue(address_id, Lane.REPLY, Outgoing(cards=saying(str(number))), NOW)
            tx.audit.record(NOW, person_id, "answered", str(number))
        print(number, flush=True)
"""

# Acknowledged turns before the kill; it may hit any point of the next turn.
KILLED_AFTER = (1, 7, 30)


@pytest.mark.slow
@pytest.mark.parametrize("acknowledged", KILLED_AFTER)
def test_a_killed_process_loses_nothing_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    file = tmp_path / "antt.db"
    migrate(str(file))
    with Store(str(file)) as store:
        world = people_a_world(store)
    said = _run_until_killed(
        file, world.assessment.id, world.officer.id, world.address.id, acknowledged
    )
    with Store(str(file)) as store, store.begin() as tx:
        answers = tx.assessments.answers(world.assessment.id)
        kept = len(answers)
        # The last commit may have succeeded before it was reported.
        assert said <= kept <= said + 1
        assert answers == {
            f"I.{number}": Answer().adding(FieldName.COUNT, number) for number in range(kept)
        }
        assessment = tx.assessments.get(world.assessment.id)
        assert assessment is not None
        assert assessment.version == 1 + kept
        # Complete turns only: all rows of a turn are there.
        assert tx.outbox.waiting() == kept
        assert len(tx.audit.listing(limit=kept + 10)) == kept


def _run_until_killed(file: Path, *ids: int) -> int:
    *given, acknowledged = ids
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), *map(str, given)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for _ in range(acknowledged):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.stdout.close()
    process.wait()
    return acknowledged + rest.count("\n")

"""A turn has one path: guard, decide, act, each once. Subjects that have no part in it
do not run.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from domain.messages import Content, Incoming, Said, Tap
from handlers import handle
from handlers.ground.library import Library
from storage import Store
from tests.demo import BUILT_AT

CHANNEL = "web"
STAGES = (
    "handlers/__init__.py:handle",
    "handlers/deciding/conversation.py:converse",
    "handlers/deciding/decide.py:claims",
)
SUBJECTS = "handlers/subjects/"
TABLE = "handlers/deciding/table.py"


class Ran(Counter[str]):
    """How often each function of the handlers ran, by file and name."""

    @property
    def subjects(self) -> set[str]:
        """The folders of subjects in which any function ran."""
        return {
            name.removeprefix(SUBJECTS).partition("/")[0]
            for name in self
            if name.startswith(SUBJECTS)
        }


@contextmanager
def watched() -> Iterator[Ran]:
    """Count each call into the handlers while the block runs; code that runs when a module is
    imported does not count.
    """
    ran = Ran()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        _before, found, rest = code.co_filename.partition("/handlers/")
        if event == "call" and found and code.co_name != "<module>":
            ran[f"handlers/{rest}:{code.co_name}"] += 1

    sys.setprofile(note)
    try:
        yield ran
    finally:
        sys.setprofile(None)


class Speaker:
    """One person at one address of a demo."""

    def __init__(self, store: Store, handle_of: str) -> None:
        """`handle_of`: the person's short name."""
        self._store, self._library, self._name = store, Library(), handle_of
        self._deliveries = 0
        with store.begin() as tx:
            person = tx.people.by_handle(handle_of)
            assert person is not None
            tx.addresses.link(CHANNEL, "", handle_of, person.id, BUILT_AT)

    def sends(self, content: Content) -> Ran:
        """The functions that run in the turn."""
        self._deliveries += 1
        incoming = Incoming(
            channel=CHANNEL,
            address=self._name,
            delivery_id=str(self._deliveries),
            at=BUILT_AT,
            content=content,
        )
        with self._store.begin() as tx, watched() as ran:
            handle(incoming, tx, BUILT_AT, self._library)
        return ran

    @property
    def menu(self) -> str:
        """The menu that is open."""
        with self._store.begin() as tx:
            found = tx.addresses.lock(CHANNEL, "", self._name)
            return (found.menu if found is not None else None) or ""


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as store:
        yield store


@pytest.mark.parametrize(
    ("who", "before", "says", "subjects"),
    [
        ("can-bo", "làm tiếp", "1", {"checklist"}),
        # Words that no subject claims may name a unit.
        ("can-bo", "làm tiếp", "trời đẹp", {"checklist", "status"}),
        # "Kết nối" is an order about channels: they read texts that begin with "kết".
        ("can-bo", "làm tiếp", "kết quả", {"checklist", "channels"}),
        ("can-bo", "làm tiếp", "hạn", {"checklist", "duties"}),
        ("can-bo", "làm tiếp", "tình hình xã Mỹ Long Bắc", {"checklist", "status"}),
        ("can-bo", "làm tiếp", "duyệt xã Mỹ Long Bắc", {"checklist"}),
        ("giam-sat", "", "vì sao xã Mỹ Long Bắc chưa đạt", {"status"}),
        ("giam-sat", "", "xã nào chưa nộp", {"duties"}),
        ("giam-sat", "", "xem H5", {"handing_in"}),
        ("quan-tri", "cài đặt", "6", {"setup"}),
        ("quan-tri", "", "các kênh", {"channels"}),
    ],
)
def test_only_the_subjects_with_a_part_in_it_run(
    store: Store, who: str, before: str, says: str, subjects: set[str]
) -> None:
    speaker = Speaker(store, who)
    for text in (before, before) if before else ("cảm ơn",):
        speaker.sends(Said(text=text))
    ran = speaker.sends(Said(text=says))
    # Joining is checked for every message, from any sender.
    assert ran.subjects - {"joining"} == subjects
    assert {stage: ran[stage] for stage in STAGES} == dict.fromkeys(STAGES, 1)


def test_a_tap_on_an_answer_runs_the_checklist_alone(store: Store) -> None:
    speaker = Speaker(store, "can-bo")
    speaker.sends(Said(text="làm tiếp"))
    ran = speaker.sends(Tap(menu=speaker.menu, choice="3"))
    assert ran.subjects - {"joining"} == {"checklist"}
    assert ran["handlers/deciding/decide.py:claims"] == 0, "a button needs no decision"


def test_a_checklist_is_loaded_once_in_a_turn(store: Store) -> None:
    speaker = Speaker(store, "can-bo")
    for text in ("làm tiếp", "kết quả", "menu", "trợ giúp", "1", "nộp"):
        ran = speaker.sends(Said(text=text))
        assert ran["handlers/assessment/sheet.py:_load"] <= 1, text

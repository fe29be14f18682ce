"""Every kind of question that a person is asked has its reader."""

from domain.kinds import KINDS
from handlers.subjects.checklist.kinds import WORDS
from handlers.subjects.checklist.reading.kinds import READERS


def test_every_kind_is_read() -> None:
    assert READERS.keys() == WORDS.keys()
    assert READERS.keys() <= KINDS.keys()

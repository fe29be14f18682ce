"""Every subject of the table has a transcript and a help line, and can decide without
the others.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.transcript import read
from domain.messages import Said
from domain.people import Person
from handlers.contract import Claim
from handlers.deciding import conversation
from handlers.deciding.decide import Listening, claims
from handlers.deciding.table import SUBJECTS, shipped
from handlers.ground.library import Library
from handlers.ground.turn import Turn
from storage import Store, Tx
from tests.conversations.player import Player
from tests.demo import BUILT_AT

CONVERSATIONS = Path(__file__).parents[2] / "conversations"

TRANSCRIPT = {
    "checklist": "khong_va_khong.txt",
    "handing_in": "chi_huy_xac_nhan.txt",
    "status": "giam_sat_hoi.txt",
    "setup": "nguoi_la_go_chu_cai_dat.txt",
    "posts": "hai_vai_tro.txt",
    "duties": "hoi_viec_nop.txt",
    "talk": "english.txt",
    "channels": "kenh/noi_thu.txt",
    "joining": "vao_va_huy.txt",
}
"""Subject -> a conversation in which it answers."""


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The subjects that have decided since."""
    found: set[str] = set()

    def noting(listening: Listening) -> tuple[Claim, ...]:
        decided = claims(listening)
        found.update(one.subject for one in decided)
        return decided

    monkeypatch.setattr(conversation, "claims", noting)
    return found


def test_every_subject_has_a_transcript() -> None:
    assert TRANSCRIPT.keys() == {one.name for one in SUBJECTS}


@pytest.mark.parametrize("subject", sorted(TRANSCRIPT))
def test_a_subject_answers_in_its_transcript(
    subject: str, demo_file: Path, answered: set[str]
) -> None:
    transcript = read((CONVERSATIONS / TRANSCRIPT[subject]).read_text(encoding="utf-8"))
    Player(database=str(demo_file), library=Library()).play(transcript)
    assert subject in answered


# Help


@pytest.fixture
def tx(demo_file: Path) -> Iterator[Tx]:
    with Store(str(demo_file)) as store, store.begin() as tx:
        yield tx


def _people(tx: Tx) -> list[Person]:
    return [one for one in tx.people.all() if one.posts]


def test_every_subject_has_a_help_line_for_somebody(tx: Tx) -> None:
    library = Library()
    silent = {one.name for one in SUBJECTS}
    for person in _people(tx):
        both = person.posts + tuple(
            post for other in _people(tx) for post in other.posts if post not in person.posts
        )
        for posts in (person.posts, both):
            somebody = Person(
                id=person.id, handle=person.handle, name=person.name, locale="vi", posts=posts
            )
            turn = Turn(tx=tx, now=BUILT_AT, library=library, person=somebody)
            silent -= {one.name for one in SUBJECTS if one.help(turn)}
    assert not silent


def test_help_is_asked_of_every_subject(tx: Tx) -> None:
    person = tx.people.by_handle("can-bo")
    assert person is not None
    turn = Turn(tx=tx, now=BUILT_AT, library=Library(), person=person)
    text = conversation.converse(turn, Said(text="trợ giúp"), None).text
    for subject in shipped().subjects:
        for line in subject.help(turn):
            assert line in text

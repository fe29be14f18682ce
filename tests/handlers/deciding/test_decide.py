"""One decision: the most certain rank wins, then the subject of the open menu, else the person is
asked.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.cards import saying
from domain.messages import Said
from domain.people import Person
from handlers.contract import Claim, OpenMenu, Rank, Subject
from handlers.deciding.conversation import converse
from handlers.deciding.decide import Listening, claims
from handlers.deciding.table import index, shipped
from handlers.ground import heard as hearing
from handlers.ground.heard import Heard
from handlers.ground.library import Library
from handlers.ground.menus import Menu, MenuKind, parse_menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import CHECKLIST
from handlers.understanding.commands import PHRASES
from handlers.understanding.intents import Intent
from storage import Store, Tx
from tests.demo import BUILT_AT

PEOPLE = ("can-bo", "chi-huy", "tham-dinh", "giam-sat", "hoi-dong", "quan-tri")
MENUS = (
    None,
    "main",
    "language",
    "lost",
    "posts",
    "q:1:I.1.a:choice:0",
    "p:1:I.1:00000000",
    "h:1:1",
    "s:home:",
    "s:hours:",
    "s:channels:ok",
    "u:status:2024:2021:29422,29419",
)
"""One menu of each kind that a text may meet."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def tx(demo_file: Path) -> Iterator[Tx]:
    with Store(str(demo_file)) as store, store.begin() as tx:
        yield tx


def _person(tx: Tx, handle: str) -> Person:
    found = tx.people.by_handle(handle)
    assert found is not None
    return found


def _turn(tx: Tx, library: Library, handle: str = "can-bo") -> Turn:
    return Turn(tx=tx, now=BUILT_AT, library=library, person=_person(tx, handle))


def _says(subject: str, _turn: Turn) -> Reply:
    return Reply(intent=Intent.MENU, cards=saying(f"said by {subject}"))


def _planted(name: str, rank: Rank = Rank.PHRASE) -> Subject:
    """A subject that claims every text that begins with "thử"."""

    def worded(_turn: Turn, _heard: Heard) -> Claim:
        return Claim(rank=rank, act=partial(_says, name))

    return Subject(name=name, verbs=frozenset({"thu"}), worded=worded)


# Ties


def test_a_tie_that_nobody_decided_asks_and_the_answer_is_carried_out(
    tx: Tx, library: Library
) -> None:
    table = index((_planted("duties"), _planted("status")))
    turn = _turn(tx, library)
    asked = converse(turn, Said(text="thử việc này"), None, index=table)
    assert asked.menu == Menu(MenuKind.WHICH_MEANING, ("duties", "status"))
    assert [one.key for one in asked.choices] == ["1", "2"]
    answered = converse(turn, Said(text="2"), asked.menu, index=table)
    assert answered.text == "said by status"


@pytest.mark.parametrize(("requirement", "is_kept"), [("I.1.a", True), ("I.2.c", False)])
def test_at_a_red_question_a_tie_leaves_no_draft(
    tx: Tx, library: Library, requirement: str, is_kept: bool
) -> None:
    table = index((CHECKLIST, _planted("duties"), _planted("status")))
    open_menu = Menu(MenuKind.QUESTION, ("1", requirement, "choice", "0"))
    turn = _turn(tx, library)
    converse(turn, Said(text="thử ông Khả"), open_menu, index=table)
    drafts = tx.drafts.of_person(turn.person.id)
    assert any("Khả" in one.body for one in drafts) == is_kept


def test_the_subject_of_the_open_menu_wins_a_tie(tx: Tx, library: Library) -> None:
    table = index((_planted("one"), _planted("other")))
    listening = Listening(
        turn=_turn(tx, library),
        heard=Heard("thử"),
        index=table,
        opened=OpenMenu(),
        owner="other",
    )
    assert [one.subject for one in claims(listening)] == ["other"]


def test_without_an_open_menu_both_claims_are_given(tx: Tx, library: Library) -> None:
    table = index((_planted("one"), _planted("other")))
    listening = Listening(turn=_turn(tx, library), heard=Heard("thử"), index=table)
    assert [one.subject for one in claims(listening)] == ["one", "other"]


class _Labelled(OpenMenu):
    def label(self, heard: Heard) -> Claim | None:
        if heard.text != "thử":
            return None
        return Claim(rank=Rank.LABEL, act=partial(_says, "menu"))


def test_a_surer_rank_wins_whoever_is_open(tx: Tx, library: Library) -> None:
    table = index((_planted("one"),))
    listening = Listening(
        turn=_turn(tx, library), heard=Heard("thử"), index=table, opened=_Labelled(), owner="menu"
    )
    assert [one.subject for one in claims(listening)] == ["menu"]


# One owner for every possible text

_TEXTS = st.one_of(
    st.sampled_from([phrase for phrases in PHRASES.values() for phrase in phrases]),
    st.sampled_from(
        ["1", "12", "có", "đúng", "xem H5", "hủy vào M3", "rút Q1", "bỏ kênh K2", "đã nộp N3"]
    ),
    st.sampled_from(["tình hình", "vì sao", "duyệt", "xóa dữ liệu", "xã nào chưa nộp"]).flatmap(
        lambda ahead: st.sampled_from(["xã Mỹ Long Bắc", "Kim Hòa", ""]).map(
            lambda unit: f"{ahead} {unit}"
        )
    ),
    st.text(max_size=40),
)


@pytest.fixture(scope="module")
def demo_tx(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tx]:
    """One copy for all examples: claims change nothing."""
    file = tmp_path_factory.mktemp("claims") / "demo.db"
    file.write_bytes(demo_template.read_bytes())
    with Store(str(file)) as store, store.begin() as tx:
        yield tx


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, menu=st.sampled_from(MENUS), who=st.sampled_from(PEOPLE))
def test_a_text_has_one_owner_or_none(
    text: str, menu: str | None, who: str, demo_tx: Tx, library: Library
) -> None:
    turn = _turn(demo_tx, library, who)
    parsed = parse_menu(menu)
    owner = shipped().menus.get(parsed.kind) if parsed is not None else None
    opened = owner.menus[parsed.kind](turn, parsed) if owner is not None and parsed else None
    listening = Listening(
        turn=turn,
        heard=Heard(text),
        index=shipped(),
        opened=opened,
        owner=owner.name if owner is not None and opened is not None else "",
    )
    assert len(claims(listening)) <= 1


# No text is read twice

READERS = (
    "clearly_a_code",
    "read_coded",
    "read_order",
    "read_deed",
    "intent_of",
    "forbidden_in",
)


@pytest.mark.parametrize(
    "text",
    ["xem H5", "kết quả", "có", "tình hình xã Mỹ Long Bắc", "duyệt xã Mỹ Long Bắc", "abc xyz"],
)
@pytest.mark.parametrize("who", ["can-bo", "giam-sat", "quan-tri"])
def test_a_text_is_read_once_by_each_reader(
    text: str, who: str, tx: Tx, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: dict[str, int] = {}
    for name in READERS:
        reader = getattr(hearing, name)

        def counted(said: str, name: str = name, reader: object = reader) -> object:
            calls[name] = calls.get(name, 0) + 1
            assert callable(reader)
            return reader(said)

        monkeypatch.setattr(hearing, name, counted)
    first = converse(_turn(tx, library, who), Said(text="làm tiếp"), None)
    calls.clear()
    converse(_turn(tx, library, who), Said(text=text), first.menu)
    assert calls
    assert max(calls.values()) == 1, calls

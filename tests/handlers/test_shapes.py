"""The main replies of the subjects have a structure: decisions, numbers and questions are separate
parts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.cards import Card, Cards, Row
from domain.deadlines import OccurrenceState
from domain.messages import Outgoing, Said
from domain.units import Level, Structure, UnitId
from domain.verdicts import Verdict
from handlers.ground.library import Library
from scheduling.channel import Abilities
from scheduling.fit import fit
from storage import Store
from tests.handlers.filling import fill
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
DUTIES_PLANNED = datetime(2027, 6, 8, 1, 0, tzinfo=UTC)
MY_LONG_NAM = UnitId(Structure.Y2021, "29425")
ITEMS = 8
CHANNEL = "web"
PAGED = "zalo"
ZALO = Abilities(buttons=False, edits=False, files=False, text_limit=1_900, few_messages=True)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def talk(demo_file: Path, library: Library) -> Iterator[Talk]:
    with Store(str(demo_file)) as store:
        yield Talk(store=store, library=library, now=NOW)


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A main reply: who gets it after which texts, and the one word that is highlighted in it."""

    who: str
    says: tuple[str, ...]
    has: Callable[[Cards], bool]
    decides: str = ""
    filled: bool = False
    at: datetime = NOW
    channel: str = CHANNEL


def _headed(cards: Cards) -> bool:
    return any(card.heading and card.rows for card in cards)


def _verdict(cards: Cards) -> bool:
    """A card with a verdict and its standing, above items that have their counts."""
    return any(
        card.badge is not None
        and card.badge.standing
        and any(dict(row.figures).keys() >= {"met", "scored"} for row in card.rows)
        for card in cards
    )


def _asked(cards: Cards) -> bool:
    return bool(cards[-1].context and cards[-1].text)


def _counted(cards: Cards) -> bool:
    return all(dict(card.rows[0].figures).keys() >= {"missing", "bound"} for card in cards)


def _by_item(cards: Cards) -> bool:
    (card,) = cards
    return card.badge is not None and bool(card.rows) and len(card.notes) == 2


REPLIES = {
    "a question": Reached(who="can-bo", says=("làm tiếp",), has=_asked),
    "an outcome": Reached(
        who="can-bo",
        says=("làm tiếp", "3"),
        has=lambda cards: cards[0].rows[0].badge is not None and _asked(cards),
    ),
    "a page": Reached(who="can-bo", says=("làm tiếp",), has=_headed, channel=PAGED),
    "a read-back": Reached(
        who="can-bo",
        says=("làm tiếp", "1 có 2 có"),
        has=lambda cards: dict(cards[0].rows[0].figures) == {"waiting": 2} and _headed(cards),
        channel=PAGED,
    ),
    "an explanation": Reached(
        who="can-bo",
        says=("làm tiếp", "giải thích"),
        has=lambda cards: len(cards[0].rows) == 2 and _asked(cards),
    ),
    "a result": Reached(who="can-bo", says=("kết quả",), has=_verdict),
    "a complete result": Reached(
        who="can-bo", says=("kết quả",), has=_verdict, decides="nộp", filled=True
    ),
    "the result of an item": Reached(who="can-bo", says=("kết quả I.1",), has=_headed),
    "nothing left to ask": Reached(
        who="can-bo",
        says=("làm tiếp",),
        has=lambda cards: bool(cards[0].text),
        decides="nộp",
        filled=True,
    ),
    "the head's decision": Reached(
        who="chi-huy", says=("nộp",), has=_verdict, decides="ĐỒNG Ý", filled=True
    ),
    "a decision too early": Reached(who="chi-huy", says=("nộp",), has=_verdict),
    "a status": Reached(who="giam-sat", says=("tình hình xã Mỹ Long Nam",), has=_by_item),
    "two statuses": Reached(
        who="giam-sat",
        says=("tình hình xã Mỹ Long Nam và xã Mỹ Long Bắc",),
        has=lambda cards: len(cards) == 2 and all(card.badge is not None for card in cards),
    ),
    "a reason": Reached(who="giam-sat", says=("vì sao xã Mỹ Long Nam chưa đạt",), has=_by_item),
    "nothing to show": Reached(
        who="giam-sat",
        says=("tình hình huyện Cầu Ngang",),
        has=lambda cards: bool(cards[0].heading and cards[0].text),
    ),
    "duties": Reached(who="can-bo-na", says=("hạn",), has=_headed, at=DUTIES_PLANNED),
    "duties of all": Reached(who="giam-sat-na", says=("hạn",), has=_headed, at=DUTIES_PLANNED),
    "who has not": Reached(
        who="giam-sat-na", says=("xã nào chưa nộp",), has=_counted, at=DUTIES_PLANNED
    ),
    "a hand-in": Reached(
        who="can-bo-na",
        says=("đã nộp N2",),
        has=lambda cards: cards[0].badge is not None and bool(cards[0].notes),
        at=DUTIES_PLANNED,
    ),
    "channels": Reached(who="can-bo", says=("các kênh",), has=_headed),
    "the set-up": Reached(
        who="quan-tri",
        says=("cài đặt",),
        has=lambda cards: dict(cards[0].rows[0].figures).keys() == {"done", "steps"},
    ),
    "who has joined": Reached(who="quan-tri", says=("ai đã vào",), has=_headed),
    "what waits for the word": Reached(
        who="quan-tri",
        says=("cài đặt", "1", "1", "Sở Nội vụ"),
        has=lambda cards: bool(cards[0].context and cards[0].rows),
        decides="ĐỒNG Ý",
    ),
}


def shown(talk: Talk, reached: Reached) -> Outgoing:
    talk.now = reached.at
    if reached.filled:
        fill(talk)
    talk.let_in(reached.who, channel=reached.channel)
    replies = [
        talk.reply(reached.who, Said(text=text), channel=reached.channel) for text in reached.says
    ]
    return replies[-1]


@pytest.mark.parametrize("name", sorted(REPLIES))
def test_a_reply_has_its_parts_and_one_button_where_something_is_decided(
    talk: Talk, name: str
) -> None:
    reached = REPLIES[name]
    outgoing = shown(talk, reached)
    assert reached.has(outgoing.cards), outgoing.text
    primary = [one.key for one in outgoing.choices if one.primary]
    assert primary == ([reached.decides] if reached.decides else []), outgoing.choices
    assert not any(one.isdecimal() for one in primary), "a digit decides nothing"


def _only(cards: Cards) -> Card:
    return next(card for card in cards if card.badge is not None)


def _figures(rows: tuple[Row, ...]) -> dict[str, str | int]:
    return dict(pair for row in rows for pair in row.figures)


def test_the_figures_of_a_status_are_the_database_s(talk: Talk) -> None:
    card = _only(shown(talk, REPLIES["a status"]).cards)
    with talk.store.read() as tx:
        person = tx.people.by_handle("giam-sat")
        assert person is not None
        loaded = tx.assessments.load(MY_LONG_NAM, person.id)
        assert loaded is not None
    said = _figures(card.rows)
    assert said["answered"] == len(loaded.answers)
    items = [one.verdict for name, one in loaded.verdicts.items() if name.startswith("I.")]
    assert len(items) == ITEMS
    for verdict in Verdict:
        assert said.get(verdict.value, 0) == items.count(verdict)


def test_the_figures_of_a_duty_are_the_database_s(talk: Talk) -> None:
    talk.now = DUTIES_PLANNED
    talk.let_in("can-bo-na", channel=CHANNEL)
    talk.says("can-bo-na", "đã nộp N2", channel=CHANNEL)
    cards = shown(talk, REPLIES["who has not"]).cards
    with talk.store.read() as tx:
        person = tx.people.by_handle("giam-sat-na")
        assert person is not None
        duties = tx.visible_to(person).occurrences()
        communes = {one.id for one in tx.visible_to(person).units() if one.level is Level.COMMUNE}
    for card in cards:
        bound = [one for one in duties if one.what == card.heading and one.unit in communes]
        missing = [one for one in bound if one.state is OccurrenceState.OPEN]
        said = _figures(card.rows)
        assert (said["bound"], said["missing"]) == (len(bound), len(missing))
    assert any(_figures(one.rows)["missing"] != _figures(one.rows)["bound"] for one in cards)


def test_met_items_make_room_and_reasons_stay(talk: Talk, library: Library) -> None:
    outgoing = shown(talk, REPLIES["a complete result"])
    items = [row for row in _only(outgoing.cards).rows if "met" in dict(row.figures)]
    assert all(row.folds for row in items if row.badge and row.badge.word == "Đạt")
    short = Abilities(buttons=False, edits=False, files=False, text_limit=500, few_messages=True)
    (piece,) = fit(outgoing, short, library.words("vi"))
    assert "dòng chưa hiện" in piece.text
    assert "ĐẠT (tạm tính)" in piece.text


@pytest.mark.parametrize("name", sorted(REPLIES))
def test_a_reply_goes_to_zalo_in_one_message(talk: Talk, library: Library, name: str) -> None:
    outgoing = shown(talk, REPLIES[name])
    assert len(fit(outgoing, ZALO, library.words("vi"))) == 1, outgoing.text

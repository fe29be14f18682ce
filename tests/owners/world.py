"""Databases in which the scenes begin, each made by a conversation from the one before it."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.demo.invented import GOOD, invented
from domain.answers import Answer, FieldName
from domain.messages import Outgoing, Said
from domain.units import Structure, UnitId
from handlers import Library
from storage import EarlierFigure, Store
from tests.conversations.player import DOORS
from tests.conversations.test_setup_transcripts import known_codes
from tests.domain.tra_vinh import CRITERIA
from tests.handlers.subjects.checklist.page.writing import line_of, steps_of
from tests.handlers.talking import Talk
from tests.owners.seam import lose_the_question, open_doors

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
WEB, ZALO, TELEGRAM = "web", "zalo", "telegram"
OFFICER, HEAD, ADMINISTRATOR = "can-bo", "chi-huy", "quan-tri"
NEWCOMER = "nguoi-moi"
CODE_OF_NEWCOMER = "AAAAA-AAAAA"
CODE_THAT_WAITS = "BBBBB-BBBBB"
LATER_CODE = "ZZZZZ-ZZZZZ"
"""Every code that is made after the database; each turn is rolled back, so one is enough."""

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
YEAR = 2024
MOST_SKIPPED = 60
"""More than the number of questions in the checklist (51): a scene that needs more skips does not
find its question.
"""


@dataclass(kw_only=True)
class Worlds:
    """Makes each database at its first use and keeps it for the rest of the run."""

    demo: Path
    folder: Path
    library: Library
    _made: dict[str, Path] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def copy(self, name: str, file: Path) -> None:
        """Put a copy of the database with this name at `file`."""
        shutil.copyfile(self._file(name), file)

    def talk(self, store: Store) -> Talk:
        """People who write on a database that was made here; no delivery number is used twice."""
        return Talk(store=store, library=self.library, now=NOW, _ids=self._ids)

    def _file(self, name: str) -> Path:
        if name not in self._made:
            before, make = WORLDS[name]
            file = self.folder / f"{name}.db"
            shutil.copyfile(self._file(before) if before else self.demo, file)
            self.library.new_code = known_codes()
            with Store(str(file)) as store:
                make(self.talk(store))
            self.library.new_code = lambda: LATER_CODE
            self._made[name] = file
        return self._made[name]


def _opened(talk: Talk) -> None:
    """A province at work: channels, a plan (N…), a ruling (Q1), a new person (M1), an open code,
    and a figure of last year; everybody uses the web.
    """
    with talk.store.begin() as tx:
        open_doors(tx, DOORS)
        administrator = tx.people.by_handle(ADMINISTRATOR)
        assert administrator is not None
        tx.earlier_figures.save([_figure_of_last_year()], administrator.id, NOW)
    talk.let_in(ADMINISTRATOR, channel=WEB)
    _says(
        talk,
        ADMINISTRATOR,
        # The plan of 2024: three duties, each for the units that the document names.
        *("cài đặt", "3", "1", "1", "1", "1", "1", "đồng ý"),
        *("cài đặt", "4", "1", "1", "1", "12/QĐ-UBND", "05/01/2024", "1", "1", "đồng ý"),
        *("thêm người: Lê Văn Mới; cán bộ xã Mỹ Long Bắc", "đồng ý"),
        *("thêm người: Phạm Thị Chờ; cán bộ xã Mỹ Long Bắc", "đồng ý"),
    )
    _says(talk, NEWCOMER, CODE_OF_NEWCOMER, "đúng")


def _figure_of_last_year() -> EarlierFigure:
    return EarlierFigure(
        unit=MY_LONG_BAC,
        set_id=CRITERIA.id,
        requirement_id="I.5.b",
        year=YEAR - 1,
        measure="cases",
        count=7,
        document_number="15/BC-CAX",
    )


def _answered(talk: Talk) -> None:
    """The officer has answered everything on Zalo; the last page waits for confirmation."""
    talk.let_in(OFFICER, channel=ZALO)
    answers = _answers()
    reply = _talked(talk, "làm tiếp")
    for item in CRITERIA.part("I").items:
        # An item without a question is skipped; of I.7 one question is asked alone.
        if f":{item.id}:" in (reply.menu or ""):
            reply = _talked(talk, line_of(item, answers))
        if (reply.menu or "").startswith("q:"):
            reply = _talked(talk, steps_of(answers["I.7.e"])[0])


def _answers() -> dict[str, Answer]:
    """Answers that meet everything, with numbers in the format of documents."""
    found = invented(CRITERIA.part("I"), MY_LONG_BAC.code, YEAR, GOOD)
    return {row: _with_number(answer) for row, answer in found.items()}


def _with_number(answer: Answer) -> Answer:
    fields = (
        type(one)(name=one.name, value=f"{str(one.value).partition('/')[0]}/KH-UBND")
        if one.name is FieldName.NUMBER
        else one
        for one in answer.fields
    )
    return Answer(fields=tuple(fields))


def _talked(talk: Talk, text: str) -> Outgoing:
    return talk.reply(OFFICER, Said(text=text), channel=ZALO)


def _complete(talk: Talk) -> None:
    """The officer has confirmed the last page."""
    talk.says(OFFICER, "đúng", channel=ZALO)


def _laid(talk: Talk) -> None:
    """The officer has submitted the checklist to the head (H1)."""
    talk.says(OFFICER, "nộp", channel=ZALO)


def _two_posts(talk: Talk) -> None:
    """The officer from before also supervises the province."""
    _says(talk, ADMINISTRATOR, f"thêm vai {OFFICER}: theo dõi", "đồng ý")


def _says(talk: Talk, who: str, *texts: str) -> None:
    talk.says(who, *texts, channel=WEB)


WORLDS: dict[str, tuple[str, Callable[[Talk], None]]] = {
    "opened": ("", _opened),
    "answered": ("opened", _answered),
    "complete": ("answered", _complete),
    "laid": ("complete", _laid),
    "two posts": ("opened", _two_posts),
    "two posts, answered": ("answered", _two_posts),
}
"""Name -> the database before it ("" the demo), and the texts said in it then."""


@dataclass(frozen=True, kw_only=True)
class SkipTo:
    """Questions are skipped until this one is asked."""

    question: str


@dataclass(frozen=True, kw_only=True)
class Lose:
    """Delivery gives up the message that asks the open question."""


Step = str | SkipTo | Lose
"""The steps towards a scene; a text is what the person says."""


def play(talk: Talk, who: str, channel: str, steps: Iterable[Step]) -> str:
    """Do the steps; the text and the choices of the last reply, "" if there was none."""
    shown = ""
    for step in steps:
        match step:
            case SkipTo(question=question):
                shown = _skip_to(talk, who, channel, question)
            case Lose():
                _lose(talk, who, channel)
            case text:
                shown = _said(talk, who, channel, text)
    return shown


def _said(talk: Talk, who: str, channel: str, text: str) -> str:
    reply = talk.reply(who, Said(text=text), channel=channel)
    return "\n".join((reply.text, *(f"{one.key}. {one.label}" for one in reply.choices)))


def _skip_to(talk: Talk, who: str, channel: str, question: str) -> str:
    for _ in range(MOST_SKIPPED):
        shown = _said(talk, who, channel, "bỏ qua")
        if re.search(rf"· {re.escape(question)}$", shown, re.MULTILINE):
            return shown
    raise AssertionError(f"question {question} was not reached")


def _lose(talk: Talk, who: str, channel: str) -> None:
    with talk.store.begin() as tx:
        address = tx.addresses.lock(channel, "", who)
        assert address is not None
        assert address.menu is not None
        lose_the_question(tx, address.id, address.menu)

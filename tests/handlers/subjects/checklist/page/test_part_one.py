"""Part I on a channel with limited messages: how many it takes, and that nothing else differs."""

from pathlib import Path

import pytest

from bot.demo.invented import GOOD, Manner, invented
from domain.answers import Answer
from domain.messages import Outgoing, Said
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from scheduling.channel import Abilities
from scheduling.fit import fit
from storage import Store
from tests.domain.tra_vinh import CRITERIA
from tests.handlers.subjects.checklist.page.writing import line_of, steps_of
from tests.handlers.talking import Talk

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
FEW = Abilities(buttons=False, edits=False, files=False, text_limit=1_900)
"""The abilities of Zalo: text alone, cut below its 2,000 characters."""
MOST_OUT = 14
PART = CRITERIA.part("I")
YEAR = 2024
MANNERS = {
    "good": GOOD,
    "mixed": Manner(answered=100, failing=30),
    "bad": Manner(answered=100, failing=100),
}


def answers_of(seed: str, manner: Manner) -> dict[str, Answer]:
    return {
        row: Answer(
            fields=tuple(
                # "01/giả định" is not a number that a signed document has.
                type(one)(name=one.name, value=str(one.value).split("/")[0] + "/KH-UBND")
                if one.name.value == "number"
                else one
                for one in answer.fields
            )
        )
        for row, answer in invented(PART, seed, YEAR, manner).items()
    }


def pieces(library: Library, *messages: Outgoing) -> int:
    return sum(len(fit(one, FEW, library.words("vi"))) for one in messages)


def verdicts(talk: Talk) -> dict[str, str]:
    with talk.store.begin() as tx:
        officer = tx.people.by_handle("can-bo")
        assert officer is not None
        loaded = tx.assessments.load(MY_LONG_BAC, officer.id)
        assert loaded is not None
        kept = {one.subject: f"{one}" for one in loaded.verdicts.values()}
        return {**kept, "answers": repr(sorted(loaded.answers.items()))}


def answer_by_pages(talk: Talk, answers: dict[str, Answer]) -> list[Outgoing]:
    """All outgoing messages from the first question to the end."""
    out = [talk.reply("can-bo", Said(text="làm tiếp"))]
    for item in PART.items:
        if f":{item.id}:" not in (out[-1].menu or ""):
            continue
        out.append(talk.reply("can-bo", Said(text=line_of(item, answers))))
        if (out[-1].menu or "").startswith("q:"):
            out.append(talk.reply("can-bo", Said(text=steps_of(answers["I.7.e"])[0])))
    out.append(talk.reply("can-bo", Said(text="đúng")))
    return out


def answer_one_by_one(talk: Talk, answers: dict[str, Answer]) -> None:
    talk.says("can-bo", "hỏi từng câu", "làm tiếp")
    for row in PART.requirements():
        if row.id in answers:
            talk.says("can-bo", *steps_of(answers[row.id]))


@pytest.mark.parametrize("seed", ["a", "b"])
@pytest.mark.parametrize("manner", MANNERS)
def test_part_one_takes_few_messages_and_gives_the_same_verdicts(
    demo_file: Path, tmp_path: Path, library: Library, talk: Talk, manner: str, seed: str
) -> None:
    answers = answers_of(seed, MANNERS[manner])
    copy = tmp_path / "other.db"
    copy.write_bytes(demo_file.read_bytes())
    out = answer_by_pages(talk, answers)
    assert "đã trả lời đủ" in out[-1].text, out[-1].text
    assert pieces(library, *out) <= MOST_OUT
    with Store(str(copy)) as store:
        other = Talk(store=store, library=library, now=talk.now)
        other.let_in("can-bo")
        answer_one_by_one(other, answers)
        assert verdicts(other) == verdicts(talk)


def test_every_menu_fits_a_button(talk: Talk) -> None:
    out = answer_by_pages(talk, answers_of("a", GOOD))
    menus = [one.menu for one in out if one.menu]
    assert any(menu.startswith("p:") for menu in menus)
    assert all(len(menu.encode()) <= 40 for menu in menus)

"""Single pieces of work that are part of many turns, in microseconds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Final

from benchmarks.conversation import answers, criteria, part_one
from benchmarks.figures import MICRO, cost_of
from benchmarks.ground import Databases, Say, Size
from bot.demo.tra_vinh import EMPTY, PACK, PROVINCE, YEAR
from domain.assessments import find
from domain.card_text import text_of
from domain.cards import Badge, Card, Row
from domain.messages import Outgoing
from handlers.understanding.units import find_units
from locales import Words
from packs import load_pack
from packs.units import load_units
from scheduling.channel import Abilities
from scheduling.fit import fit

SLOW: Final = 20
"""Reading a whole file is slow enough to be repeated this many times less."""

FEW_MESSAGES: Final = Abilities(
    buttons=False, edits=False, files=False, text_limit=1_900, few_messages=True
)

RESULT: Final = (
    Card(
        context="Xã Mỹ Long Bắc, huyện Cầu Ngang – năm 2024",
        heading="Chỉ tiêu 19.2",
        badge=Badge(sign="❌", word="CHƯA ĐẠT", standing="tạm tính"),
        text="Đã trả lời 51/51 câu, 06 câu kèm số văn bản.",
        rows=tuple(
            Row(
                label=f"I.{number} Nắm tình hình, bảo đảm an ninh chính trị",
                badge=Badge(sign="❌", word="chưa đạt"),
                value="thiếu kế hoạch của năm",
                nested=number % 7 > 0,
                folds=number % 7 > 0,
            )
            for number in range(51)
        ),
        notes=("Số liệu lúc 02:52, 01/12/2026.",),
        more="kết quả",
    ),
)
"""A row for each question of Part I: the longest result."""

QUESTION: Final = f"tình hình xã {EMPTY} thế nào rồi"


def run(_places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the median and the smallest of many runs of each piece."""
    for name, piece in _fast().items():
        _measure(name, piece, size.repeats, say)
    for name, piece in _slow().items():
        _measure(name, piece, max(1, size.repeats // SLOW), say)


def _fast() -> Mapping[str, Callable[[], object]]:
    book, words = load_units(PROVINCE.structure), Words("vi")
    return {
        "judge a full Part I": partial(find, criteria(), part_one(), answers(), year=YEAR),
        "find the unit in a question": partial(find_units, QUESTION, book, PROVINCE.code),
        "say a sentence": partial(words.say, "menu.ask_what", hint=""),
        "write a result as text": partial(text_of, RESULT),
        "fit a result into one message of Zalo": partial(
            fit, Outgoing(cards=RESULT), FEW_MESSAGES, words
        ),
    }


def _slow() -> Mapping[str, Callable[[], object]]:
    return {
        "load a pack": partial(load_pack, PACK),
        "load the units of a structure": partial(load_units, PROVINCE.structure),
    }


def _measure(name: str, piece: Callable[[], object], repeats: int, say: Say) -> None:
    piece()
    costs = [cost_of(piece).cpu * MICRO for _ in range(repeats)]
    say(f"piece, {name}: {median(costs):.0f} us CPU (least {min(costs):.0f}, {repeats} runs)")

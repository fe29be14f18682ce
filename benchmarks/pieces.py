"""Single pieces of work that many turns share, in microseconds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Final

from benchmarks.conversation import answers, criteria, part_one
from benchmarks.figures import MICRO, cost_of
from benchmarks.ground import Databases, Say, Size
from bot.demo.tra_vinh import EMPTY, PACK, PROVINCE, YEAR
from domain.assessments import find
from handlers.understanding.units import find_units
from locales import Words
from packs import load_pack
from packs.units import load_units

SLOW: Final = 20
"""Reading a whole file takes long enough to be repeated this many times less."""

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

"""Figures inside a line of several answers: "12/15", "8 so với 10, chết 1;0", "không bkk".

An answer with two figures must say which figure is which; otherwise it is not read, and the
question is asked.
"""

import re

from domain.answers import FieldName, Value
from domain.steps import Step, StepKind
from handlers.understanding.replies import NO_CLAIM, read_reply
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

EDGES = " \t,.;:!·-–="
"""Characters around a reply in a line that are not part of it."""

_FIGURE = r"(?P<{0}>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})"
_COUNTED = r"(?:\s+(?:vu|vu viec|nguoi|truong hop|case|cases))?"
_PAIR = re.compile(
    _FIGURE.format("this") + _COUNTED + r"\s*(?:;|,?\s*(?:so voi|ss|vs|against)"
    r"(?:\s+(?:nam (?:truoc|20\d\d)(?: la)?|last year))?)\s*" + _FIGURE.format("last") + _COUNTED
)
_BY_YEAR = re.compile(
    r"(?:nam )?(?P<one>nay|truoc|20\d\d)(?: la| co|:)?\s*"
    + _FIGURE.format("first")
    + _COUNTED
    + r"[\s,;]+(?:nam )?(?P<other>nay|truoc|20\d\d)(?: la| co|:)?\s*"
    + _FIGURE.format("second")
    + _COUNTED
)
_OF_TOTAL = re.compile(
    _FIGURE.format("settled")
    + r"\s*(?:/|tren(?: tong(?: so)?)?|trong(?: tong(?: so)?)?|of)\s*"
    + _FIGURE.format("total")
    + _COUNTED
)
_CLAUSE = re.compile(
    r"(?P<deny>\b(?:khong|ko|k|no)\s+)?(?:(?:so|nguoi|de nghi|xet|bi|truong hop)\s+)*"
    r"(?P<word>\b(?:chet|tu vong|dead|deaths|thuong|injured|bat kha khang|bkk|force majeure)\b)"
)
_DEATHS = ("chet", "tu vong", "dead", "deaths")
_INJURED = ("thuong", "injured")


_NEXT_REPLY = re.compile(r"\d.*\b(?:co|khong|ko|chua|dat|mat)\b")


def read_whole(text: str) -> int | None:
    """A whole number as the question for one figure reads it; a reply after it belongs to another
    question.
    """
    if _NEXT_REPLY.search(plain(typed(text))):
        return None
    step = Step(field=FieldName.COUNT, kind=StepKind.WHOLE_NUMBER)
    found = dict(read_reply(step, (), text)).get(FieldName.COUNT)
    return found if isinstance(found, int) else None


def read_cases(text: str) -> dict[FieldName, Value] | None:
    """ "12/15" is 12 of 15; nothing else may be in the text, because 15 alone could be either
    number.
    """
    found = _OF_TOTAL.fullmatch(plain(typed(text)).strip(EDGES))
    if found is not None:
        return {
            FieldName.TOTAL: _number(found["total"]),
            FieldName.SETTLED: _number(found["settled"]),
        }
    return {FieldName.TOTAL: 0} if read_whole(text) == 0 else None


def read_year_on_year(text: str, year: int) -> dict[FieldName, Value] | None:
    """ "8 so với 10, chết 1 so với 0": this year's figure first unless the years are named."""
    parts = clauses(plain(typed(text)))
    told: dict[FieldName, Value] = {}
    if cases := parts[0][1].strip(EDGES):
        pair = _pair(cases, year)
        if pair is None:
            return None
        told[FieldName.THIS_YEAR], told[FieldName.LAST_YEAR] = pair
    for word, rest in parts[1:]:
        if not _add_clause(told, word, rest.strip(EDGES), year):
            return None
    return told or None


def _add_clause(told: dict[FieldName, Value], word: str, rest: str, year: int) -> bool:
    if is_claim(word):
        told[FieldName.FORCE_MAJEURE] = NO_CLAIM if word.startswith("khong") else 0
        return not rest
    pair = _pair(rest, year)
    if pair is None or word.startswith("khong"):
        return False
    names = (
        (FieldName.DEATHS_THIS_YEAR, FieldName.DEATHS_LAST_YEAR)
        if word in _DEATHS
        else (FieldName.INJURED_THIS_YEAR, FieldName.INJURED_LAST_YEAR)
    )
    if names[0] in told:
        return False
    told.update(zip(names, pair, strict=True))
    return True


def is_claim(word: str) -> bool:
    """Whether a word of `clauses` is about force majeure and not about casualties."""
    return word.removeprefix("khong ") not in (*_DEATHS, *_INJURED)


def clauses(said: str) -> list[tuple[str, str]]:
    """The text before the first word of _CLAUSE, then each such word with the text after it; the
    word begins with "khong" if it is denied.
    """
    found = list(_CLAUSE.finditer(said))
    ends = [*(one.start() for one in found), len(said)]
    heads = [("", said[: ends[0]])]
    for at, one in enumerate(found):
        word = f"khong {one['word']}" if one["deny"] else one["word"]
        heads.append((word, said[one.end() : ends[at + 1]]))
    return heads


def _pair(text: str, year: int) -> tuple[int, int] | None:
    """(this year, last year) if the text says which is which."""
    if found := _PAIR.fullmatch(text):
        pair = _number(found["this"]), _number(found["last"])
        # "8 so với 2023" names the year and omits its figure.
        return None if {year, year - 1} & set(pair) else pair
    found = _BY_YEAR.fullmatch(text)
    if found is None:
        return None
    names = {"nay": "this", str(year): "this", "truoc": "last", str(year - 1): "last"}
    figures = {
        names.get(found["one"]): _number(found["first"]),
        names.get(found["other"]): _number(found["second"]),
    }
    return (figures["this"], figures["last"]) if figures.keys() == {"this", "last"} else None


def _number(figures: str) -> int:
    return int(figures.replace(".", ""))

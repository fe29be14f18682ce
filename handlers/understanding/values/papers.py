"""The number of a document: "05-NQ/ĐU", "12/KH-UBND", "NQ 05 của Đảng ủy".

A number never holds a date, a quotation mark or the number of a question: the dates are cut out
before it is looked for, and its first figure must touch its symbol or stand behind a word for it.
"""

import re
from dataclasses import dataclass
from typing import Final

from domain.replies import DOCUMENT_NUMBER_LIMIT
from handlers.understanding.text import plain, strip_marks

_LETTERS = r"[^\W\d_]"
_SYMBOL = rf"(?:{_LETTERS}{{2,}}\d{{0,3}})"
_FULL: Final = re.compile(
    rf"(?<![\w/.\-])(?P<figure>\d{{1,5}}{_LETTERS}?)\s*(?P<sign>[/\-])\s*"
    rf"(?:(?P<year>20\d\d)\s*[/\-]\s*)?"
    rf"(?P<symbol>{_SYMBOL}(?:\s*[/\-]\s*{_SYMBOL})*)(?![\w])"
    r"(?: (?P<issuer>(?i:ubnd|du|đu|hu|tu|hdnd|hđnd|cax|cah|cat))(?![\w/]))?"
)
_KINDS: Final = {
    "nq": "NQ", "nghi quyet": "NQ", "kh": "KH", "ke hoach": "KH", "qd": "QĐ", "quyet dinh": "QĐ",
    "bc": "BC", "bao cao": "BC", "cv": "CV", "cong van": "CV", "ctr": "CTr", "chuong trinh": "CTr",
    "tb": "TB", "thong bao": "TB", "ct": "CT", "chi thi": "CT", "hd": "HD", "huong dan": "HD",
    "kl": "KL", "ket luan": "KL", "da": "ĐA", "de an": "ĐA", "ttr": "TTr", "to trinh": "TTr",
    "van ban": "", "vb": "",
}  # fmt: skip
_ISSUERS: Final = {
    "du": "ĐU", "dang uy": "ĐU", "hu": "HU", "huyen uy": "HU", "tu": "TU", "tinh uy": "TU",
    "ubnd": "UBND", "uy ban": "UBND", "uy ban nhan dan": "UBND", "hdnd": "HĐND", "cax": "CAX",
    "cah": "CAH", "cat": "CAT", "cong an xa": "CAX", "cong an huyen": "CAH", "cong an tinh": "CAT",
}  # fmt: skip
_OF_THE_PARTY: Final = frozenset({"ĐU", "HU", "TU"})


def _any_of(words: dict[str, str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NAMED: Final = re.compile(
    rf"\b(?P<kind>{_any_of(_KINDS)})\s?(?:so\s?:?\s?)?(?P<figure>\d{{1,5}})\b(?![/.,]?\d|%)"
    rf"(?P<after>[^;.]{{0,25}})"
)
_NUMBERED: Final = re.compile(r"\bso\s?:?\s?(?P<figure>\d{1,5})\b(?![/.,\-]?\d|%)")
_ISSUER: Final = re.compile(rf"\b(?P<issuer>{_any_of(_ISSUERS)})\b")
_WITH_BAR: Final = {"du": "ĐU", "qd": "QĐ", "hdnd": "HĐND", "bcd": "BCĐ", "ddu": "ĐU", "qdd": "QĐ"}
"""Symbols with Đ, as they arrive without it or from TELEX keys."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A number as it is stored. `whole`: it has its symbol, so that nothing else can be meant."""

    number: str
    whole: bool


def papers_in(clean: str, said: str) -> tuple[Paper, ...]:
    """The different numbers in a text whose dates were cut out, in order.

    `clean` keeps the letters that were typed, `said` is the same in plain words.
    """
    whole = [_as_written(one) for one in _FULL.finditer(clean)]
    found = dict.fromkeys(one for one in whole if len(one) <= DOCUMENT_NUMBER_LIMIT)
    if found:
        return tuple(Paper(number=one, whole=True) for one in found)
    short = _NAMED.search(said)
    if short is not None:
        return (Paper(number=_composed(short, said), whole=False),)
    numbered = _NUMBERED.search(said)
    return (Paper(number=numbered["figure"], whole=False),) if numbered is not None else ()


def _as_written(found: re.Match[str]) -> str:
    symbols = re.split(r"(\s*[/\-]\s*)", found["symbol"])
    symbol = "".join(one.strip() if at % 2 else _symbol(one) for at, one in enumerate(symbols))
    year = f"{found['year']}/" if found["year"] else ""
    number = f"{found['figure']}{found['sign']}{year}{symbol}"
    return number if found["issuer"] is None else _with_issuer(number, found["issuer"])


def _with_issuer(number: str, issuer: str) -> str:
    """ "7/KH UBND" lost its second sign: a symbol that only names the kind goes on."""
    figure, sign, symbol = re.split(r"([/\-])", number, maxsplit=1)
    if plain(symbol) not in _KINDS:
        return number
    by = _symbol(issuer)
    return f"{figure}{sign}{symbol}{'/' if sign == '-' else '-'}{by}"


def _symbol(typed: str) -> str:
    if typed != typed.lower() and typed != typed.upper():
        return typed
    return _WITH_BAR.get(strip_marks(typed).lower(), typed.upper())


def _composed(found: re.Match[str], said: str) -> str:
    """The number with its symbol where the text names the kind and the issuer."""
    kind, figure = _KINDS[found["kind"]], found["figure"]
    issuer = _ISSUER.search(said, found.end("figure"))
    if not kind or issuer is None:
        return figure
    by = _ISSUERS[issuer["issuer"]]
    return f"{figure}-{kind}/{by}" if by in _OF_THE_PARTY else f"{figure}/{kind}-{by}"


def without_papers(clean: str) -> str:
    """The text without the numbers that have their symbol."""
    return _FULL.sub(" ", clean)


def is_paper_word(word: str) -> bool:
    """Whether a word, with or without diacritics, names a kind of document."""
    return plain(word) in _KINDS

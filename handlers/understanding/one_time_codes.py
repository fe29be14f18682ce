"""One-time codes as people type them, for every door: the sign-in page, each chat, Telegram's
link, the code from a mail.

A code is found whatever stands around it ("mã của tôi là BCGHK-LMN23."), in small letters, with
any dash, blanks or none, and after a TELEX or VNI keyboard changed its letters. Codes without
vowels are read as typed; for codes of base32 all ways to have typed the text are returned, and
storage knows which one was issued (`storage.issued_codes`).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from domain.one_time_codes import GROUP, LENGTH, read_as_made
from handlers.understanding.keystrokes import MOST_LOST, ways_to_type
from handlers.understanding.typed import typed

Readings = tuple[str, ...]
"""The codes that a text may stand for, in capitals without dashes, the likeliest first."""

LONGEST_FIELD: Final = 200
"""Characters in which a code is looked for: a longer text is a letter, not a code."""

_FEWEST: Final = LENGTH - 1 - MOST_LOST
"""Letters that a keyboard leaves of ten keys: more than three that make marks are rare."""

_LONGEST_SYLLABLE: Final = 7
"""Letters of "nghiêng". A longer word with marks is no Vietnamese word."""

_LABEL: Final = re.compile(
    r"\b(?:mã|ma|code|li[êe]n ?k[ếe]t)\b(?:[\s:=]+(?:số|so|của|cua|tôi|toi|em|mình|minh|là|la|is))*"
    r"[\s:=-]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_ASCII: Final = re.compile(r"[A-Z0-9]+\Z", re.ASCII)
_PIECE: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_DASHED: Final = re.compile(
    r"(?<![\w-])((?:[^\W_]|[\u0300-\u036f]){4,8}) ?- ?((?:[^\W_]|[\u0300-\u036f]){4,8})(?![\w-])"
)
_ONLY: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])(?:[\s_-]{0,3}(?:[^\W_]|[\u0300-\u036f]))*\Z")
_EDGES: Final = " .,;:!?\"'()[]<>«»“”„`*"


def readings_of(text: str, *, labelled: bool = False) -> Readings:
    """What the text may stand for if it holds a code; () if it holds none.

    `labelled`: the text came through a field or a link that is for codes only.
    """
    said = typed(text)[:LONGEST_FIELD].strip(_EDGES)
    return next((found for found in _found(said, labelled=labelled) if found), ())


def clearly_a_code(text: str) -> Readings:
    """The same, () also where the text may be words: ten letters may be "bo qua ca to"."""
    said = typed(text).strip(_EDGES)
    found = readings_of(text)
    signs = _LABEL.match(said) or re.search(r"[-\d]", said) or said.isupper()
    return found if found and (signs or read_as_made(found[0])) else ()


def _found(said: str, *, labelled: bool) -> Iterator[Readings]:
    """The readings of each place where a code may stand, the likeliest place first."""
    yield _whole(said, sure=labelled)
    for dashed in _DASHED.finditer(said):
        yield _read(dashed.groups())
    label = _LABEL.search(said)
    if label is not None:
        rest = label["rest"].strip(_EDGES)
        yield _whole(rest, sure=True)
        yield _leading(_PIECE.findall(rest))
    yield from _inside(_PIECE.findall(said))


def _whole(said: str, *, sure: bool) -> Readings:
    """The text as nothing but a code. Unless it is `sure`, marks alone do not make it one: a few
    Vietnamese words have as many keystrokes.
    """
    if not _ONLY.match(said):
        return ()
    pieces = _PIECE.findall(said)
    if not sure and not _ASCII.match("".join(pieces).upper()):
        sure = "-" in said or any(len(one) > _LONGEST_SYLLABLE for one in pieces)
        sure = sure or (said.isupper() and len(pieces) <= LENGTH // GROUP)
        if not sure:
            return ()
    return _read(pieces, lost=sure)


def _leading(pieces: Sequence[str]) -> Readings:
    """The code with which the words behind a label begin."""
    return _read(pieces[:1], lost=False) or _read(pieces[:2], lost=False)


def _inside(pieces: Sequence[str]) -> Iterator[Readings]:
    """A code within a sentence that has neither dash nor label: only what can be no word."""
    for piece in pieces:
        is_mixed = any(map(str.isdigit, piece)) and any(map(str.isalpha, piece))
        if _ASCII.match(piece.upper()) and (is_mixed or piece.isupper() or _made((piece,))):
            yield _read((piece,), lost=False)
    for pair in itertools.pairwise(pieces):
        if all(len(one) == GROUP for one in pair) and (made := _made(pair)):
            yield (made,)


def _made(pieces: Sequence[str]) -> str | None:
    return read_as_made("".join(pieces).upper())


def _read(pieces: Sequence[str], *, lost: bool = True) -> Readings:
    """Each code that the pieces, run together, may stand for. `lost`: also if keys were dropped."""
    run = "".join(pieces).upper()
    if not _FEWEST <= len(run) <= LENGTH or run.isdecimal():
        # Ten figures are the answers to a page; no code has been without a letter.
        return ()
    if len(run) == LENGTH and _ASCII.match(run):
        made = read_as_made(run)
        return (run,) if made in (None, run) else (run, made)
    return ways_to_type(pieces, LENGTH) if lost or not _ASCII.match(run) else ()

"""`phrases.txt` has every phrase that a reader accepts, and no duplicates."""

import re
from collections import Counter

import pytest

from handlers.understanding.text import plain, strip_marks, words_of
from handlers.understanding.typed import typed
from tests.owners import readers
from tests.owners.phrases import TEXTS

_EDGES = " .,!?“”"
_TYPED = frozenset(typed(text).strip(_EDGES) for text in TEXTS)
_PLAIN = frozenset(plain(text) for text in _TYPED)
_AS_READ = sorted(
    _TYPED
    | _PLAIN
    | {" ".join(word.marked for word in words_of(text)) for text in _TYPED}
    | {" ".join(word.plain for word in words_of(text)) for text in _TYPED}
)
"""The texts in each form that a reader compares."""


def _lacks(phrase: str) -> bool:
    """A phrase with diacritics must be there with them; one without them in either form."""
    bare = strip_marks(phrase) == phrase
    return phrase not in (_PLAIN if bare else _TYPED)


def test_no_text_stands_twice() -> None:
    assert not [text for text, times in Counter(TEXTS).items() if times > 1]


def test_every_phrase_of_a_reader_is_a_text() -> None:
    lacking = {phrase for phrase in readers.phrases() if _lacks(phrase.strip(_EDGES))}
    assert not lacking, f"write them into phrases.txt, then `make golden`: {sorted(lacking)}"


def test_every_beginning_of_a_pattern_is_met_by_a_text() -> None:
    lacking = [
        beginning
        for pattern in readers.patterns()
        for beginning in readers.beginnings(pattern.pattern)
        if not any(re.search(beginning, text, pattern.flags) for text in _AS_READ)
    ]
    assert not lacking, f"write a text for each into phrases.txt, then `make golden`: {lacking}"


def test_every_word_for_a_kind_of_unit_is_in_a_text() -> None:
    said = [f" {' '.join(word.plain for word in words_of(text))} " for text in TEXTS]
    lacking = [
        words
        for words in readers.words_for_kinds()
        if not any(f" {' '.join(words)} " in one for one in said)
    ]
    assert not lacking, f"write a text for each into phrases.txt, then `make golden`: {lacking}"


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("^(?:a|b) c$", ["^(?:a) c$", "^(?:b) c$"]),
        ("^(?:a|b)? c$", ["^(?:a|b)? c$"]),
        (r"\b(?:a|b(?:c|d))e|^f[|]", [r"\b(?:a)e", r"\b(?:b(?:c|d))e", "^f[|]"]),
        (r"\(?a", [r"\(?a"]),
    ],
)
def test_the_beginnings_of_a_pattern(pattern: str, wanted: list[str]) -> None:
    assert list(readers.beginnings(pattern)) == wanted

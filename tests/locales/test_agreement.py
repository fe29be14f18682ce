"""Vietnamese and English have the same sentences with the same values."""

import json
import re

import pytest

from locales import LOCALES, Words
from tests.locales.templates import HOME, files, sentences


def test_both_languages_have_the_same_files() -> None:
    assert files("vi").keys() == files("en").keys()
    for locale in LOCALES:
        others = {path.name for path in (HOME / locale).iterdir() if path.suffix != ".j2"}
        assert others == {"web.json"}


def test_both_languages_have_the_same_sentences() -> None:
    assert sentences("vi").keys() ^ sentences("en").keys() == set()


@pytest.mark.parametrize("key", sentences("vi"))
def test_a_sentence_takes_the_same_values_in_both_languages(key: str) -> None:
    vi, en = sentences("vi")[key], sentences("en")[key]

    assert vi.arguments == en.arguments
    assert vi.optional == en.optional


@pytest.mark.parametrize("locale", LOCALES)
def test_the_keys_are_those_that_can_be_said(locale: str) -> None:
    public = {key for key, sentence in sentences(locale).items() if not sentence.private}

    assert set(Words(locale).keys()) == public


def _page(locale: str) -> dict[str, str]:
    loaded = json.loads((HOME / locale / "web.json").read_text(encoding="utf-8"))
    assert all(isinstance(text, str) for text in loaded.values())
    return dict(loaded)


def test_the_page_says_the_same_in_both_languages() -> None:
    vi, en = _page("vi"), _page("en")
    differing = {
        key
        for key in vi.keys() & en.keys()
        if sorted(re.findall(r"{\w+}", vi[key])) != sorted(re.findall(r"{\w+}", en[key]))
    }

    assert vi.keys() ^ en.keys() == set()
    assert differing == set()
    assert [key for key in vi if not vi[key].strip() or not en[key].strip()] == []

"""The page's sentences: complete in both languages, and all of them used."""

import re
from pathlib import Path

import pytest

import bot.channels.web
from bot.channels.web import words

HOME = Path(bot.channels.web.__file__).parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in HOME.rglob("*")
    if path.suffix in {".py", ".js", ".html"}
)
# Keys that are built from a part and a name.
FAMILIES = re.compile(r"^(state|connection|command)\.")
PLACE = re.compile(r"\{(\w+)\}")


def test_both_languages_say_the_same_things() -> None:
    vietnamese, english = words.sentences("vi"), words.sentences("en")
    assert vietnamese.keys() == english.keys()
    for key, sentence in vietnamese.items():
        assert set(PLACE.findall(sentence)) == set(PLACE.findall(english[key])), key


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert all(
        sentence.strip() == sentence != "" for sentence in words.sentences(language).values()
    )


def test_every_sentence_is_said_somewhere() -> None:
    unsaid = [
        key for key in words.sentences("vi") if not FAMILIES.match(key) and key not in SOURCES
    ]
    assert unsaid == []


def test_every_sentence_that_the_page_says_exists() -> None:
    said = set(re.findall(r"say\('([\w.]+)'", SOURCES))
    said |= set(re.findall(r'data-word(?:-label|-placeholder)?="([\w.]+)"', SOURCES))
    assert said
    assert said <= words.sentences("vi").keys()


def test_a_language_that_we_do_not_speak_is_vietnamese() -> None:
    assert words.known("fr") == words.known("") == "vi"
    assert words.known("en") == "en"

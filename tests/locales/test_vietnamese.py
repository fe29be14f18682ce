"""The project's Vietnamese spelling: tone marks, words, punctuation, ends of sentences."""

import json
import re
import unicodedata
from collections.abc import Iterator

import pytest

from tests.locales.templates import BRANCH, HOLE, HOME, files, sentences

COLUMNS_OF_TEXT = "cli."
"""Output of commands, which uses spaces for its layout."""


def _texts() -> Iterator[tuple[str, str]]:
    """Every Vietnamese text of the product, with its key."""
    for key, sentence in sentences("vi").items():
        yield key, sentence.words
        for words in sentence.said:
            yield key, words
    page = json.loads((HOME / "vi" / "web.json").read_text(encoding="utf-8"))
    for key, words in page.items():
        yield f"web.{key}", words


TEXTS = tuple(_texts())


def _wrong(pattern: str, *, outside_quotes: bool = False) -> list[tuple[str, str]]:
    """The matches of the pattern: the key, and the text around the match."""
    found = []
    for key, text in TEXTS:
        looked_at = re.sub(r"“[^”]*”", "“”", text) if outside_quotes else text
        for match in re.finditer(pattern, looked_at, re.IGNORECASE):
            around = looked_at[max(0, match.start() - 20) : match.end() + 20]
            found.append((key, around))
    return found


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_the_files_are_composed_and_without_tabs_or_stray_spaces(locale: str) -> None:
    for name, source in files(locale).items():
        assert unicodedata.is_normalized("NFC", source), name
        assert "\t" not in source, name
        assert "\u00a0" not in source, name
        assert [line for line in source.splitlines() if line != line.rstrip()] == [], name
        assert source.endswith("\n"), name
        assert not source.endswith("\n\n"), name


def test_no_double_spaces_within_a_line() -> None:
    laid_out = {key for key, text in TEXTS if re.search(r"\S {2,}\S", text)}

    assert [key for key in laid_out if not key.startswith(COLUMNS_OF_TEXT)] == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (r"\bhàng năm\b", "hằng năm (new text); hàng năm only when quoting"),
        (r"\buỷ\b", "Ủy ban"),
        # The tone mark is on the first vowel: hòa, thủy, khóa; but quý, hoàn
        (r"\b[^\W\d_q]*[^\W\d_q][oO][àáảãạèéẻẽẹ]\b", "hòa, khỏe: the older place of the tone"),
        (r"\b[^\W\d_]*[bcdđghklmnprstvx][uU][ỳýỷỹỵ]\b", "thủy: the older place of the tone"),
        (r"\ban ninh trật tự\b", "an ninh, trật tự"),
        (r"\bđ/c\b", "đồng chí"),
        (r"\bcác đồng chí\b", "one person is spoken to"),
        (r"\b(?:bạn|anh/chị|quý khách)\b", "đồng chí"),
        (r"\b(?:tôi|chúng tôi|ta|chúng ta)\b", "hệ thống, trợ lý"),
        (r"\b(?:vui lòng|xin vui lòng)\b", "đề nghị đồng chí, or the request itself"),
        (r"\b(?:click|login|password|email|file|user|admin|ok)\b", "a Vietnamese word"),
    ],
)
def test_a_word_or_spelling_that_we_do_not_use(wrong: str, right: str) -> None:
    quotable = "hàng năm" in wrong

    assert _wrong(wrong, outside_quotes=quotable) == [], f"write: {right}"


def test_the_names_of_bodies_have_their_capitals() -> None:
    lower = [
        (key, text)
        for key, text in TEXTS
        if re.search(r"\b(?:ủy ban|tổ quốc|đảng ủy|công an (?:tỉnh|xã|phường)|pv05)\b", text)
    ]

    assert [key for key, text in lower if re.search(r"\bủy ban|\btổ quốc|\bđảng ủy", text)] == []
    assert [key for key, text in lower if "công an" in text] == []


def test_signs_stand_where_they_belong() -> None:
    assert _wrong(r"\s[,.;:?!](?=\s|$)") == [], "no space before a sign"
    assert _wrong(r"[,;](?=[^\W\d_])") == [], "a space after a comma"
    assert _wrong(r"[.?!](?-i:(?=[A-ZÀ-ỸĐ][a-zà-ỹđ]))") == [], "a space after a full stop"
    assert _wrong(r"\.\.\.") == [], "… is one sign"
    assert _wrong(r"(?<![.…])\.\.(?!\.)") == [], "one full stop"
    assert [key for key, text in TEXTS if text.count("“") != text.count("”")] == []
    assert [key for key, text in TEXTS if text.count("(") != text.count(")")] == []


STRAIGHT_QUOTES = frozenset({"cli.", "check", "web."})
"""Quotes that are part of typed input: file names, JSON, values of a pack."""


def test_quotes_in_the_conversation_are_curly() -> None:
    straight = {
        key for key, text in TEXTS if '"' in text and not key.startswith(tuple(STRAIGHT_QUOTES))
    }

    assert straight == set()


# Whole sentences and pieces

WHOLE = ("access.", "checklist.", "dates.", "reminders.", "status.")
"""Files of the conversation, which uses whole sentences."""
PIECES = (
    "checklist.begun_part",
    "checklist.claim_force_majeure",
    "checklist.document_says",
    "checklist.evidence",
    "checklist.item_done",
    "checklist.no_force_majeure",
    "checklist.own_figure",
    "checklist.question",
    "checklist.quoted",
    "checklist.saved",
    "checklist.saved_in",
    "checklist.source_of_figure",
    "dates.day",
    "dates.heading",
    "dates.last_working_day",
    "dates.of_all",
    "dates.recorded",
    "dates.sent_on",
    "dates.state",
    "dates.to_declare",
    "dates.until",
    "reminders.",
    "status.document",
    "checklist.hint",
    "checklist.place",
    "status.above_ceiling",
    "status.indicator",
    "status.missing_count",
    "status.passing",
    "status.unit_and_year",
)
"""Labels, lines of a list and parts of sentences, whose ends depend on their place."""
_ENDS = (".", "?", ":", "!", "…", ".)", "”.", HOLE)


def _lines(text: str) -> list[str]:
    """The lines of a text, without those of a list."""
    lines = text.replace(BRANCH, "").strip().splitlines()
    return [line for line in lines if line and not line.startswith(("•", "🔔", "⚠️"))]


SENTENCES = {
    key: sentence.words
    for key, sentence in sentences("vi").items()
    if key.startswith(WHOLE) and not key.startswith(PIECES)
}


def test_a_sentence_ends_as_one() -> None:
    open_ended = {
        key: text
        for key, text in SENTENCES.items()
        if not all(line.rstrip().endswith(_ENDS) for line in _lines(text))
    }

    assert open_ended == {}


def test_a_piece_that_is_put_into_a_sentence_brings_no_full_stop() -> None:
    inner = ("actions.", "reasons.", "common.", "status.document", "reminders.weekday")
    stopped = {key for key, text in TEXTS if key.startswith(inner) and text.rstrip().endswith(".")}

    assert stopped == set()


def test_every_sentence_begins_with_a_capital_a_sign_or_a_value() -> None:
    assert [key for key, text in SENTENCES.items() if text.strip()[:1].islower()] == []

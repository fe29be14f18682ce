"""For any damage to a pack, the checker reports problems and never raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from packs import (
    PackError,
    Problem,
    StampedSetError,
    check_pack,
    criteria_from_json,
    criteria_to_json,
    parse_pack,
)
from packs.holidays import check_overrides
from tests.packs.samples import SOUND

pytestmark = pytest.mark.fuzz

LINES = SOUND.splitlines(keepends=True)
SCRAPS = st.sampled_from(
    [
        "", " ", "\t", "-", "- ", "?", ":", ": ", "[", "]", "{", "}", "&a ", "*a", "!!int ", "|",
        ">-\n", "'", '"', "#", "%", "@", "`", "---\n", "...\n", "null", "~", "true", "0", "-1",
        "99999999999999999999", "30/02/2026", "31/04", "before 31/02", "refs: [I.1.a]", "\x00",
        "\ufeff", "\u2028", "\x85", "é", "𝒳", "\ud800", "\n\n", "\r", "I.1", "all_met", "same_as",
    ]
)  # fmt: skip


def _survives(text: str) -> None:
    problems = check_pack(text, "thu.yaml")
    last = text.count("\n") + text.count("\r") + text.count("\u2028") + text.count("\x85") + 2
    for problem in problems:
        assert 1 <= problem.line <= last
        assert dict(problem.named) is not None
    refused: tuple[Problem, ...] = ()
    try:
        pack = parse_pack(text, "thu.yaml")
    except PackError as error:
        refused = error.problems
    else:
        assert pack.criteria is None or (
            criteria_from_json(criteria_to_json(pack.criteria)) == pack.criteria
        )
    assert refused == problems


@given(st.text(max_size=300))
@example("")
@example("\ufeff")
@example("!")
@example("! a")
@example("%YAML 9.9\n---\na")
@example("<<: a")
@example("? ? ? a")
@example("document: {id: 1}\n")
def test_any_text(text: str) -> None:
    _survives(text)


@given(st.integers(0, len(SOUND)), st.integers(0, 400), SCRAPS)
def test_a_passage_replaced_by_scraps(start: int, length: int, scrap: str) -> None:
    _survives(SOUND[:start] + scrap + SOUND[start + length :])


@given(st.integers(0, len(SOUND)))
def test_a_truncated_pack(length: int) -> None:
    _survives(SOUND[:length])


@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))))
def test_lines_in_disorder(swaps: list[tuple[int, int]]) -> None:
    lines = list(LINES)
    for one, other in swaps:
        lines[one], lines[other] = lines[other], lines[one]
    _survives("".join(lines))


@given(st.data())
def test_values_in_the_wrong_places(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from([n for n, line in enumerate(lines) if ": " in line]))
        key = lines[place].split(": ")[0]
        value = data.draw(st.one_of(SCRAPS, st.sampled_from(LINES).map(str.strip)))
        lines[place] = f"{key}: {value}\n"
    _survives("".join(lines))


@given(st.binary(max_size=200))
def test_any_bytes_read_as_text(content: bytes) -> None:
    _survives(content.decode("utf-8", "surrogateescape"))


@given(st.text(max_size=200))
def test_any_table_of_holidays(text: str) -> None:
    for problem in check_overrides(f"days:\n  - date: {text}\n", "holidays.yaml"):
        assert dict(problem.named) is not None


@given(st.integers(0, 5_000), SCRAPS)
def test_a_stored_set_with_a_scrap_in_it(place: int, scrap: str) -> None:
    criteria = parse_pack(SOUND, "thu.yaml").criteria
    assert criteria is not None
    stored = criteria_to_json(criteria)
    place = min(place, len(stored))
    changed = stored[:place] + scrap + stored[place + 1 :]
    try:
        assert criteria_from_json(changed) == criteria
    except StampedSetError:
        assert changed != stored

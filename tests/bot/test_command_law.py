"""Commands about documents and units: due, resolve."""

import json

import pytest

from bot.commands import DONE, MISUSE, NO
from tests.bot.calling import Antt


def test_due_gives_the_dates_of_2027_as_projected(antt: Antt) -> None:
    said = antt(
        "due", "--pack", "nghe-an-104-2024", "--from", "2027-01-01", "--to", "2027-12-31", "--json"
    )
    duties = {duty["id"]: duty for duty in json.loads(said.out)}
    days = {name: duties[name]["last_working_day"] for name in ("O-NA-1", "O-NA-2", "O-NA-3")}
    assert days == {"O-NA-1": "2027-02-24", "O-NA-2": "2027-06-11", "O-NA-3": "2027-12-13"}
    assert all(duty["projected"] for duty in duties.values())
    assert duties["O-NA-2"]["hard_limit"] == "2027-06-14"
    assert duties["O-NA-2"]["stages"][:6] == [
        {"stage": "T-30", "on": "2027-04-28"},
        {"stage": "T-14", "on": "2027-05-24"},
        {"stage": "T-7", "on": "2027-06-02"},
        {"stage": "T-3", "on": "2027-06-08"},
        {"stage": "T-1", "on": "2027-06-10"},
        {"stage": "T", "on": "2027-06-11"},
    ]
    assert {"id", "clause", "verbatim", "who", "to_whom"} <= set(duties["O-NA-2"])


def test_due_says_it_in_words(antt: Antt) -> None:
    said = antt("due", "--pack", "nghe-an-104-2024", "--from", "2027-06-01", "--to", "2027-06-30")
    assert "O-NA-2" in said.out
    assert "(dự kiến)" in said.out
    assert "thứ Sáu 11/06/2027" in said.out


def test_due_in_the_documents_own_year_is_not_projected(antt: Antt) -> None:
    said = antt(
        "due", "--pack", "nghe-an-104-2024", "--from", "2024-01-01", "--to", "2024-12-31", "--json"
    )
    assert not any(duty["projected"] for duty in json.loads(said.out))


@pytest.mark.parametrize("text", ["tình hình xã Mỹ Long Bắc", "tinh hinh xa my long bac"])
def test_resolve_names_one_commune_with_and_without_marks(antt: Antt, text: str) -> None:
    said = antt("resolve", "--structure", "2021", "--province", "84", text, "--json")
    assert said.code == DONE
    assert json.loads(said.out) == {"id": None, "units": ["c:29422"], "exact": True}


def test_resolve_of_nothing_is_the_answer_no(antt: Antt) -> None:
    said = antt("resolve", "--structure", "2021", "--province", "84", "xã nào chưa nộp", "--json")
    assert said.code == NO
    assert json.loads(said.out)["units"] == []


def test_resolve_reads_rows_and_gives_rows(antt: Antt) -> None:
    rows = [
        {"id": "a", "registry": "new", "user_province": "40", "text": "xã Kim Liên"},
        {"id": "b", "registry": "old2021", "user_province": "84", "text": "chưa có gì"},
        {"id": "c", "registry": "old2021", "user_province": "84", "text": "huyện Cầu Ngang"},
    ]
    said = antt("resolve", "--jsonl", typed="\n".join(map(json.dumps, rows)) + "\n\n")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == DONE
    assert [one["id"] for one in answers] == ["a", "b", "c"]
    assert [len(one["units"]) for one in answers] == [1, 0, 1]
    assert answers[2]["units"][0].startswith("d:")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "7",
        '{"id": 1}',
        '{"id":1,"registry":"old","user_province":"84","text":"x"}',
        "[" * 9_999,
    ],
)
def test_resolve_names_the_line_that_is_no_query(antt: Antt, line: str) -> None:
    said = antt("resolve", "--jsonl", typed=f"\n{line}\n")
    assert said.code == MISUSE
    assert "Dòng 2" in said.err

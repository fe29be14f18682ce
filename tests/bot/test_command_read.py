"""`antt read`: what a text is understood as."""

import json

import pytest

from packs import load_pack
from tests.bot.calling import Antt

AT = ("--year", "2024", "--at", "2024-12-20")


def test_a_reply_gives_its_fields(antt: Antt) -> None:
    said = antt("read", "--question", "I.5.b", *AT, "năm ngoái 21 nay 19", "--json")
    assert json.loads(said.out) == {"fields": {"last_year": 21, "this_year": 19}}


def test_what_is_given_and_known_counts(antt: Antt) -> None:
    options = ("--given", '{"total": 15}', "--known", '{"total": 14}')
    said = antt("read", "--question", "I.3.a", *AT, *options, "còn 3", "--json")
    assert json.loads(said.out) == {"fields": {"settled": 12}}


def test_a_line_gives_the_parts_of_a_page(antt: Antt) -> None:
    said = antt("read", "--item", "I.3", *AT, "1 12/15 2 không 3 để sau", "--json")
    assert json.loads(said.out) == {
        "parts": {"1": {"total": 15, "settled": 12}, "2": {"choice": 0}},
        "orders": {"3": "later"},
    }


def test_a_no_rejects_what_was_read_back(antt: Antt) -> None:
    pending = json.dumps({"1": {"choice": 0}})
    said = antt("read", "--item", "I.4", *AT, "--pending", pending, "sai rồi em", "--json")
    assert json.loads(said.out) == {"reject": True}


def test_rows_are_answered_by_their_id(antt: Antt) -> None:
    row = {"id": "a", "question": "I.1.c", "text": "rồi", "today": "2024-12-20"}
    said = antt("read", "--jsonl", typed=json.dumps(row) + "\n\n")
    assert json.loads(said.out) == {"id": "a", "fields": {"choice": 0}}


def test_a_text_that_says_nothing_is_the_answer_no(antt: Antt) -> None:
    said = antt("read", "--question", "I.5.b", *AT, "xanh")
    assert said.code == 1
    assert said.out.strip() == 'ask: "not_readable"'


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("có",), "antt read: cần câu trả lời"),
        (("--question", "I.9.z", "có"), "Không có câu I.9.z."),
        (("--question", "II.1", "có"), "Câu II.1 không hỏi ai."),
        (("--item", "I.99", "có"), "Không có mục I.99."),
        (("--question", "I.1.c", "--given", "{", "có"), "Không phải một đối tượng JSON"),
        (("--document", "nghe-an-104-2024", "--question", "I.1.c", "có"), "không có bộ tiêu chí"),
    ],
)
def test_a_wrong_call_gets_a_sentence(antt: Antt, options: tuple[str, ...], sentence: str) -> None:
    said = antt("read", *options)
    assert said.code == 2
    assert sentence in said.err


def test_a_wrong_row_is_named_by_its_line(antt: Antt) -> None:
    said = antt("read", "--jsonl", typed='\n{"id": "a", "text": "có", "question": "x"}\n')
    assert said.code == 2
    assert "Dòng 2" in said.err


def test_every_requirement_can_be_read(antt: Antt) -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    asked = [row.id for part in criteria.parts for row in part.requirements() if row.asked]
    lines = "\n".join(json.dumps({"id": one, "question": one, "text": "để mai"}) for one in asked)
    answers = [json.loads(line) for line in antt("read", "--jsonl", typed=lines).out.splitlines()]
    assert [one["id"] for one in answers] == asked
    assert all(one["order"] == "later" for one in answers)

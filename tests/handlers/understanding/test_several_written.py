"""A line is read as what was written in it, or the question is asked; it is never read as anything
else.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.answers import NOTHING_GIVEN, Answer, Field
from domain.criteria import AskedAs, Requirement
from domain.steps import Step, StepKind, next_step
from handlers.understanding.several import read_line
from tests.domain.tra_vinh import YEAR
from tests.handlers.understanding.test_several import ITEMS, questions, short


def answers(row: Requirement) -> st.SearchStrategy[tuple[Answer, str]]:
    """Complete answers of a requirement, each with one way to write it."""

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[Answer, str]:
        answer = NOTHING_GIVEN
        while (step := next_step(row, answer)) is not None:
            answer = Answer(fields=(*answer.fields, draw(_field(step))))
        return answer, _written(row, answer)

    return drawn()


def _field(step: Step) -> st.SearchStrategy[Field]:
    most = 99 if step.most is None else step.most
    found: dict[StepKind, st.SearchStrategy[object]] = {
        StepKind.CHOICE: st.integers(0, step.options - 1),
        StepKind.WHOLE_NUMBER: st.integers(step.least, most),
        StepKind.DATE: st.integers(0, 300).map(lambda days: date(YEAR, 1, 1) + timedelta(days)),
        StepKind.DOCUMENT_NUMBER: st.integers(1, 99).map(lambda number: f"{number:02}-NQ/ĐU"),
        StepKind.NAMES: st.just(("Tổ tự quản", "Camera an ninh")),
    }
    return found[step.kind].map(lambda value: Field(name=step.field, value=value))  # type: ignore[arg-type]


def _written(row: Requirement, answer: Answer) -> str:
    told = {field.name.value: field.value for field in answer.fields}
    claims = {0: ", bất khả kháng", 1: ", không bkk", None: ""}
    claim = claims[told.get("force_majeure")]  # type: ignore[index]
    match row.asked_as:
        case AskedAs.CASES:
            return f"{told['settled']}/{told['total']}" if told["total"] else "0"
        case AskedAs.COUNT:
            return f"{told['count']}{claim}"
        case AskedAs.LIST:
            return "; ".join(told["names"])  # type: ignore[arg-type]
        case AskedAs.YEAR_ON_YEAR:
            hurt = "".join(
                f", {word} {told.get(f'{name}_this_year', 0)};{told.get(f'{name}_last_year', 0)}"
                for name, word in (("deaths", "chết"), ("injured", "bị thương"))
                if row.rule.casualties
            )
            return f"{told['this_year']} so với {told['last_year']}{hurt}{claim}"
        case AskedAs.DOCUMENT if "number" in told:
            return f"{told['number']} {told['issued_on']:%d/%m/%Y}"
        case AskedAs.RATING:
            letter = "abcd"[answer.choice or 0]
            return (
                f"{letter} {told['number']} {told['issued_on']:%d/%m/%Y}"
                if "number" in told
                else letter
            )
        case AskedAs.NONE_OR_SOME if "count" in told:
            return f"có {told['count']}"
        case AskedAs.DOCUMENT:
            return ("có", "mật", "chưa có")[answer.choice or 0]
        case _:
            return row.choices[answer.choice or 0].split("(")[0].split(",")[0]


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, str, Mapping[int, Answer]]:
    """An item, a line that answers some of it, and the meaning of the line."""
    item = draw(st.sampled_from(sorted(ITEMS)))
    rows = {number: one.requirement for number, one in questions(item).items()}
    names = [number for number, row in rows.items() if row.asked_as is AskedAs.LIST]
    numbers = draw(st.permutations([one for one in rows if one not in names]))
    numbers = numbers[: draw(st.integers(1, len(numbers)))] + names
    mark, gap = (
        draw(st.sampled_from([" ", ": ", ". ", ") "])),
        draw(st.sampled_from([" ", ", ", " · ", "\n"])),
    )
    told = {number: draw(answers(rows[number])) for number in numbers}
    text = gap.join(f"{number}{mark}{written}" for number, (_, written) in told.items())
    return item, text, {number: answer for number, (answer, _) in told.items()}


@pytest.mark.fuzz
@given(lines())
@settings(deadline=None)
def test_a_line_gives_back_what_was_written_or_asks(
    told: tuple[str, str, Mapping[int, Answer]],
) -> None:
    item, text, answers_told = told
    line = read_line(questions(item), text)
    assert line is not None
    for number, given_ in line.given.items():
        assert number in answers_told, f"{text!r}: {number} is a figure, no question"
        assert short(given_) == tuple(field.value for field in answers_told[number].fields), text
    assert not line.contradictory, text
    assert not line.unknown, text


@pytest.mark.fuzz
@given(lines())
@settings(deadline=None)
def test_a_line_with_one_answer_a_row_is_always_understood(
    told: tuple[str, str, Mapping[int, Answer]],
) -> None:
    item, text, answers_told = told
    assume("\n" in text)
    line = read_line(questions(item), text)
    assert line is not None
    assert set(line.given) == set(answers_told), text


@pytest.mark.fuzz
@given(st.sampled_from(sorted(ITEMS)), st.text("0123456789 ,;:/-.cókhngđạtvừrmậ\n", max_size=60))
@settings(deadline=None)
def test_no_text_breaks_it_and_nothing_is_given_and_doubted_at_once(item: str, text: str) -> None:
    line = read_line(questions(item), text)
    if line is not None:
        assert not line.given.keys() & {*line.unclear, *line.contradictory, *line.unknown}
        assert line.given.keys() <= questions(item).keys()

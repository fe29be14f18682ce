"""Answers as a person types them: in a line, and one field after the other."""

from collections.abc import Mapping
from datetime import date

from domain.answers import Answer, Field, FieldName
from domain.criteria import AskedAs, Item, Requirement, Sensitivity
from domain.pages import in_order
from domain.registers import Entries, RegisterEntry
from domain.steps import HELD_SECRET, SOME


def line_of(item: Item, answers: Mapping[str, Answer]) -> str:
    """One line with an answer to every question of an item that has an answer."""
    rows = in_order(item, Sensitivity.RED)
    return ", ".join(
        f"{number} {written(row, answers[row.id])}"
        for number, row in enumerate(rows, start=1)
        if row.id in answers
    )


def written(row: Requirement, answer: Answer) -> str:
    """One answer after its number."""
    told = {field.name: field.value for field in answer.fields}
    claim = told.get(FieldName.FORCE_MAJEURE)
    force_majeure = "" if claim is None else ", không bkk" if claim else ", bất khả kháng"
    match row.asked_as:
        case AskedAs.CASES:
            total = told[FieldName.TOTAL]
            return f"{told[FieldName.SETTLED]}/{total}" if total else "0"
        case AskedAs.COUNT:
            return f"{told[FieldName.COUNT]}{force_majeure}"
        case AskedAs.LIST:
            names = told[FieldName.NAMES]
            return "; ".join(names) if isinstance(names, tuple) and names else "chưa có"
        case AskedAs.YEAR_ON_YEAR:
            return f"{_two_years(row, answer)}{force_majeure}"
        case AskedAs.RATING:
            return " ".join(("abcd"[answer.choice or 0], *_document(answer)))
        case AskedAs.DOCUMENT if answer.has_evidence:
            return " ".join(_document(answer))
        case AskedAs.DOCUMENT:
            return "mật" if answer.choice == HELD_SECRET else "chưa có"
        case AskedAs.NONE_OR_SOME if answer.choice == SOME:
            return f"có {told[FieldName.COUNT]}"
        case _:
            return row.choices[answer.choice or 0].split("(")[0].split(",")[0].strip()


def _document(answer: Answer) -> tuple[str, ...]:
    number, day = answer.get(FieldName.NUMBER), answer.get(FieldName.ISSUED_ON)
    return (str(number), f"{day:%d/%m/%Y}") if isinstance(day, date) else ()


def _two_years(row: Requirement, answer: Answer) -> str:
    text = f"{answer.get(FieldName.THIS_YEAR)} so với {answer.get(FieldName.LAST_YEAR)}"
    if not row.rule.casualties:
        return text
    deaths = _pair(answer, FieldName.DEATHS_THIS_YEAR, FieldName.DEATHS_LAST_YEAR)
    injured = _pair(answer, FieldName.INJURED_THIS_YEAR, FieldName.INJURED_LAST_YEAR)
    return f"{text}, chết {deaths}, bị thương {injured}"


def _pair(answer: Answer, this: FieldName, last: FieldName) -> str:
    return f"{answer.get(this) or 0};{answer.get(last) or 0}"


def steps_of(answer: Answer) -> list[str]:
    """The same answer as typed if one field is asked at a time."""
    return [_step(field) for field in answer.fields]


def _entry(entry: RegisterEntry) -> str:
    return f"{entry.name} (từ {entry.since_year})" if entry.since_year else entry.name


def _step(field: Field) -> str:
    match field.value:
        case tuple(names):
            return "; ".join(names) or "chưa có"
        case Entries(items=items):
            return "; ".join(map(_entry, items)) or "chưa có"
        case date() as day:
            return f"{day:%d/%m/%Y}"
        case int(choice) if field.name in (FieldName.CHOICE, FieldName.FORCE_MAJEURE):
            return str(choice + 1)
        case value:
            return str(value)

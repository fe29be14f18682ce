"""The mistakes of a workbook, each with its place and a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from locales import Words


class Defect(StrEnum):
    """Why a file as a whole is refused; `workbook_mistakes.defect_…` is the sentence."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"  # noqa: S105  the kind of defect, not a secret
    NOT_EXCEL = "not_excel"
    TEXT_FILE = "text_file"
    OPEN_DOCUMENT = "open_document"
    BINARY_WORKBOOK = "binary_workbook"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    DAMAGED = "damaged"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    ENTITIES = "entities"
    TOO_MANY_CELLS = "too_many_cells"


class UnreadableWorkbook(Exception):
    """The file cannot be read as a workbook."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.value)
        self.defect = defect


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """One mistake. `sheet` is "" and `row` 0 for the whole file, `column` "" for a whole row.

    `row` is the number and `column` the letter that the spreadsheet shows. `text` is a whole
    sentence and never repeats text that may not be stored (a phone number).
    """

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Nothing was taken over; lists every mistake, in the order of the sheets and rows."""

    problems: tuple[RowProblem, ...]


def whole_file(defect: Defect, words: Words) -> Refused:
    """The refusal of a file that is not a workbook we can read."""
    text = words.say(f"workbook_mistakes.defect_{defect.value}")
    return Refused(problems=(RowProblem(sheet="", row=0, column="", text=text),))


def describe(problem: RowProblem, words: Words) -> str:
    """One line: "Người dùng, dòng 5, cột D: …"; the sentence alone for the whole file."""
    if not problem.sheet:
        return problem.text
    return words.say(
        "workbook_mistakes.place",
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        text=problem.text,
    )

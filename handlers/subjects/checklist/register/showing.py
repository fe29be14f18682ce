"""How a register is shown at its question: its entries with their numbers, and the words."""

from domain.cards import Row
from domain.checklist import Place
from domain.messages import Choice, ChoiceKind
from domain.registers import RegisterEntry
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds.register import entry_said
from handlers.subjects.checklist.kinds.words import Asked


def entries_at(turn: Turn, sheet: Sheet, place: Place) -> dict[int, RegisterEntry]:
    """The entries of the register that a question keeps, by number; none for other questions."""
    if place.step.kind is not StepKind.ENTRIES:
        return {}
    return turn.tx.registers.numbered(sheet.unit.id, place.requirement.counted)


def offered_at(turn: Turn, sheet: Sheet, place: Place) -> dict[int, RegisterEntry]:
    """Those of them that were in force in the year under review."""
    entries = entries_at(turn, sheet, place)
    return {number: one for number, one in entries.items() if one.in_force(sheet.year)}


def entry_rows(turn: Turn, sheet: Sheet, place: Place) -> tuple[Row, ...]:
    """The entries that are offered, each on a row."""
    asked = Asked(turn=turn, row=place.requirement, year=sheet.year)
    return tuple(
        Row(value=turn.say("several.line", number=number, text=entry_said(asked, entry)))
        for number, entry in offered_at(turn, sheet, place).items()
    )


def keep_choice(turn: Turn, count: int) -> Choice:
    """The word that answers with all entries that are offered."""
    word = turn.say("register.keep", count=count)
    return Choice(key=word, label=word, kind=ChoiceKind.ACTION, primary=True)

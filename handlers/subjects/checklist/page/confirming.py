"""Going on confirms: the answers that were read back are saved in the turn in which the person goes
on.
"""

from dataclasses import dataclass, replace

from domain.criteria import Requirement
from domain.replies import Completed
from handlers.assessment.pending import NOTHING_PENDING, Pending, keep
from handlers.assessment.saving import save_several
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.turn import Turn


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The sheet afterwards, what was saved, and what another person had answered meanwhile."""

    sheet: Sheet
    rows: tuple[Requirement, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def note(self, turn: Turn) -> tuple[str, ...]:
        """The note about answers that were not saved."""
        if not self.elsewhere:
            return ()
        return (turn.say("several.answered_elsewhere", ids=", ".join(self.elsewhere)),)


def confirm(turn: Turn, sheet: Sheet, but: frozenset[str] = frozenset()) -> Confirmed:
    """Save the complete pending answers; partial ones stay pending.

    `but` are requirements that are being answered again: their pending answers are deleted. Raises
    storage.Conflict like `save`.
    """
    if not sheet.pending:
        return Confirmed(sheet=sheet)
    whole = {row: one for row, one in sheet.pending_whole().items() if row not in but}
    elsewhere = tuple(row for row in whole if _is_answered_since(sheet, row))
    # A correction of an earlier answer may have removed a branch.
    asked = {row.id for row in sheet.ahead.asked()}
    outcomes = tuple(
        Completed(requirement=sheet.criteria.requirement(row), answer=answer)
        for row, answer in whole.items()
        if row not in elsewhere and row in asked
    )
    after = save_several(turn, sheet, outcomes) if outcomes else sheet
    half = {
        row: answer
        for row, answer in sheet.pending.answers.items()
        if row not in sheet.pending_whole() and row not in but
    }
    after = wait_for(turn, after, replace(sheet.pending, answers=half))
    saved = tuple(one.requirement for one in outcomes)
    return Confirmed(sheet=after, rows=saved, elsewhere=elsewhere)


def _is_answered_since(sheet: Sheet, row: str) -> bool:
    return sheet.versions.get(row, 0) != sheet.pending.versions.get(row, 0)


def wait_for(turn: Turn, sheet: Sheet, pending: Pending) -> Sheet:
    """Store the pending answers; returns the sheet with them."""
    keep(turn.tx, turn.person.id, sheet.assessment.id, pending, turn.now)
    forget_sheet(turn)
    return replace(sheet, pending=pending if pending else NOTHING_PENDING)


def without(turn: Turn, sheet: Sheet, rows: frozenset[str]) -> Sheet:
    """The sheet without the pending answers of these requirements."""
    if not sheet.pending or not rows & sheet.pending.answers.keys():
        return sheet
    left = {row: one for row, one in sheet.pending.answers.items() if row not in rows}
    return wait_for(turn, sheet, replace(sheet.pending, answers=left))

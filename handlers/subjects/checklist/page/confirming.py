"""Going on confirms: the answers that were read back are saved in the turn in which the person goes
on.
"""

from dataclasses import dataclass, replace

from domain.criteria import Requirement
from domain.replies import Completed
from handlers.assessment.pending import Pending, keep
from handlers.assessment.saving import save_several
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.disputed import ask_whether, part


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """The sheet afterwards, what was saved, and what is to be said about the rest."""

    sheet: Sheet
    rows: tuple[Requirement, ...] = ()
    notes: tuple[str, ...] = ()


def confirm(
    turn: Turn, sheet: Sheet, but: frozenset[str] = frozenset(), *, agreed: bool = False
) -> Confirmed:
    """Save the complete pending answers; partial ones stay pending. What another person has
    answered meanwhile is saved only after the person was asked. Lapsed answers are read back again
    instead.

    `agreed`: the person said yes; answers that he rejected are not saved by going on.
    `but` are requirements that are being answered again: their pending answers are deleted. Raises
    storage.Conflict like `save`.
    """
    if not sheet.pending:
        return Confirmed(sheet=sheet)
    if sheet.pending.lapsed or (sheet.pending.rejected and not agreed):
        return Confirmed(sheet=without(turn, sheet, but))
    whole = {row: one for row, one in sheet.pending_whole().items() if row not in but}
    # A correction of an earlier answer may have removed a branch.
    asked = {row.id for row in sheet.ahead.asked()}
    outcomes = tuple(
        Completed(requirement=sheet.criteria.requirement(row), answer=answer)
        for row, answer in whole.items()
        if row in asked
    )
    parted = part(turn, sheet, outcomes, sheet.pending.versions)
    after = save_several(turn, sheet, parted.free) if parted.free else sheet
    half = {
        row: answer
        for row, answer in sheet.pending.answers.items()
        if row not in sheet.pending_whole() and row not in but
    }
    after = wait_for(turn, after, replace(sheet.pending, answers=half))
    after = ask_whether(turn, after, parted.instead)
    saved = tuple(one.requirement for one in parted.free)
    return Confirmed(sheet=after, rows=saved, notes=tuple(filter(None, (parted.note(turn),))))


def wait_for(turn: Turn, sheet: Sheet, pending: Pending) -> Sheet:
    """Store the pending answers; returns the sheet with them."""
    keep(turn.tx, turn.person.id, sheet.assessment.id, pending, turn.now)
    forget_sheet(turn)
    return replace(sheet, pending=pending)


def without(turn: Turn, sheet: Sheet, rows: frozenset[str]) -> Sheet:
    """The sheet without the pending answers of these requirements."""
    if not sheet.pending or not rows & sheet.pending.answers.keys():
        return sheet
    left = {row: one for row, one in sheet.pending.answers.items() if row not in rows}
    return wait_for(turn, sheet, replace(sheet.pending, answers=left))

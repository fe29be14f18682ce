"""The mistakes of a workbook that was refused."""

from domain.cards import Card
from handlers.documents.problems import Refused, describe
from handlers.subjects.setup.screens import SetupTurn, bulleted

PROBLEMS_SHOWN = 30
"""Mistakes listed in one answer; the others are counted, and found again at the next try."""


def mistakes(setup: SetupTurn, sheet: Refused) -> Card:
    """Each mistake with its row, up to `PROBLEMS_SHOWN`, and what to do next."""
    shown = [describe(one, setup.turn.words) for one in sheet.problems[:PROBLEMS_SHOWN]]
    more = len(sheet.problems) - len(shown)
    counted = (setup.say("more_mistakes", count=more),) if more else ()
    return Card(
        text=setup.say("workbook_refused", count=len(sheet.problems)),
        rows=bulleted(shown),
        notes=(*counted, setup.say("send_again")),
    )

"""The mistakes of a workbook that was refused."""

from domain.cards import Card
from handlers.documents.problems import Refused, describe
from handlers.subjects.setup.screens import Desk, bulleted

PROBLEMS_SHOWN = 30
"""Mistakes listed in one answer; the others are counted, and found again at the next try."""


def mistakes(desk: Desk, sheet: Refused) -> Card:
    """Each mistake with its row, up to `PROBLEMS_SHOWN`, and what to do next."""
    shown = [describe(one, desk.turn.words) for one in sheet.problems[:PROBLEMS_SHOWN]]
    more = len(sheet.problems) - len(shown)
    counted = (desk.say("more_mistakes", count=more),) if more else ()
    return Card(
        text=desk.say("workbook_refused", count=len(sheet.problems)),
        rows=bulleted(shown),
        notes=(*counted, desk.say("send_again")),
    )

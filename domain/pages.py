"""Several questions in one message: the open ones of one item, grouped by kind.

A question keeps its number as long as its item has the same questions: the number is its position
among all that the channel may ask, answered or not. So a number always means the same question,
even if others were answered elsewhere in the meantime.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from domain.answers import NOTHING_GIVEN, Answer
from domain.checklist import Checklist, Place
from domain.criteria import Item, Requirement, RuleName, Sensitivity
from domain.kinds import kind_of, page_position
from domain.steps import first_step, next_step


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One question of a page: its number in the item, and its open step."""

    number: int
    place: Place


@dataclass(frozen=True, kw_only=True)
class Page:
    """The questions of one message, all of one item, in the order of their numbers.

    `left` is the number of further open questions of the item that did not fit.
    """

    item: Item
    entries: tuple[Entry, ...]
    left: int = 0


def in_order(item: Item, ceiling: Sensitivity) -> tuple[Requirement, ...]:
    """The item's questions in their order, numbered from 1: those of one kind and with the same
    choices are together. A question that is asked only after another answer comes last, so that no
    number changes if it is left out.
    """
    rows = [row for row in item.requirements if row.asked and _allowed(row, ceiling)]
    choices = list(dict.fromkeys(row.choices for row in rows))
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.rule.name is RuleName.CONVERTED_IF_LISTED,
                page_position(row),
                row.rule.name is RuleName.BRANCH,
                choices.index(row.choices),
            ),
        )
    )


def grouped(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """The entries in groups that share a heading."""
    return tuple(tuple(group) for _, group in groupby(entries, key=_heading))


def _heading(entry: Entry) -> tuple[object, ...]:
    row = entry.place.requirement
    choices = () if kind_of(row).choices_beside else row.choices
    return entry.place.step.field, row.asked_as, choices


def next_page(
    checklist: Checklist,
    drafts: Mapping[str, Answer],
    *,
    size: Callable[[Place], int],
    limit: int,
    item_id: str | None = None,
) -> Page | None:
    """What to ask next in one message: the first item with open questions, skipped ones last; or
    the open questions of one item.

    `drafts` are fields given so far to questions that need more. `size` says how long a question is
    in the message, `limit` how long all of them may be (both in UTF-16 units); one question is
    always taken. None if no question that may be asked is open.
    """
    rows = [
        row
        for row in checklist.open()
        if _allowed(row, checklist.ceiling) and checklist.waits_for(row) is None
    ]
    if item_id is not None:
        wanted = [one.requirements for one in checklist.part.items if one.id == item_id]
        rows = [row for row in rows if any(row in known for known in wanted)]
    if not rows:
        return None
    item = next(one for one in checklist.part.items if rows[0] in one.requirements)
    skipped = rows[0].id in checklist.skips
    mates = {row.id for row in rows if (row.id in checklist.skips) == skipped}
    entries = tuple(
        Entry(number=number, place=_place(checklist, row, drafts.get(row.id, NOTHING_GIVEN)))
        for number, row in enumerate(in_order(item, checklist.ceiling), start=1)
        if row.id in mates
    )
    fitting = _fitting([size(one.place) for one in entries], limit)
    return Page(item=item, entries=entries[:fitting], left=len(entries) - fitting)


def _fitting(sizes: list[int], limit: int) -> int:
    """How many fit; at least one."""
    whole = 0
    for at, size in enumerate(sizes):
        whole += size
        if whole > limit and at:
            return at
    return len(sizes)


def _place(checklist: Checklist, row: Requirement, draft: Answer) -> Place:
    step = next_step(row, draft)
    if step is None or (checklist.withholds(row, step)):
        draft, step = NOTHING_GIVEN, first_step(row)
    return Place(requirement=row, step=step, draft=draft, revisiting=False)


def _allowed(row: Requirement, ceiling: Sensitivity) -> bool:
    return row.sensitivity.rank <= ceiling.rank

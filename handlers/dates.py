"""What a unit has to hand in, and the word that it did."""

from collections.abc import Sequence
from datetime import date

from domain.deadlines import Occurrence, OccurrenceState
from handlers.reply import KEEP_MENU, Intent, Reply
from handlers.turn import Turn

NAMES_SHOWN = 15
"""Units named under one duty; the others are counted, so that the list stays one screen."""


def dates(turn: Turn) -> Reply:
    """The duties of the person's own unit, or of his province when he oversees."""
    post = turn.answering_post
    if post is None:
        return missing(turn)
    unit = turn.tx.units.get(post.unit)
    name = turn.unit_name(unit) if unit else str(post.unit)
    duties = turn.tx.plans.of_unit(post.unit)
    if not duties:
        return Reply(intent=Intent.DATES, text=turn.say("dates.nothing_due"), menu=KEEP_MENU)
    lines = [turn.say("dates.heading", unit=name), *(_line(turn, duty) for duty in duties)]
    waiting = [duty for duty in duties if duty.state is OccurrenceState.OPEN]
    if waiting:
        lines.append(turn.say("dates.how_to_declare", code=waiting[0].code))
    return Reply(
        intent=Intent.DATES,
        text="\n".join(lines),
        menu=KEEP_MENU,
        units=(post.unit,),
        figures=tuple((duty.code, duty.state.value) for duty in duties),
    )


def _line(turn: Turn, duty: Occurrence) -> str:
    if duty.sent_on is None:
        return turn.say(
            "dates.open",
            code=duty.code,
            what=duty.what,
            verbatim=duty.verbatim,
            last=duty.limits.last_working_day,
            to_whom=duty.to_whom,
        )
    key = "received" if duty.state is OccurrenceState.RECEIVED else "declared"
    return turn.say(f"dates.{key}", code=duty.code, what=duty.what, sent=duty.sent_on)


def missing(turn: Turn) -> Reply:
    """Which of the units the person may see have not handed in, duty by duty."""
    duties = turn.tx.visible_to(turn.person).occurrences()
    if not duties:
        return Reply(intent=Intent.MISSING, text=turn.say("status.no_plan"), menu=KEEP_MENU)
    by_duty: dict[tuple[str, int], list[Occurrence]] = {}
    for duty in duties:
        by_duty.setdefault((duty.obligation_id, duty.year), []).append(duty)
    blocks = [_missing_block(turn, group) for group in by_duty.values()]
    figures: list[tuple[str, str | int]] = []
    for (obligation, year), group in by_duty.items():
        figures.append((f"{obligation}/{year} missing", len(_open(group))))
        figures.append((f"{obligation}/{year} bound", len(group)))
    return Reply(
        intent=Intent.MISSING,
        text="\n\n".join(blocks),
        menu=KEEP_MENU,
        figures=tuple(figures),
    )


def _open(group: Sequence[Occurrence]) -> list[Occurrence]:
    return [duty for duty in group if duty.state is OccurrenceState.OPEN]


def _missing_block(turn: Turn, group: Sequence[Occurrence]) -> str:
    first, waiting = group[0], _open(group)
    heading = turn.say(
        "status.missing_heading", what=first.what, last=first.limits.last_working_day
    )
    count = turn.say("status.missing_count", missing=len(waiting), total=len(group))
    if not waiting:
        return f"{heading} {count}."
    units = turn.tx.visible_to(turn.person).units(
        tuple(duty.unit for duty in waiting[:NAMES_SHOWN])
    )
    names = turn.say(
        "status.missing_names",
        names=", ".join(turn.unit_name(unit) for unit in units),
        more=len(waiting) - len(units),
    )
    return f"{heading} {count}: {names}"


def hand_in(turn: Turn, code: str | None, on: date | None) -> Reply:
    """ "đã nộp N3": the unit declares that a duty was handed in, today or on the day it says."""
    post = turn.answering_post
    if post is None:
        return _note(turn, "menu.not_for_role")
    duties = turn.tx.plans.of_unit(post.unit)
    if code is None:
        waiting = [duty for duty in duties if duty.state is OccurrenceState.OPEN]
        if len(waiting) != 1:
            return _note(turn, "dates.which_duty")
        code = waiting[0].code
    duty = next((one for one in duties if one.code == code), None)
    if duty is None:
        return _note(turn, "dates.no_such_duty", code=code)
    if duty.sent_on is not None:
        return _note(turn, "dates.already_handed_in", code=code, sent=duty.sent_on)
    sent = on or turn.today
    if sent > turn.today:
        return _note(turn, "dates.sent_in_future", today=turn.today)
    return _declare(turn, duty, sent)


def _declare(turn: Turn, duty: Occurrence, sent: date) -> Reply:
    turn.tx.plans.declare(duty.id, sent_on=sent, recorded_at=turn.now, person_id=turn.person.id)
    turn.tx.audit.record(
        turn.now, turn.person.id, "handed_in", f"occurrence:{duty.id}", sent.isoformat()
    )
    on_time = duty.limits.on_time(sent)
    text = turn.say(
        "dates.handed_in" if on_time else "dates.handed_in_late",
        code=duty.code,
        what=duty.what,
        sent=sent,
        **({} if on_time else {"last": duty.limits.last_day}),
    )
    if on_time and not duty.limits.on_time(turn.today):
        text = f"{text} {turn.say('dates.waits_for_receiver')}"
    return Reply(intent=Intent.HAND_IN, text=text, menu=KEEP_MENU, units=(duty.unit,))


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.HAND_IN, text=turn.say(key, **values), menu=KEEP_MENU)

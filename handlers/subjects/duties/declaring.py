"""A unit's declaration that it handed something in."""

from collections.abc import Sequence
from datetime import date

from domain.cards import Badge, Card, Row, Tone, saying
from domain.deadlines import Occurrence, OccurrenceState
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.duties.due import begun, named
from handlers.understanding.commands import Order
from handlers.understanding.dates import last_such_day
from handlers.understanding.duties import duties_named, names_a_duty
from handlers.understanding.intents import Intent


def hand_in(turn: Turn, order: Order) -> Reply:
    """ "đã nộp N3": the unit declares that a duty was handed in, today or on the day it says."""
    post = turn.answering_post
    if post is None:
        return _note(turn, "menu.not_for_role")
    duties = turn.tx.plans.of_unit(post.unit)
    waiting = sorted(
        (duty for duty in duties if duty.state is OccurrenceState.OPEN),
        key=lambda duty: (not begun(turn, duty), duty.limits.hard_limit),
    )
    about = order.about
    if about is not None and (found := [duty for duty in duties if duty.code == about]):
        return _hand_in_one(turn, found[0], order)
    if about is not None and names_a_duty(about):
        named = duties_named(about, [duty.what for duty in waiting])
        waiting = [waiting[at] for at in named]
    elif about is not None:
        return _note(turn, "dates.no_such_duty", code=about)
    if len(waiting) == 1:
        return _hand_in_one(turn, waiting[0], order)
    if not waiting:
        return _note(turn, "dates.nothing_open")
    return _which(turn, waiting)


def _which(turn: Turn, waiting: Sequence[Occurrence]) -> Reply:
    """What to type for each of the duties that the person may mean."""
    rows = tuple(
        Row(label=turn.say("dates.to_declare", code=duty.code), value=duty.what) for duty in waiting
    )
    card = Card(text=turn.say("dates.which_duty"), rows=rows)
    return Reply(intent=Intent.HAND_IN, cards=(card,), menu=KEEP_MENU)


def _hand_in_one(turn: Turn, duty: Occurrence, order: Order) -> Reply:
    if duty.sent_on is not None:
        return _note(turn, "dates.already_handed_in", code=duty.code, sent=duty.sent_on)
    sent = order.on or turn.today
    if order.day_month is not None:
        sent = last_such_day(*order.day_month, turn.today) or turn.today
    if sent > turn.today:
        return _note(turn, "dates.sent_in_future", today=turn.today)
    return _declare(turn, duty, sent)


def _declare(turn: Turn, duty: Occurrence, sent: date) -> Reply:
    turn.tx.plans.declare(duty.id, sent_on=sent, recorded_at=turn.now, person_id=turn.person.id)
    turn.tx.audit.record(
        turn.now, turn.person.id, "handed_in", f"occurrence:{duty.id}", sent.isoformat()
    )
    card = _declared(turn, duty, sent)
    return Reply(intent=Intent.HAND_IN, cards=(card,), menu=KEEP_MENU, units=(duty.unit,))


def _declared(turn: Turn, duty: Occurrence, sent: date) -> Card:
    """What was recorded, and what follows: reminders end, a late declaration waits for the
    receiver.
    """
    if duty.limits.on_time(sent):
        badge = Badge(sign="✔", word=turn.say("dates.recorded", sent=sent), tone=Tone.GOOD)
        told_late = not duty.limits.on_time(turn.today)
    else:
        late = turn.say("dates.recorded_late", sent=sent, last=duty.limits.last_day)
        badge, told_late = Badge(sign="⚠️", word=late, tone=Tone.BAD), False
    notes = [turn.say("dates.reminders_end")]
    if told_late:
        notes.append(turn.say("dates.waits_for_receiver"))
    return Card(heading=named(duty), badge=badge, notes=tuple(notes))


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.HAND_IN, cards=saying(turn.say(key, **values)), menu=KEEP_MENU)

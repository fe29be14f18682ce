"""The word of a unit that it handed something in."""

from datetime import date

from domain.cards import saying
from domain.deadlines import Occurrence, OccurrenceState
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.duties.due import begun
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
    return _note(turn, "dates.which_duty", duties=waiting)


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
    return Reply(intent=Intent.HAND_IN, cards=saying(text), menu=KEEP_MENU, units=(duty.unit,))


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.HAND_IN, cards=saying(turn.say(key, **values)), menu=KEEP_MENU)

"""Carries out what was typed at a register. The register changes at once; the answer is given by
"giữ", or by the first names of an empty register.
"""

from dataclasses import replace
from datetime import date

from domain.answers import FieldName
from domain.assessments import AssessmentState
from domain.checklist import Place
from domain.registers import Entries, RegisterEntry
from domain.replies import Refused, accept
from handlers.assessment.judging_again import judge_again
from handlers.assessment.sheet import Sheet, forget_sheet, load_sheet, province_of
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.register.entry_text import (
    CommaDoubt,
    EntryText,
    NotPossible,
    not_known,
)
from handlers.subjects.checklist.register.orders import (
    Add,
    Edit,
    End,
    Fixed,
    Free,
    Keep,
    Nothing,
    Remove,
)
from handlers.subjects.checklist.register.showing import entries_at, offered_at
from handlers.subjects.checklist.wrong_replies import refusal


def act(sheet: Sheet, place: Place, order: Fixed | Free, turn: Turn) -> Reply:
    """The reply to an order at the register of `place`."""
    known = entries_at(turn, sheet, place)
    offered = tuple(offered_at(turn, sheet, place).values())
    match order:
        case Keep() if offered:
            return _answer(turn, sheet, place, offered)
        case Keep():
            return answering.not_readable(turn, sheet, place)
        case Nothing():
            return _answer(turn, sheet, place, ())
        case Add(told=told):
            return _add(turn, sheet, place, told, offered)
        case Edit(number=number) | End(number=number) | Remove(number=number):
            if number not in known:
                return _say(turn, sheet, "register.no_such_entry", number=number)
            return _change(turn, sheet, order, known[number])


def _answer(turn: Turn, sheet: Sheet, place: Place, items: tuple[RegisterEntry, ...]) -> Reply:
    return answering.take(turn, sheet, place, {FieldName.ENTRIES: Entries(items=items)})


def _say(turn: Turn, sheet: Sheet, key: str, **values: object) -> Reply:
    return ask(turn, sheet).under(turn.say(key, **values))


def _doubt(turn: Turn, sheet: Sheet, told: CommaDoubt | NotPossible) -> Reply:
    if isinstance(told, NotPossible):
        return _say(turn, sheet, "register.ends_too_early", name=told.name)
    apart = "; ".join(told.apart)
    count = len(told.apart)
    return _say(turn, sheet, "register.comma", count=count, apart=apart, whole=told.whole)


def _add(
    turn: Turn, sheet: Sheet, place: Place, told: EntryText, offered: tuple[RegisterEntry, ...]
) -> Reply:
    if isinstance(told, CommaDoubt | NotPossible):
        return _doubt(turn, sheet, told)
    if not offered:
        return _answer(turn, sheet, place, told.entries)
    new = not_known(told.entries, offered)
    if not new:
        names = "; ".join(one.name for one in told.entries)
        return _say(turn, sheet, "register.known_already", names=names)
    all_of = Entries(items=(*offered, *new))
    refused = accept(sheet.checklist, place, all_of, today=turn.today)
    if isinstance(refused, Refused):
        return ask(turn, sheet).under(refusal(turn, refused))
    for entry in new:
        added = turn.tx.registers.add(
            sheet.unit.id, place.requirement.counted, entry, turn.person.id, turn.now
        )
        _record(turn, sheet, "register_added", added)
    names = "; ".join(one.name for one in new)
    return _say(turn, sheet, "register.added", names=names)


def _change(turn: Turn, sheet: Sheet, order: Edit | End | Remove, entry: RegisterEntry) -> Reply:
    match order:
        case Edit(told=told):
            return _edit(turn, sheet, entry, order.number, told)
        case End(last_day=last_day):
            return _end(turn, sheet, entry, last_day or turn.today)
        case Remove():
            assert entry.id is not None  # noqa: S101  it was read from the register
            turn.tx.registers.remove(sheet.unit.id, entry.id, turn.person.id, turn.now)
            return _changed(turn, sheet, entry, "register_removed", "register.removed")


def _edit(turn: Turn, sheet: Sheet, entry: RegisterEntry, number: int, told: EntryText) -> Reply:
    if isinstance(told, CommaDoubt):
        # One entry is edited, so its commas belong to its name.
        new = RegisterEntry(name=told.whole)
    elif isinstance(told, NotPossible):
        return _doubt(turn, sheet, told)
    elif len(told.entries) > 1:
        return _say(turn, sheet, "register.one_at_a_time", number=number)
    else:
        (new,) = told.entries
    kept = replace(entry, name=new.name)
    if new != RegisterEntry(name=new.name):
        # Details that were typed replace all details; a new name alone keeps them.
        kept = replace(new, id=entry.id)
    turn.tx.registers.edit(sheet.unit.id, kept, turn.person.id, turn.now)
    return _changed(turn, sheet, kept, "register_edited", "register.edited")


def _end(turn: Turn, sheet: Sheet, entry: RegisterEntry, last_day: date) -> Reply:
    assert entry.id is not None  # noqa: S101  it was read from the register
    if entry.ends_before_it_begins(last_day):
        return _say(turn, sheet, "register.ends_too_early", name=entry.name)
    turn.tx.registers.end(sheet.unit.id, entry.id, last_day, turn.person.id, turn.now)
    ended = replace(entry, ended_on=last_day)
    return _changed(turn, sheet, ended, "register_ended", "register.ended")


def _changed(turn: Turn, sheet: Sheet, entry: RegisterEntry, action: str, key: str) -> Reply:
    """Record it, and judge what is open again: an open answer shows the register as it is."""
    _record(turn, sheet, action, entry)
    rulings = turn.tx.rulings.in_force(province_of(sheet.unit), sheet.assessment.set_id)
    for assessment in turn.tx.visible_to(turn.person).assessments((sheet.unit.id,)):
        if assessment.state is AssessmentState.OPEN:
            judge_again(turn.tx, turn.library, assessment, rulings, turn.now)
    forget_sheet(turn)
    said = turn.say(key, name=entry.name, day=entry.ended_on)
    return ask(turn, load_sheet(turn) or sheet).under(said)


def _record(turn: Turn, sheet: Sheet, action: str, entry: RegisterEntry) -> None:
    turn.tx.audit.record(
        turn.now, turn.person.id, action, f"register:{entry.id}", str(sheet.unit.id.code)
    )

"""Two people at one question: what somebody else answered is replaced only after "thay".

The new answer waits with the person's pending answers until the person decides, and lapses like
them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.answers import Answer, Field, FieldName
from domain.cards import Card, Row
from domain.criteria import Requirement
from domain.deadlines import local_date
from domain.messages import Choice, ChoiceKind
from domain.people import Person
from domain.replies import Completed
from handlers.assessment.pending import keep
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import said_back
from handlers.understanding.intents import Intent


@dataclass(frozen=True, kw_only=True)
class Parted:
    """Complete answers: those that may be saved, those about which the person is asked first, and
    the requirements for which somebody else has recorded exactly this answer.
    """

    free: tuple[Completed, ...] = ()
    instead: Mapping[str, Answer] = field(default_factory=dict)
    same: tuple[str, ...] = ()

    def note(self, turn: Turn) -> str:
        """That somebody else has recorded the same answer; empty if nobody has."""
        if not self.same:
            return ""
        return turn.say("disputed.same", ids=", ".join(self.same))


def part(
    turn: Turn,
    sheet: Sheet,
    outcomes: tuple[Completed, ...],
    read_at: Mapping[str, int] | None = None,
) -> Parted:
    """Which answers replace an answer that the person has not given or not seen.

    `read_at` are the versions of the stored answers when the person's line was read; without it
    the person answers what is stored now.
    """
    free, instead, same = [], {}, []
    for outcome in outcomes:
        row, answer = outcome.requirement.id, outcome.answer
        stored = sheet.checklist.answers.get(row)
        changed = read_at is not None and read_at.get(row, 0) != sheet.versions.get(row, 0)
        own = is_own(turn, sheet, row)
        if stored is None or (own and not changed):
            free.append(outcome)
        elif frozenset(stored.fields) == frozenset(answer.fields):
            same.append(row)
        else:
            instead[row] = answer
    return Parted(free=tuple(free), instead=instead, same=tuple(same))


def is_own(turn: Turn, sheet: Sheet, row: str) -> bool:
    """Whether the person gave the recorded answer."""
    by = sheet.recorded.get(row)
    return by is None or by.person_id == turn.person.id


def ask_whether(turn: Turn, sheet: Sheet, instead: Mapping[str, Answer]) -> Sheet:
    """Let the answers wait until the person says whether they replace the recorded ones."""
    if not instead:
        return sheet
    return _wait(turn, sheet, {**sheet.pending.instead, **instead})


def settled(turn: Turn, sheet: Sheet, rows: frozenset[str]) -> Sheet:
    """The person has decided about these requirements."""
    pending = sheet.pending
    left = {row: one for row, one in pending.instead.items() if row not in rows}
    if len(left) == len(pending.instead):
        return sheet
    return _wait(turn, sheet, left)


def _wait(turn: Turn, sheet: Sheet, instead: Mapping[str, Answer]) -> Sheet:
    pending = replace(sheet.pending, instead=instead)
    keep(turn.tx, turn.person.id, sheet.assessment.id, pending, turn.now)
    forget_sheet(turn)
    return replace(sheet, pending=pending)


def menu_of(sheet: Sheet) -> Menu:
    """The menu that asks whether to replace; it changes with the answers on both sides."""
    shown = repr([(row, one, sheet.versions.get(row, 0)) for row, one in _here(sheet)])
    of_both = hashlib.blake2b(shown.encode(), digest_size=4).hexdigest()
    return Menu(MenuKind.REPLACE, (str(sheet.assessment.id), of_both))


def disputed_reply(turn: Turn, sheet: Sheet) -> Reply:
    """Both answers of every disputed requirement, and the two words that decide."""
    return Reply(
        intent=Intent.CHECKLIST,
        cards=(disputed_card(turn, sheet, turn.say("disputed.replace_or_keep")),),
        menu=menu_of(sheet),
        choices=tuple(
            Choice(key=word, label=word, kind=ChoiceKind.ACTION)
            for word in (turn.say("disputed.replace"), turn.say("disputed.keep"))
        ),
        units=(sheet.unit.id,),
        period=sheet.year,
        progress=(sheet.checklist.answered(), len(sheet.checklist.asked())),
    )


def disputed_card(turn: Turn, sheet: Sheet, question: str) -> Card:
    """Who recorded what and when, and what the person answered instead."""
    rows = []
    for row, answer in _here(sheet):
        rows += [
            recorded_row(turn, sheet, row),
            Row(label=turn.say("disputed.yours"), value=_words(turn, sheet, row, answer)),
        ]
    return Card(rows=tuple(rows), notes=(question,))


def recorded_row(turn: Turn, sheet: Sheet, row: str) -> Row:
    """Who recorded the answer to a requirement, when, and what it is."""
    by = sheet.recorded[row]
    return Row(
        label=turn.say(
            "disputed.recorded",
            id=row,
            who=_who(turn, sheet, by.person_id),
            at=by.at,
            today=local_date(by.at) == turn.today,
        ),
        value=_words(turn, sheet, row, sheet.checklist.answers[row]),
    )


def replaced_row(turn: Turn, sheet: Sheet, row: str) -> Row:
    """The answer that was just saved in place of another."""
    return Row(
        label=turn.say("disputed.replaced", id=row),
        value=_words(turn, sheet, row, sheet.checklist.answers[row]),
    )


def _who(turn: Turn, sheet: Sheet, person_id: int) -> str:
    """By name inside the unit, outside it by duty only."""
    if person_id == turn.person.id:
        return turn.say("disputed.yourself")
    person = turn.tx.people.get(person_id)
    if person is None or not person.posts:
        return turn.say("disputed.somebody")
    if _is_of(sheet, person):
        return turn.say("disputed.comrade", name=person.name)
    return turn.say("common.role", role=person.posts[0].role)


def _is_of(sheet: Sheet, person: Person) -> bool:
    return any(post.unit == sheet.unit.id for post in person.posts)


def _words(turn: Turn, sheet: Sheet, row_id: str, answer: Answer) -> str:
    row = sheet.criteria.requirement(row_id)
    return said_back(turn, row, sheet.year, _fit_to_show(sheet, row, answer))


def _fit_to_show(sheet: Sheet, row: Requirement, answer: Answer) -> Answer:
    """Without the figure that this channel must not carry."""
    if not sheet.checklist.withholds_figure(row):
        return answer
    fields: tuple[Field, ...] = tuple(
        one for one in answer.fields if one.name is not FieldName.COUNT
    )
    return Answer(fields=fields)


def _here(sheet: Sheet) -> list[tuple[str, Answer]]:
    """The disputed answers that this channel may show, with a recorded answer beside them."""
    here = sheet.instead_here().items()
    return [(row, one) for row, one in here if row in sheet.recorded]


def is_disputed(sheet: Sheet) -> bool:
    """Whether the person has to decide before anything else is asked. Somebody who went to another
    question is asked afterwards.
    """
    waits = bool(_here(sheet)) and not sheet.checklist.locked
    return waits and sheet.checklist.bookmark.revisiting is None

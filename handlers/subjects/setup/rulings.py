"""Step 4: standing rulings ("quy ước của tỉnh") for cases that the law leaves open."""

from dataclasses import dataclass, replace
from datetime import date

from domain.cards import Card, Row, saying
from domain.criteria import Undecided
from domain.verdicts import RULABLE, StandingRuling, Verdict
from handlers.assessment.verdict_text import badge
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.subjects.setup.checklists import sets_of
from handlers.subjects.setup.documents import cited
from handlers.subjects.setup.rejudge import rejudge
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    Step,
    confirm,
    drop,
    load,
    note,
    pick,
    save,
    screen,
)
from handlers.subjects.setup.text import day_in, says_no_end
from handlers.understanding.agreement import agrees
from handlers.understanding.commands import Command
from handlers.understanding.intents import Intent
from handlers.understanding.text import tidy

NUMBER_LIMIT = 60
"""Letters of a document's number; the longest in our packs has 17."""

VERDICTS = (Verdict.MET, Verdict.NOT_MET)
"""What a ruling may say: only the document itself can say "không áp dụng"."""

NO_END = "-"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A ruling as far as it was given; dates as yyyy-mm-dd, `valid_to` "-" for no end."""

    set_id: str
    undecided: str = ""
    verdict: str = ""
    number: str = ""
    issued_on: str = ""
    valid_from: str = ""
    valid_to: str = ""


_FIELDS = ("undecided", "verdict", "number", "issued_on", "valid_from", "valid_to")


def progress(setup: SetupTurn) -> Progress:
    """Done with the first ruling; rulings are optional."""
    found = any(setup.turn.tx.rulings.in_force(setup.province.id, one.id) for one in sets_of(setup))
    return Progress.DONE if found else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """The ruling that was begun, at its next field; else the rulings in force."""
    draft = load(setup, Step.RULINGS, Draft)
    if draft is not None:
        return _next(setup, draft)
    sets = sets_of(setup)
    rows = [
        _row(setup, ruling)
        for one in sets
        for ruling in setup.turn.tx.rulings.in_force(setup.province.id, one.id)
    ]
    labels = tuple(
        setup.say(
            "setup_plan.add_ruling", document=cited(setup, setup.turn.library.pack(one.id).document)
        )
        for one in sets
    )
    return screen(setup, Step.RULINGS, "", _in_force(setup, rows, can_add=bool(sets)), *labels)


def _in_force(setup: SetupTurn, rows: list[Row], *, can_add: bool) -> Card:
    """What rulings are for, those in force, and how to withdraw one."""
    notes = [setup.say("setup_plan.how_to_withdraw" if rows else "setup_plan.no_ruling")]
    if not can_add:
        notes.append(setup.say("setup_plan.nothing_to_rule_on"))
    return Card(text=setup.say("setup_plan.rulings"), rows=tuple(rows), notes=tuple(notes))


def at(setup: SetupTurn, place: str) -> Reply:  # noqa: ARG001  it has one screen at a time
    """The screen again."""
    return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """The next field of the ruling, or the confirming word."""
    if place == "":
        at = pick(heard.text, len(sets_of(setup)))
        return None if at is None else _keep(setup, Draft(set_id=sets_of(setup)[at].id))
    draft = load(setup, Step.RULINGS, Draft)
    if draft is None:
        return show(setup)
    order = heard.order
    if order is not None and order.command is Command.BACK:
        return _back(setup, draft)
    if place == "ok":
        return _add(setup, draft) if agrees(heard.text) else None
    return _given(setup, draft, place, heard.text) if place == _open(draft) else _next(setup, draft)


def withdraw(setup: SetupTurn, ruling_id: int) -> Reply:
    """ "rút Q3": the ruling stops deciding cases, and the cases that it decided are
    judged again.
    """
    for one in sets_of(setup):
        for ruling in setup.turn.tx.rulings.in_force(setup.province.id, one.id):
            if ruling.id == ruling_id:
                return _withdraw(setup, one.id, ruling)
    return note(setup, "setup_plan.no_such_ruling", code=f"Q{ruling_id}")


def _withdraw(setup: SetupTurn, set_id: str, ruling: StandingRuling) -> Reply:
    setup.turn.tx.rulings.withdraw(ruling.id, setup.turn.now, setup.me)
    changed = rejudge(setup, set_id)
    setup.audit("ruling_withdrawn", f"ruling:{ruling.id}", ruling.number)
    text = setup.say(
        "setup_plan.ruling_withdrawn", code=f"Q{ruling.id}", number=ruling.number, changed=changed
    )
    return Reply(intent=Intent.SETUP, cards=saying(text), menu=KEEP_MENU)


def _classes(setup: SetupTurn, set_id: str) -> tuple[Undecided, ...]:
    """The classes of cases that the set leaves open and a ruling may decide."""
    criteria = setup.turn.library.pack(set_id).criteria
    parts = criteria.parts if criteria is not None else ()
    found = {case for part in parts for row in part.requirements() for case in row.undecided}
    return tuple(case for case in Undecided if case in found & RULABLE)


def _keep(setup: SetupTurn, draft: Draft) -> Reply:
    save(setup, Step.RULINGS, draft)
    return _next(setup, draft)


def _open(draft: Draft) -> str:
    """The first field that was not given, "ok" if all were."""
    return next((name for name in _FIELDS if not getattr(draft, name)), "ok")


def _back(setup: SetupTurn, draft: Draft) -> Reply | None:
    """One field back; from the first field, leave the ruling as begun."""
    given = [name for name in _FIELDS if getattr(draft, name)]
    return _keep(setup, replace(draft, **{given[-1]: ""})) if given else None


def _next(setup: SetupTurn, draft: Draft) -> Reply:
    field = _open(draft)
    match field:
        case "undecided":
            labels = [_class_name(setup, one) for one in _classes(setup, draft.set_id)]
            return screen(setup, Step.RULINGS, field, setup.say("setup_plan.ruling_class"), *labels)
        case "verdict":
            labels = [setup.turn.say("common.verdict", verdict=one) for one in VERDICTS]
            case_class = _class_name(setup, Undecided(draft.undecided))
            asked = setup.say("setup_plan.ruling_verdict", case=case_class)
            return screen(setup, Step.RULINGS, field, asked, *labels)
        case "valid_from":
            labels = [setup.say("setup_plan.from_issue", day=date.fromisoformat(draft.issued_on))]
            return screen(setup, Step.RULINGS, field, setup.say("setup_plan.ruling_from"), *labels)
        case "valid_to":
            labels = [setup.say("setup_plan.no_end")]
            return screen(setup, Step.RULINGS, field, setup.say("setup_plan.ruling_to"), *labels)
        case "ok":
            return confirm(setup, Step.RULINGS, "ok", _summary(setup, draft))
        case _:
            return screen(setup, Step.RULINGS, field, setup.say(f"setup_plan.ruling_{field}"))


def _given(setup: SetupTurn, draft: Draft, field: str, text: str) -> Reply | None:
    match field:
        case "undecided":
            classes = _classes(setup, draft.set_id)
            at = pick(text, len(classes))
            value = "" if at is None else classes[at].value
        case "verdict":
            at = pick(text, len(VERDICTS))
            value = "" if at is None else VERDICTS[at].value
        case "number":
            value = _number(text)
        case _:
            return _day_given(setup, draft, field, text)
    return _keep(setup, replace(draft, **{field: value})) if value else None


def _number(text: str) -> str:
    """A document's number: short, with a digit in it."""
    number = tidy(text).removeprefix("số ").removeprefix("Số ").strip(" .,;")
    fits = len(number) <= NUMBER_LIMIT and any(letter.isdigit() for letter in number)
    return number if fits else ""


def _day_given(setup: SetupTurn, draft: Draft, field: str, text: str) -> Reply | None:
    day = day_in(text)
    if field == "valid_from" and pick(text, 1) == 0:
        day = date.fromisoformat(draft.issued_on)
    if field == "valid_to" and (pick(text, 1) == 0 or says_no_end(text)):
        return _keep(setup, replace(draft, valid_to=NO_END))
    if day is None:
        return None
    if field == "issued_on" and day > setup.turn.today:
        return note(setup, "setup_plan.day_in_future", today=setup.turn.today)
    if field == "valid_to" and day < date.fromisoformat(draft.valid_from):
        return note(
            setup, "setup_plan.end_before_begin", begin=date.fromisoformat(draft.valid_from)
        )
    return _keep(setup, replace(draft, **{field: day.isoformat()}))


def _summary(setup: SetupTurn, draft: Draft) -> str:
    return setup.say(
        "setup_plan.ruling_summary",
        case=_class_name(setup, Undecided(draft.undecided)),
        verdict=setup.turn.say("common.verdict", verdict=draft.verdict),
        number=draft.number,
        issued_on=date.fromisoformat(draft.issued_on),
        valid_from=date.fromisoformat(draft.valid_from),
        valid_to=_last_day(draft),
    )


def _last_day(draft: Draft) -> date | None:
    return None if draft.valid_to == NO_END else date.fromisoformat(draft.valid_to)


def _add(setup: SetupTurn, draft: Draft) -> Reply:
    ruling = setup.turn.tx.rulings.add(
        setup.province.id,
        draft.set_id,
        undecided=Undecided(draft.undecided),
        verdict=Verdict(draft.verdict),
        number=draft.number,
        issued_on=date.fromisoformat(draft.issued_on),
        valid_from=date.fromisoformat(draft.valid_from),
        valid_to=_last_day(draft),
        person_id=setup.me,
        now=setup.turn.now,
    )
    changed = rejudge(setup, draft.set_id)
    setup.audit("ruling_added", f"ruling:{ruling.id}", f"{ruling.undecided} {ruling.number}")
    drop(setup, Step.RULINGS)
    return show(setup).under(
        setup.say("setup_plan.ruling_added", code=f"Q{ruling.id}", changed=changed)
    )


def _row(setup: SetupTurn, ruling: StandingRuling) -> Row:
    return Row(
        label=f"Q{ruling.id}. {_class_name(setup, ruling.undecided)}",
        badge=badge(setup.turn, ruling.verdict),
        value=setup.say(
            "setup_plan.ruling_line",
            number=ruling.number,
            issued_on=ruling.issued_on,
            valid_from=ruling.valid_from,
            valid_to=ruling.valid_to,
        ),
    )


def _class_name(setup: SetupTurn, case: Undecided) -> str:
    return setup.say(f"setup_plan.case_{case.value}")

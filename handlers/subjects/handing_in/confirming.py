"""Handing the checklist in: the officer submits it to the head, the head confirms or returns it.

A checklist is only handed in by a head who was shown the whole result and typed the word.
"""

from dataclasses import dataclass

from domain.assessments import Assessment, AssessmentState
from domain.cards import Card, Row, saying
from domain.people import Person, Role
from domain.units import Unit
from domain.verdicts import Standing
from handlers.assessment.results import whole_result
from handlers.assessment.sheet import Sheet, forget_sheet, load_sheet, sheet_of
from handlers.assessment.verdict_text import loud_badge
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.notices import in_charge_of, tell
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.codes import Coded
from handlers.understanding.intents import Intent
from locales import Words
from storage import HandInRequest, RequestOutcome

REASON_LIMIT = 500
"""Letters of a reason: what fits one notice with its other text."""


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A checklist submitted to the head, at the version that the head was shown."""

    assessment: Assessment
    unit: Unit
    version: int


def submit(turn: Turn) -> Reply:
    """ "nộp": an officer submits to the head; a head sees the result before confirming."""
    sheet = load_sheet(turn)
    post = turn.answering_post
    if sheet is None or post is None:
        return note(turn, "roles.nothing_to_hand_in")
    if sheet.assessment.state is not AssessmentState.OPEN:
        return note(turn, "roles.handed_in_before", at=sheet.assessment.handed_in_at)
    if undecided := sheet.instead_here():
        return note(turn, "disputed.still_waiting", ids=", ".join(undecided))
    if _is_head(turn.person, sheet.unit):
        return look(turn, sheet)
    left = sheet.checklist.open()
    if left:
        return note(turn, "roles.not_all_answered", count=len(left), first=left[0].id)
    return _lay(turn, sheet)


def look(turn: Turn, sheet: Sheet) -> Reply:
    """The whole result for the head, and what can be typed."""
    left = len(sheet.checklist.open())
    if left:
        asks = turn.say("roles.head_looks_too_early", count=left)
        return Reply(
            intent=Intent.SUBMIT,
            cards=(whole_result(turn, sheet), Card(text=asks)),
            units=(sheet.unit.id,),
            period=sheet.year,
        )
    return Reply(
        intent=Intent.SUBMIT,
        cards=(whole_result(turn, sheet), Card(text=turn.say("roles.head_confirms"))),
        menu=_menu(sheet.assessment),
        choices=(turn.deciding("agree"), turn.action("give_back")),
        units=(sheet.unit.id,),
        period=sheet.year,
    )


def look_at(turn: Turn, code: Coded) -> Reply:
    """ "xem H5": the request with this code, for a head of its unit."""
    request = turn.tx.hand_in_requests.get(code.number)
    assessment = turn.tx.assessments.get(request.assessment_id) if request else None
    unit = turn.tx.units.get(assessment.unit) if assessment else None
    if request is None or assessment is None or unit is None or not _is_head(turn.person, unit):
        return note(turn, "roles.no_such_request", code=code.code)
    if assessment.state is not AssessmentState.OPEN:
        return note(turn, "roles.handed_in_before", at=assessment.handed_in_at)
    sheet = sheet_of(turn, unit, assessment.year)
    if sheet is None:
        return note(turn, "roles.no_such_request", code=code.code)
    return look(turn, sheet)


def return_by_code(turn: Turn, code: Coded) -> Reply:
    """ "trả lại H5 thiếu số văn bản"."""
    request = turn.tx.hand_in_requests.get(code.number)
    laid = laid_at(turn, request.assessment_id, request.version) if request else None
    if laid is None:
        return note(turn, "roles.no_such_request", code=code.code)
    return return_to_officer(turn, laid, code.rest)


def _menu(assessment: Assessment) -> Menu:
    return Menu(MenuKind.HAND_IN, (str(assessment.id), str(assessment.version)))


def _lay(turn: Turn, sheet: Sheet) -> Reply:
    heads = [one for one in turn.tx.people.at_unit(sheet.unit.id, Role.HEAD)]
    if not heads:
        return _no_head(turn, sheet)
    waiting = turn.tx.hand_in_requests.waiting(sheet.assessment.id)
    if waiting is not None and waiting.version == sheet.assessment.version:
        return note(turn, "roles.laid_before", code=waiting.code, at=waiting.asked_at)
    request = turn.tx.hand_in_requests.ask(
        sheet.assessment.id, sheet.assessment.version, turn.person.id, turn.now
    )
    reached = tell(
        heads,
        lambda words: _laid_card(turn, sheet, request, words),
        once=f"hand_in:{request.id}",
        tx=turn.tx,
        library=turn.library,
        now=turn.now,
    )
    turn.tx.audit.record(
        turn.now, turn.person.id, "laid_before_head", f"assessment:{sheet.assessment.id}"
    )
    key = "roles.laid_before_head" if reached else "roles.head_not_in_yet"
    names = ", ".join(head.name for head in heads)
    return note(turn, key, names=names, code=request.code)


def _laid_card(turn: Turn, sheet: Sheet, request: HandInRequest, words: Words) -> Card:
    """The notice to the head: who submits what, its verdict, and how to see the whole result."""
    verdict = sheet.findings()[-1].verdict
    provisional = words.say("common.standing", standing=Standing.PROVISIONAL)
    return Card(
        context=capital(words.say("common.unit", kind=sheet.unit.kind, name=sheet.unit.name)),
        heading=words.say("roles.head_is_asked", name=turn.person.name, year=sheet.year),
        rows=(
            Row(
                label=words.say("roles.indicator", indicator=sheet.part.indicator),
                badge=loud_badge(words, verdict, provisional),
            ),
        ),
        notes=(words.say("roles.how_to_look", code=request.code),),
    )


def _no_head(turn: Turn, sheet: Sheet) -> Reply:
    """No head can confirm: the officer is told, and the administrator, who can name a head."""
    tell(
        in_charge_of(turn.tx, sheet.unit.id, Role.ADMINISTRATOR),
        lambda words: words.say(
            "roles.unit_without_head",
            unit=capital(words.say("common.unit", kind=sheet.unit.kind, name=sheet.unit.name)),
            year=sheet.year,
        ),
        once=f"no_head:{sheet.assessment.id}",
        tx=turn.tx,
        library=turn.library,
        now=turn.now,
    )
    return note(turn, "roles.no_head")


def hand_in(turn: Turn, laid: Laid) -> Reply:
    """The head typed the word: the unit hands in, if nothing changed since the head was shown the
    result.
    """
    now = laid.assessment
    if now.state is not AssessmentState.OPEN:
        return note(turn, "roles.handed_in_before", at=now.handed_in_at)
    if now.version != laid.version:
        sheet = sheet_of(turn, laid.unit, now.year)
        changed = turn.say("roles.changed_meanwhile")
        return look(turn, sheet).under(changed) if sheet else note(turn, "roles.changed_meanwhile")
    after = turn.tx.assessments.hand_in(now, turn.person.id, turn.now)
    forget_sheet(turn)
    settle = turn.tx.hand_in_requests.settle
    settle(after.id, RequestOutcome.HANDED_IN, turn.person.id, turn.now)
    turn.tx.audit.record(turn.now, turn.person.id, "confirmed", f"assessment:{after.id}")
    _tell_handed_in(turn, laid, after)
    name = capital(turn.unit_name(laid.unit))
    text = turn.say("roles.confirmed", unit=name, year=after.year, at=turn.now)
    return Reply(
        intent=Intent.SUBMIT,
        cards=saying(text),
        choices=turn.actions("result", "menu"),
        units=(laid.unit.id,),
        period=after.year,
    )


def _tell_handed_in(turn: Turn, laid: Laid, after: Assessment) -> None:
    officers = turn.tx.people.at_unit(laid.unit.id, Role.OFFICER)
    reviewers = in_charge_of(turn.tx, laid.unit.id, Role.REVIEWER)
    for people, key in ((officers, "officer_hears"), (reviewers, "reviewer_hears")):
        tell(
            [one for one in people if one.id != turn.person.id],
            lambda words, key=key: words.say(  # type: ignore[misc]
                f"roles.{key}_handed_in",
                unit=capital(words.say("common.unit", kind=laid.unit.kind, name=laid.unit.name)),
                year=after.year,
                head=turn.person.name,
            ),
            once=f"handed_in:{after.id}:{after.version}",
            tx=turn.tx,
            library=turn.library,
            now=turn.now,
        )


def return_to_officer(turn: Turn, laid: Laid, reason: str) -> Reply:
    """The head returns it with a reason, which is sent to the officers."""
    if laid.assessment.state is not AssessmentState.OPEN:
        return note(turn, "roles.handed_in_before", at=laid.assessment.handed_in_at)
    if not reason or len(reason) > REASON_LIMIT:
        return note(turn, "roles.reason_needed", limit=REASON_LIMIT)
    settle = turn.tx.hand_in_requests.settle
    asked = turn.tx.hand_in_requests.waiting(laid.assessment.id)
    settle(laid.assessment.id, RequestOutcome.RETURNED, turn.person.id, turn.now, reason)
    turn.tx.audit.record(
        turn.now, turn.person.id, "returned_to_officer", f"assessment:{laid.assessment.id}"
    )
    officers = turn.tx.people.at_unit(laid.unit.id, Role.OFFICER)
    tell(
        [one for one in officers if one.id != turn.person.id],
        lambda words: words.say(
            "roles.officer_hears_returned",
            unit=capital(words.say("common.unit", kind=laid.unit.kind, name=laid.unit.name)),
            year=laid.assessment.year,
            head=turn.person.name,
            reason=reason,
        ),
        once=f"returned:{laid.assessment.id}:{asked.id if asked else turn.now.isoformat()}",
        tx=turn.tx,
        library=turn.library,
        now=turn.now,
    )
    return Reply(intent=Intent.SUBMIT, cards=saying(turn.say("roles.returned")))


def laid_at(turn: Turn, assessment_id: int, version: int) -> Laid | None:
    """What waits for the head's decision, if the person still is a head of that unit."""
    assessment = turn.tx.assessments.get(assessment_id)
    unit = turn.tx.units.get(assessment.unit) if assessment else None
    if assessment is None or unit is None or not _is_head(turn.person, unit):
        return None
    return Laid(assessment=assessment, unit=unit, version=version)


def _is_head(person: Person, unit: Unit) -> bool:
    return any(post.role is Role.HEAD and post.unit == unit.id for post in person.posts)


def note(turn: Turn, key: str, **values: object) -> Reply:
    """A sentence that leaves the open menu as it is."""
    return Reply(intent=Intent.SUBMIT, cards=saying(turn.say(key, **values)), menu=KEEP_MENU)

"""One person's words or tap, and the one reply to them."""

from dataclasses import replace

from domain.messages import TEXT_LIMIT, Content, Joined, Said, Sent, Tap
from domain.steps import StepKind
from domain.units import UnitId, UnitIdError
from handlers.assessment import results
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.deciding import office
from handlers.ground import access
from handlers.ground.reply import KEEP_MENU, Intent, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering as checklist
from handlers.subjects.checklist import last_year as earlier
from handlers.subjects.checklist import meant_instead
from handlers.subjects.checklist.asking import ask, labels
from handlers.subjects.checklist.page import typed_at_page as acting
from handlers.subjects.checklist.page.showing import PAGE, open_page
from handlers.subjects.duties.declaring import hand_in
from handlers.subjects.duties.due import dates
from handlers.subjects.status import asked as questions
from handlers.subjects.talk import menu
from handlers.understanding.commands import Command, Order, read_order
from handlers.understanding.questions import intent_of
from handlers.understanding.replies import read_reply
from handlers.understanding.screening import forbidden_in, is_bare_mark

QUESTION = "q:"
UNITS = "u:"

_ASIDE = frozenset(
    {
        Command.ADD_CHANNEL,
        Command.CHANNELS,
        Command.HELP,
        Command.DATES,
        Command.HANDED_IN,
        Command.RESULT,
        Command.STATUS,
        Command.THANKS,
    }
)
"""Orders that leave the open question open: it is named below their reply."""


def converse(turn: Turn, content: Content, menu_open: str | None) -> Reply:
    """The reply to what a person did, when `menu_open` was the last menu shown to him."""
    taken = office.take(turn, content, menu_open)
    if taken is not None:
        return taken
    match content:
        case Said(text=text):
            return said(turn, text, menu_open)
        case Tap(menu=tapped, choice=choice):
            return _tapped(turn, tapped, choice)
        case Sent(name=name):
            # What has no name is no file: a sticker, a voice, what its service did not give us.
            text = turn.say("menu.no_files" if name else "zalo.only_text")
            return Reply(intent=Intent.REFUSED, text=text, menu=KEEP_MENU)
        case Joined():
            return menu.main_menu(turn).under(turn.say("access.already_in"))


def said(turn: Turn, text: str, menu_open: str | None) -> Reply:
    """Typed words: an answer to the open question, a command, or a question of one's own."""
    if len(text) > TEXT_LIMIT:
        long = turn.say("menu.too_long", limit=TEXT_LIMIT)
        return Reply(intent=Intent.REFUSED, text=long, menu=KEEP_MENU)
    if menu_open is not None and menu_open.startswith(QUESTION):
        return _at_question(turn, text, menu_open)
    if menu_open is not None and menu_open.startswith(PAGE):
        return _at_page(turn, text, menu_open)
    if forbidden_in(text) is not None:
        return _refused(turn)
    picked = _picked(turn, text.strip(), menu_open)
    if picked is not None:
        return picked
    return _free(turn, text) or _not_understood(turn)


def _picked(turn: Turn, text: str, menu_open: str | None) -> Reply | None:
    """A digit typed at a menu that is not a question of the checklist."""
    key = text.strip(".) ")
    if menu_open is None or not key.isdecimal():
        return None
    picked = _choose(turn, menu_open, key)
    if picked is None and menu_open.startswith(UNITS):
        text = turn.say("status.choose_again", count=menu_open.count(",") + 1)
        return Reply(intent=Intent.UNKNOWN, text=text, menu=KEEP_MENU)
    return picked


def _at_question(turn: Turn, text: str, menu_open: str) -> Reply:
    sheet = load_sheet(turn)
    place = sheet.place if sheet else None
    if sheet is None or place is None:
        return _free(turn, text) or _not_understood(turn)
    if (corrected := acting.corrected(turn, sheet, text)) is not None:
        return corrected
    offered = earlier.taken(turn, sheet, place, text)
    if offered is not None and sheet.menu(place) == menu_open:
        return checklist.take(turn, sheet, place, offered)
    fits = bool(read_reply(place.step, labels(turn, place), text))
    if (again := meant_instead.choose_again(turn, sheet, place, text)) is not None:
        return again
    if (secret := meant_instead.said_secret(turn, sheet, place, text)) is not None:
        return secret
    # A choice is one of our own labels, whatever words it holds; all else is looked at first.
    if not (fits and place.step.kind is StepKind.CHOICE) and forbidden_in(text) is not None:
        return replace(ask(turn, sheet).under(_refused(turn).text), intent=Intent.REFUSED)
    order = read_order(text)
    if order is not None and not (fits and place.step.kind is StepKind.CHOICE):
        ordered = _ordered(turn, order, sheet)
        return _waiting(turn, sheet, ordered) if order.command in _ASIDE else ordered
    if fits and sheet.menu(place) != menu_open:
        return _stale(turn, sheet)
    another = meant_instead.another_number(turn, sheet, place, text)
    if another is not None:
        return another
    if fits and not _asks_something(text, place.step.kind):
        fields = read_reply(place.step, labels(turn, place), text)
        return checklist.take(turn, sheet, place, fields)
    other = questions.answer(turn, text)
    if other is None or other.intent is Intent.UNKNOWN:
        return checklist.not_readable(turn, sheet, place)
    return _waiting(turn, sheet, other)


def _at_page(turn: Turn, text: str, menu_open: str) -> Reply:
    """Typed where several questions are open: a line of answers, a command, a question."""
    sheet = load_sheet(turn)
    if sheet is None:
        return _free(turn, text) or _not_understood(turn)
    if (answered := acting.said(turn, sheet, text, menu_open)) is not None:
        return answered
    if is_bare_mark(text):
        # The page itself asks to write "mật"; what lacks is the number of the question.
        return acting.not_readable(turn)
    if forbidden_in(text) is not None:
        return replace(ask(turn, sheet).under(_refused(turn).text), intent=Intent.REFUSED)
    order = read_order(text)
    if order is not None:
        ordered = _ordered(turn, order, sheet)
        return _waiting(turn, sheet, ordered) if order.command in _ASIDE else ordered
    other = questions.answer(turn, text)
    if other is None or other.intent is Intent.UNKNOWN:
        return acting.not_readable(turn)
    return _waiting(turn, sheet, other)


def _asks_something(text: str, kind: StepKind) -> bool:
    """Whether words typed where a name is expected are rather a question about a unit."""
    return kind is StepKind.NAMES and intent_of(text) in (Intent.STATUS, Intent.WHY, Intent.MISSING)


def _waiting(turn: Turn, sheet: Sheet, reply: Reply) -> Reply:
    """Another thing answered in the middle of a question, which stays open."""
    place = sheet.place
    if place is None or reply.menu != KEEP_MENU:
        return reply
    page = open_page(turn, sheet)
    if page is not None:
        waiting = turn.say("several.still_waiting", id=page.item.id)
    else:
        waiting = turn.say("checklist.still_waiting", id=place.requirement.id)
    return Reply(
        intent=reply.intent,
        text=f"{reply.text}\n\n{waiting}",
        menu=KEEP_MENU,
        choices=turn.actions("resume"),
        units=reply.units,
        period=reply.period,
        figures=reply.figures,
        attachment=reply.attachment,
    )


def _stale(turn: Turn, sheet: Sheet) -> Reply:
    return ask(turn, sheet).under(turn.say("checklist.stale"))


def _free(turn: Turn, text: str) -> Reply | None:
    """A command or a question, outside any open question."""
    order = read_order(text)
    if order is not None:
        return _ordered(turn, order, load_sheet(turn))
    return questions.answer(turn, text)


def _ordered(turn: Turn, order: Order, sheet: Sheet | None) -> Reply:
    elsewhere = office.ordered(turn, order)
    if elsewhere is not None:
        return elsewhere
    match order.command:
        case Command.MENU:
            return menu.main_menu(turn)
        case Command.HELP:
            return menu.help_text(turn)
        case Command.LANGUAGE:
            return menu.choose_language(turn)
        case Command.VIETNAMESE | Command.ENGLISH:
            return menu.set_language(turn, "vi" if order.command is Command.VIETNAMESE else "en")
        case Command.DATES:
            return dates(turn)
        case Command.HANDED_IN:
            return hand_in(turn, order)
        case Command.STATUS:
            text = turn.say("menu.ask_unit")
            return Reply(intent=Intent.STATUS, text=text, menu=KEEP_MENU)
        case Command.THANKS:
            return Reply(intent=Intent.MENU, text=turn.say("menu.thanks"), menu=KEEP_MENU)
    if turn.answering_post is None:
        return menu.offer(turn).under(turn.say("menu.not_for_role"))
    if sheet is None:
        return menu.offer(turn).under(turn.say("menu.no_checklist"))
    if order.command is Command.RESULT:
        return results.result(turn, sheet, order.about)
    return (
        acting.act(turn, sheet, order)
        or checklist.act(turn, sheet, order)
        or checklist.resume(turn, sheet)
    )


def _tapped(turn: Turn, tapped: str, choice: str) -> Reply:
    order = read_order(choice)
    if order is not None:
        # A side action is about the open question, whichever message its button hangs on.
        return _ordered(turn, order, load_sheet(turn))
    if tapped.startswith(QUESTION):
        return _tapped_answer(turn, tapped, choice)
    if tapped.startswith(PAGE) and (sheet := load_sheet(turn)) is not None:
        return acting.tapped(turn, sheet, tapped, choice)
    return _choose(turn, tapped, choice) or _not_understood(turn)


def _tapped_answer(turn: Turn, tapped: str, choice: str) -> Reply:
    sheet = load_sheet(turn)
    if sheet is None:
        return menu.offer(turn).under(turn.say("menu.no_checklist"))
    place = sheet.place
    if place is None or sheet.menu(place) != tapped:
        return _stale(turn, sheet)
    offered = earlier.taken(turn, sheet, place, choice)
    if offered is not None:
        return checklist.take(turn, sheet, place, offered)
    reply = checklist.reply_to_question(turn, sheet, place, choice)
    return reply or checklist.not_readable(turn, sheet, place)


def _choose(turn: Turn, menu_open: str, key: str) -> Reply | None:
    if menu_open == menu.MAIN:
        order = menu.chosen(turn, key)
        return _ordered(turn, order, load_sheet(turn)) if order else None
    if menu_open == menu.LANGUAGE and key in ("1", "2"):
        return menu.set_language(turn, menu.LANGUAGES[int(key) - 1])
    if menu_open.startswith(UNITS):
        return _choose_unit(turn, menu_open, key)
    return None


def _choose_unit(turn: Turn, menu_open: str, key: str) -> Reply | None:
    """One of the units of a "which one?" menu; what a person sends back is checked again."""
    _u, intent, year, structure, codes = (*menu_open.split(":", 4), "", "", "", "")[:5]
    wanted = codes.split(",")
    at = int(key) - 1 if key.isdecimal() else -1
    if not 0 <= at < len(wanted):
        return None
    try:
        unit = UnitId.parse(f"{structure}:{wanted[at]}")
    except UnitIdError:
        return None
    asked = Intent.WHY if intent == Intent.WHY else Intent.STATUS
    return questions.about_unit(turn, asked, unit, int(year) if year.isdecimal() else None)


def _refused(turn: Turn) -> Reply:
    return access.refused(turn.library, turn.person)


def _not_understood(turn: Turn) -> Reply:
    text = turn.say("menu.not_understood")
    offered = menu.offer(turn)
    return Reply(intent=Intent.UNKNOWN, text=text, menu=offered.menu, choices=offered.choices)

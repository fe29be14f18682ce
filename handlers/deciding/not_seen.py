"""What was written for another question than the open one: it is shown back, not taken.

A person who saw no question repeats his last text. It must not be recorded as the answer to the
next question. So a text answers the open question only if that was on the screen when it was
written: the web page names the question that it showed, a chat service dates the text.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.channels import SeenBy, traits_of
from domain.messages import Said
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind, parse_menu
from handlers.ground.turn import Turn
from handlers.subjects.checklist.naming import named
from handlers.understanding.commands import Command
from handlers.understanding.text import tidy

ASKING = frozenset({MenuKind.QUESTION, MenuKind.PAGE})
"""The menus whose answers are recorded."""

ABOUT_WHAT_IS_OPEN = frozenset({Command.SKIP, Command.KEEP, Command.NOT_APPLICABLE, Command.LATER})
"""Orders that are an answer to the open question. Every other order says what to do whatever was
on the screen.
"""

EXCERPT = 40
"""Characters of a text that are shown back: enough to recognise it."""


@dataclass(frozen=True, kw_only=True)
class ForAnother:
    """The text was written before the open question was seen; `asked` is the menu that was on the
    screen instead, None if that is unknown.
    """

    asked: Menu | None = None


def written_for(
    turn: Turn, said: Said, open_menu: Menu | None, at: datetime | None
) -> ForAnother | None:
    """What else a text was written for than the open menu; None if it may answer that, or if it is
    unknown what was on the screen. `at` is when it was written.
    """
    if open_menu is None:
        return None
    if said.asked is not None:
        asked = parse_menu(said.asked)
        return None if asked == open_menu else ForAnother(asked=asked)
    if open_menu.kind is MenuKind.LOST:
        return ForAnother(asked=_on_screen(turn, at))
    if open_menu.kind not in ASKING or _was_seen(turn, open_menu, at):
        return None
    return ForAnother(asked=_on_screen(turn, at))


def may_be_an_answer(heard: Heard) -> bool:
    """Whether the text could be taken by the open menu: it is no order, or one about what is
    open.
    """
    return heard.order is None or heard.order.command in ABOUT_WHAT_IS_OPEN


def shown_back(turn: Turn, heard: Heard, other: ForAnother) -> str:
    """The sentence above the open question: the text, the question it was for, that it was not
    taken. A text for a question that is not green is not repeated: it may be about a case.
    """
    question = named(turn, other.asked) if other.asked is not None else None
    if question is None:
        return turn.say("delivery.lost")
    line = tidy(heard.text) if question.is_green and heard.forbidden is None else ""
    cut = f"{line[:EXCERPT]}…" if len(line) > EXCERPT else line
    return turn.say("delivery.not_taken", line=cut, question=question.id, page=question.is_page)


def _was_seen(turn: Turn, menu: Menu, at: datetime | None) -> bool:
    address = turn.address
    if address is None or at is None:
        return True
    match traits_of(address.channel).seen_by:
        case SeenBy.NAME:
            return True
        case SeenBy.PRINT:
            return turn.tx.outbox.shown(address.id, str(menu))
        case SeenBy.SECOND | SeenBy.MILLISECOND as dated:
            return turn.tx.outbox.shown(address.id, str(menu), before=at, to=dated.precision)


def _on_screen(turn: Turn, at: datetime | None) -> Menu | None:
    """The menu of the last message that was accepted before the text, if the channel dates it."""
    address = turn.address
    precision = traits_of(address.channel).seen_by.precision if address is not None else None
    if address is None or at is None or precision is None:
        return None
    return parse_menu(turn.tx.outbox.last_menu(address.id, before=at, to=precision))

"""A line that was written for another question than the open one: shown back, not taken.

A page without a network keeps lines until it can send them. Meanwhile the question may have been
answered on another device, or by the line before. The same word would then answer a question that
the person never saw.
"""

from dataclasses import replace

from handlers.contract import Claim, Manner, Rank
from handlers.deciding.decide import Listening, claims
from handlers.deciding.not_seen import ASKING, UNKNOWN
from handlers.deciding.table import wanted_at
from handlers.ground.menus import Menu, parse_menu
from handlers.ground.reply import Reply
from handlers.ground.wanted import Wanted
from handlers.understanding.intents import Intent
from handlers.understanding.text import tidy

EXCERPT = 40
"""Characters of a text that are shown back: enough to recognise it."""

_OF_THE_MENU = frozenset({Rank.LABEL, Rank.ANSWER})


def written_for_another(
    listening: Listening, open_menu: Menu | None, found: tuple[Claim, ...]
) -> bool:
    """Whether the line belongs to another question and is no order of its own.

    The tokens are compared as a whole: also a newer version of the same question is another one.
    """
    said = listening.said
    if said is None or said.asked is None or open_menu is None:
        return False
    if said.asked == str(open_menu) and not said.repeated:
        return False
    if listening.heard.forbidden is not None and not found:
        return False  # refused as anywhere else
    if any(one.rank in _OF_THE_MENU for one in found):
        return True
    without_menu = claims(replace(listening, opened=None, owner=""))
    return not any(_is_its_own(listening, open_menu, one) for one in without_menu)


def not_taken(listening: Listening, open_menu: Menu | None, again: Reply) -> Reply:
    """The reply `again`, which asks what is open, below the line and the question it was for."""
    turn, said, forbidden = listening.turn, listening.said, listening.heard.forbidden
    asked, text = (said.asked, said.text) if said is not None else (None, "")
    was, now = wanted_at(turn, asked), wanted_at(turn, str(open_menu))
    # The reply is kept in the history, as the line itself would be.
    at_all = ((asked, was), (str(open_menu), now))
    may_be_shown = forbidden is None and all(_may_keep(text, *one) for one in at_all)
    note = turn.say(
        "delivery.not_taken",
        text=_excerpt(text) if may_be_shown else "",
        was=was.name if was is not None else "",
        now=now.name if now is not None else "",
        repeated=said is not None and said.repeated,
    )
    intent = Intent.REFUSED if forbidden is not None else again.intent
    return replace(again.under(note), intent=intent, unread=True)


def _excerpt(text: str) -> str:
    line = tidy(text)
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def _is_its_own(listening: Listening, open_menu: Menu, claim: Claim) -> bool:
    order = listening.heard.order
    if claim.rank is Rank.PHRASE and order is not None and order.about is None:
        owner = listening.index.commands[order.command]
        return owner.commands[order.command] is not Manner.WITHIN
    if claim.rank is Rank.QUESTION:
        # Beside the checklist nothing is recorded, and a question is a question.
        asked = parse_menu(listening.said.asked) if listening.said is not None else None
        return not any(one is not None and one.kind in ASKING for one in (asked, open_menu))
    return True


def _may_keep(text: str, token: str | None, wanted: Wanted | None) -> bool:
    """A question that cannot be looked up any more may have been a red one."""
    if wanted is None:
        menu = parse_menu(token)
        return token != UNKNOWN and (menu is None or menu.kind not in ASKING)
    return wanted.may_keep(text, unread=True)

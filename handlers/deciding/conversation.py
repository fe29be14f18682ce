"""One person's words, tap or file, and the one reply to them.

The steps are guard, hear, decide, act, each once per turn. If a subject hands the turn over, the
next subject answers in its place.
"""

from dataclasses import replace
from datetime import datetime

from domain.cards import saying
from domain.criteria import Sensitivity
from domain.messages import TEXT_LIMIT, Content, Joined, Said, Sent, Tap
from handlers.contract import Claim, Handover, OpenMenu, Outcome, Rank, Subject, Target
from handlers.deciding import main_menu, meaning, not_seen
from handlers.deciding.decide import Listening, claims, command
from handlers.deciding.not_taken import not_taken, written_for_another
from handlers.deciding.table import Index, shipped, wanted_at
from handlers.ground import access
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind, parse_menu
from handlers.ground.posts import must_choose
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.ground.wanted import Wanted
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent

AT_RED = frozenset(Rank) - {Rank.ANSWER}
"""What is read at a red question: nothing of which the words are kept."""

MOST_HANDOVERS = 3
"""A post is chosen, the menu is shown: two. More would be two subjects that wait for each other."""


def converse(
    turn: Turn,
    content: Content,
    open_menu: Menu | None,
    *,
    at: datetime | None = None,
    index: Index | None = None,
) -> Reply:
    """The reply to what a person did at the moment `at`, when `open_menu` was the last menu shown
    to him. Without a moment it is not checked whether he had seen it."""
    table = index or shipped()
    reply = _replied(turn, content, open_menu, at, table)
    if turn.answering_post is not None:
        for subject in table.subjects:
            reply = subject.adds(turn, reply)
    return reply


def _replied(
    turn: Turn, content: Content, open_menu: Menu | None, at: datetime | None, table: Index
) -> Reply:
    match content:
        case Said(text=text) as said:
            heard = Heard(text)
            if not_seen.is_lost(heard, open_menu):
                waiting = unfinished(turn, table)
                if waiting is not None:
                    return waiting.under(turn.say("delivery.lost"))
            known = not_seen.written_for(turn, said, open_menu, at)
            return _said(turn, heard, open_menu, table, known)
        case Tap(menu=tapped, choice=choice):
            return _tapped(turn, tapped, Heard(choice), open_menu, table)
        case Sent() as file:
            return _sent(turn, file, open_menu, table)
        case Joined():
            welcome = Handover(to=Target.WELCOME, above=(turn.say("access.already_in"),))
            return settled(turn, welcome, table)


def unfinished(turn: Turn, table: Index) -> Reply | None:
    """What the person began and has not ended, None where there is nothing."""
    return next(filter(None, (one.unfinished(turn) for one in table.subjects)), None)


def _said(
    turn: Turn, heard: Heard, open_menu: Menu | None, table: Index, said: Said | None = None
) -> Reply:
    if len(heard.text) > TEXT_LIMIT:
        long = turn.say("menu.too_long", limit=TEXT_LIMIT)
        return Reply(intent=Intent.REFUSED, cards=saying(long), menu=KEEP_MENU)
    owner, opened = _opened(turn, open_menu, table)
    listening = Listening(
        turn=turn,
        heard=heard,
        index=table,
        opened=opened,
        owner=owner.name if owner is not None else "",
        has_post=not _must_choose_post(turn, open_menu),
        said=said,
    )
    found = _only_ours(claims(listening), wanted_at(turn, str(open_menu)))
    if written_for_another(listening, open_menu, found):
        again = opened.again() if opened is not None else Handover(to=Target.OFFER)
        return not_taken(listening, open_menu, settled(turn, again, table))
    return _decided(listening, found)


def _decided(listening: Listening, found: tuple[Claim, ...]) -> Reply:
    turn, heard, opened = listening.turn, listening.heard, listening.opened
    if opened is not None and _leaves(listening, found):
        opened.left()
    if heard.forbidden is not None and not found:
        refused = access.refused(turn.library, turn.person)
        return opened.refused(refused) if opened is not None else refused
    if len(found) > 1:
        return meaning.ask(turn, heard, found)
    if not found and not listening.has_post:
        return settled(turn, Handover(to=Order(command=Command.SWITCH)), listening.index)
    if not found or (found[0].yields and opened is not None and opened.is_question):
        unread = opened.unread() if opened is not None else Handover(to=Target.NOT_UNDERSTOOD)
        return replace(settled(turn, unread, listening.index), unread=True)
    reply = settled(turn, found[0].act(turn), listening.index)
    return opened.still_open(reply) if opened is not None and found[0].beside else reply


def _only_ours(found: tuple[Claim, ...], wanted: Wanted | None) -> tuple[Claim, ...]:
    """The claims that count at the open question. At a red one no words count as an answer, only
    its choices; and at a tie the words would wait in a draft. They may be about a person or a case.
    """
    if wanted is None or wanted.sensitivity is not Sensitivity.RED:
        return found
    return found if len(found) == 1 and found[0].rank in AT_RED else ()


def _leaves(listening: Listening, found: tuple[Claim, ...]) -> bool:
    """Whether the person goes on to something else than the open menu, as one of his posts."""
    if listening.heard.forbidden is not None:
        return False
    personal = {one.name for one in listening.index.subjects if one.personal}
    return not any(
        one.subject == listening.owner or one.rank is Rank.CODE or one.subject in personal
        for one in found
    )


def _tapped(turn: Turn, tapped: str, choice: Heard, open_menu: Menu | None, table: Index) -> Reply:
    menu = parse_menu(tapped)
    _owner, opened = _opened(turn, menu, table)
    if opened is not None and opened.typed_alike:
        if menu == open_menu:
            return _said(turn, choice, open_menu, table)
        return _stale(turn, open_menu, table)
    listening = Listening(
        turn=turn,
        heard=choice,
        index=table,
        has_post=not _must_choose_post(turn, menu),
    )
    if choice.order is None and listening.has_post and opened is not None:
        claim = opened.tapped(choice)
        if claim is not None:
            return settled(turn, claim.act(turn), table)
    return _decided(listening, claims(listening))


def _stale(turn: Turn, open_menu: Menu | None, table: Index) -> Reply:
    """A button of an older message, whose meaning has gone: what is open is shown again."""
    _owner, opened = _opened(turn, open_menu, table)
    again = opened.again() if opened is not None else Handover(to=Target.OFFER)
    return settled(turn, again, table).under(turn.say("roles.stale"))


def _sent(turn: Turn, file: Sent, open_menu: Menu | None, table: Index) -> Reply:
    _owner, opened = _opened(turn, open_menu, table)
    taken = opened.received(file) if opened is not None else None
    if taken is not None:
        return settled(turn, taken, table)
    # What has no name is no file: a sticker, a voice, what its service did not give us.
    text = turn.say("menu.no_files" if file.name else "zalo.only_text")
    return Reply(intent=Intent.REFUSED, cards=saying(text), menu=KEEP_MENU)


def _opened(turn: Turn, menu: Menu | None, table: Index) -> tuple[Subject | None, OpenMenu | None]:
    """The owner of a menu and the menu as it loads it; nothing where it opens nothing any more."""
    if menu is None:
        return None, None
    if menu.kind is MenuKind.MAIN:
        return None, main_menu.OpenMain(turn, table)
    if menu.kind is MenuKind.WHICH_MEANING:
        return None, meaning.OpenMeaning(turn, menu, table)
    owner = table.menus.get(menu.kind)
    opened = owner.menus[menu.kind](turn, menu) if owner is not None else None
    return (owner, opened) if opened is not None else (None, None)


def _must_choose_post(turn: Turn, menu: Menu | None) -> bool:
    asked = menu is not None and menu.kind is MenuKind.POSTS
    return must_choose(turn) and not asked


def settled(turn: Turn, outcome: Outcome, table: Index) -> Reply:
    """The reply of the subject to which the turn was handed over, however often."""
    above: tuple[str, ...] = ()
    intent: Intent | None = None
    for _ in range(MOST_HANDOVERS):
        if isinstance(outcome, Reply):
            reply = outcome.under(*above)
            return reply if intent is None else replace(reply, intent=intent)
        turn, above = outcome.turn or turn, (*above, *outcome.above)
        intent = intent or outcome.intent
        outcome = _handed_over(turn, outcome.to, table)
    msg = f"handed over {MOST_HANDOVERS} times without a reply"
    raise RuntimeError(msg)


def _handed_over(turn: Turn, to: Target | Order, table: Index) -> Outcome:
    match to:
        case Order():
            return command(table.commands[to.command], to).act(turn)
        case Target.WELCOME:
            return main_menu.welcome(turn, table)
        case Target.OFFER:
            return main_menu.offer(turn, table)
        case Target.NOT_UNDERSTOOD:
            return main_menu.not_understood(turn, table)
        case Target.HELP:
            return main_menu.help_text(turn, table)
        case Target.UNFINISHED:
            return unfinished(turn, table) or main_menu.offer(turn, table)

"""The first message to somebody who just came in, or who linked one more channel."""

from domain.cards import saying
from handlers.contract import Handover, Target
from handlers.deciding.conversation import settled
from handlers.deciding.not_seen import ASKING
from handlers.deciding.table import shipped
from handlers.ground.linking import mine
from handlers.ground.menus import parse_menu
from handlers.ground.posts import must_choose
from handlers.ground.reaching import addresses_in_order
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent


def greeting(turn: Turn, *, linked: bool) -> Reply:
    """The main menu; on a channel that was just `linked`, what is open on another one."""
    if turn.closed:
        return Reply(intent=Intent.REFUSED, cards=saying(turn.say("roles.channel_off")))
    outcome = _going_on(turn) if linked else Handover(to=Target.WELCOME)
    return settled(turn, outcome, shipped())


def _going_on(turn: Turn) -> Handover:
    channel = turn.address.channel if turn.address is not None else ""
    hello = turn.say(
        "channels.linked",
        name=turn.person.name,
        channel=turn.say("roles.channel", channel=channel),
        told_here=_told_here(turn),
    )
    if must_choose(turn):
        return Handover(to=Order(command=Command.SWITCH), above=(hello,))
    menus = (parse_menu(one.menu) for one in mine(turn.tx, turn.person))
    asked = any(menu is not None and menu.kind in ASKING for menu in menus)
    return Handover(to=Target.UNFINISHED if asked else Target.WELCOME, above=(hello,))


def _told_here(turn: Turn) -> bool:
    """Whether notices come to this channel from now on, and not to one of before."""
    order = addresses_in_order(turn.tx, (turn.person,))[turn.person.id]
    here = turn.address.id if turn.address is not None else None
    return len(order) > 1 and order[0].id == here

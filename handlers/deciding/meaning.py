"""Two subjects claim a text with the same rank, and no rule decides: the person is asked.

The text waits in a draft, because a menu is too short for it. It was screened before.
"""

from collections.abc import Sequence
from functools import partial

from domain.cards import saying
from handlers.contract import Claim, Handover, OpenMenu, Outcome, Rank, Target
from handlers.deciding.decide import Listening, claims
from handlers.deciding.table import Index
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn, numbered
from handlers.understanding.intents import Intent

_DRAFT = "meaning"


def _draft_of(turn: Turn) -> str:
    """One for each address: an older question at another one keeps its own text."""
    return f"{_DRAFT}:{turn.address.id}" if turn.address is not None else _DRAFT


def ask(turn: Turn, heard: Heard, found: Sequence[Claim]) -> Reply:
    """ "Đồng chí muốn …? 1/2" """
    turn.tx.drafts.save(turn.person.id, _draft_of(turn), heard.text, turn.now)
    names = tuple(one.subject for one in found)
    return Reply(
        intent=Intent.UNKNOWN,
        cards=saying(turn.say("meaning.which")),
        menu=Menu(MenuKind.WHICH_MEANING, names),
        choices=numbered(tuple(turn.say("meaning.subject", subject=name) for name in names)),
    )


class OpenMeaning(OpenMenu):
    """The question which subject was meant, open."""

    def __init__(self, turn: Turn, menu: Menu, table: Index) -> None:
        """`menu` names the subjects in the order of their numbers."""
        self._turn, self._menu, self._table = turn, menu, table

    def label(self, heard: Heard) -> Claim | None:
        """The subject with this number."""
        at = int(heard.number) - 1 if heard.number else -1
        if not 0 <= at < len(self._menu.place):
            return None
        name = self._menu.place[at]
        return Claim(rank=Rank.LABEL, act=partial(self._read_again, name))

    def _read_again(self, name: str, turn: Turn) -> Outcome:
        draft = turn.tx.drafts.get(turn.person.id, _draft_of(turn))
        if draft is None:
            return Handover(to=Target.OFFER)
        turn.tx.drafts.drop(turn.person.id, _draft_of(turn))
        listening = Listening(turn=turn, heard=Heard(draft.body), index=self._table, only=name)
        found = claims(listening)
        return found[0].act(turn) if found else Handover(to=Target.NOT_UNDERSTOOD)

"""The open menu of the head's decision: confirm, return, or something else."""

from collections.abc import Callable

from handlers.contract import Claim, OpenMenu, Outcome, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.ground.units_asked import units_named
from handlers.subjects.handing_in.confirming import (
    Laid,
    hand_in,
    laid_at,
    note,
    return_to_officer,
)
from handlers.understanding.agreement import agrees
from handlers.understanding.questions import names_a_place


def decision_menu(turn: Turn, menu: Menu) -> OpenMenu | None:
    """The decision that a menu asks for; None if the person may not take it any more."""
    number, version = menu.part(0), menu.part(1)
    if not number.isdecimal() or not version.isdecimal():
        return None
    laid = laid_at(turn, int(number), int(version))
    return None if laid is None else OpenDecision(turn, laid)


class OpenDecision(OpenMenu):
    """A checklist submitted to the head, at the version that the head was shown."""

    takes_commands = True
    typed_alike = True

    def __init__(self, turn: Turn, laid: Laid) -> None:
        """Reads nothing; the checklist was loaded."""
        self._turn, self._laid = turn, laid

    def label(self, heard: Heard) -> Claim | None:
        """The word that confirms. A digit decides nothing here, and must not open another menu."""
        laid = self._laid
        if agrees(heard.text):
            return _claim(Rank.LABEL, lambda turn: hand_in(turn, laid))
        if heard.number:
            return _claim(Rank.LABEL, lambda turn: note(turn, "roles.head_confirms"))
        return None

    def answer(self, heard: Heard) -> Claim | None:
        """ "trả lại" with the reason; not if it names another unit than this one."""
        reason = None if heard.asks else reason_in(heard.text)
        laid = self._laid
        if reason is None or self._names_another(reason):
            return None
        return _claim(Rank.ANSWER, lambda turn: return_to_officer(turn, laid, reason))

    def unread(self) -> Outcome:
        """What the two words do, for any other text; the decision stays open."""
        return note(self._turn, "roles.head_confirms")

    def still_open(self, reply: Reply) -> Reply:
        """The reply to something else, with the decision that still waits."""
        return reply.over(self._turn.say("roles.decision_waits")) if reply.keeps_menu else reply

    def _names_another(self, reason: str) -> bool:
        found = units_named(self._turn, reason)
        if found.units:
            return self._laid.unit.id not in {unit.id for unit in found.units}
        return names_a_place(reason)


def reason_in(text: str) -> str | None:
    """The reason after "trả lại", "" if none was given; None if the text is something else."""
    for word in ("trả lại", "tra lai", "return"):
        rest = text.strip()[len(word) :]
        if text.strip().lower().startswith(word) and not rest[:1].isalnum():
            return rest.strip(" :,.-")
    return None


def _claim(rank: Rank, act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=rank, act=act)

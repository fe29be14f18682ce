"""A message that is being sent, and its result."""

from dataclasses import dataclass

from domain.messages import Outgoing
from scheduling.channel import Delivery
from storage import Leased


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A leased message as its channel shows it, without the pieces that arrived before."""

    leased: Leased
    pieces: tuple[Outgoing, ...]


@dataclass(frozen=True, kw_only=True)
class Fate:
    """The result of a letter. `pieces` of the whole message have arrived so far. `tried` False: the
    attempt was made by a sender that died, and is counted already.
    """

    leased: Leased
    delivery: Delivery
    pieces: int = 0
    tried: bool = True

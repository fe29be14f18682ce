"""A message on its way, and what became of it."""

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
    """What became of a letter. `pieces` of the whole message have arrived by now. `tried` False:
    the attempt was its last sender's, who ended, and is counted already."""

    leased: Leased
    delivery: Delivery
    pieces: int = 0
    tried: bool = True

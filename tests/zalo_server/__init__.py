"""A mock Zalo server on loopback, built from Zalo's documentation and from published measurements.

state    what it knows: bots, what waits, what was sent, faults on demand
server   its HTTP side: methods, webhooks
answers  what goes back, faults among it
people   the side of those who hold the telephones

Each unknown behaviour of the real service (docs/decisions/0008-zalo.md) is a switch here.
"""

from tests.zalo_server.people import Human
from tests.zalo_server.server import ZaloServer
from tests.zalo_server.state import BotState, Fault, SentMessage

__all__ = ["BotState", "Fault", "Human", "SentMessage", "ZaloServer"]

"""A mock Bot API server on loopback, for tests and benchmarks.

It follows the Bot API's documentation: offsets, retries, limits, errors. `Person` acts for people
with telephones, and `Fault` causes failures on demand. Behaviour of the real Telegram that is
missing here is named at the place where it would be.

timing  limits  faults        its clock, its rates, what goes wrong
world  checks  methods        chats and messages, what is refused, what each method does
polling  bringing             the two ways in which updates leave
reading  server               requests and answers
person                        what people do and see
"""

from tests.telegram_server.faults import Fault
from tests.telegram_server.limits import FloodLimits
from tests.telegram_server.person import Person
from tests.telegram_server.server import SECRET, TOKEN, BotApiServer
from tests.telegram_server.timing import SimulatedTime

__all__ = [
    "SECRET",
    "TOKEN",
    "BotApiServer",
    "Fault",
    "FloodLimits",
    "Person",
    "SimulatedTime",
]

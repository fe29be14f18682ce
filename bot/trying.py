"""What `antt channels test` finds out about a channel, in the same words for all of them."""

from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What was tried: that the token is known, that messages reach us, that the server is there,
    that it lets us in, that sending works."""

    TOKEN = "token"  # noqa: S105  the word, not one
    UPDATES = "updates"
    CONNECTION = "connection"
    SIGN_IN = "sign_in"
    SENDING = "sending"


class What(StrEnum):
    """What came of it. `channel_check.sentence` has words for each."""

    WORKS = "works"
    NOBODY_YET = "nobody_yet"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    WRONG_ADDRESS = "wrong_address"
    NO_WEBHOOK = "no_webhook"
    OTHER_WEBHOOK = "other_webhook"
    WEBHOOK_FAILS = "webhook_fails"
    MANY_WAITING = "many_waiting"
    CERTIFICATE = "certificate"
    NO_SECURITY = "no_security"


_GOOD = frozenset({What.WORKS, What.NOBODY_YET})


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One thing tried out of one channel. `bot` is our name of the bot, empty where the channel
    has one only. `detail` is what the service said: the bot's name there, an error, a host, a
    number of messages; never a token. `settings` are the keys to look at when it is not as it
    should be, between commas, empty where none would help."""

    channel: str
    bot: str = ""
    about: About
    what: What
    detail: str = ""
    settings: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is as it should be."""
        return self.what in _GOOD

"""The findings of `antt channels test`, with the same types for all channels."""

from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """The subject of a test: that the service knows the token, that messages reach us, that the
    server answers, that it accepts our login, that sending works.
    """

    TOKEN = "token"  # noqa: S105  the word, not one
    UPDATES = "updates"
    CONNECTION = "connection"
    SIGN_IN = "sign_in"
    SENDING = "sending"


class What(StrEnum):
    """The result. `channel_check.sentence` has words for each."""

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
    """One test of one channel. `bot` is our name of the bot, empty if the channel has only one.
    `detail` is from the service: the bot's name there, an error, a host, a number of messages;
    never a token. `settings` are the keys to check after a failure, separated by commas, empty if
    none would help.
    """

    channel: str
    bot: str = ""
    about: About
    what: What
    detail: str = ""
    settings: str = ""

    @property
    def ok(self) -> bool:
        """Whether the result is good."""
        return self.what in _GOOD

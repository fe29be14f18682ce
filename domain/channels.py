"""The channels by which people reach us, and what the conversation needs to know of each.

A trait is a fact about a channel that is the same in every installation and that code outside the
channel's own folder needs. What the code of a channel can show, and how fast its service takes
messages, is `Abilities` and `Rates` (scheduling/channel.py): the channel declares it, only delivery
reads it, and a test may give a channel other values. Sentences are in `locales/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, IntEnum, auto
from typing import Final

from domain.criteria import Sensitivity

WEB: Final = "web"
ZALO: Final = "zalo"
TELEGRAM: Final = "telegram"
MAIL: Final = "mail"
TERMINAL: Final = "terminal"

MAIL_CODE: Final = "mail-code"
"""The word of addresses to which only a code was sent. We do not know who reads there. It has no
traits, because nobody writes to us from there.
"""


class NoticeRank(IntEnum):
    """Which of a person's channels gets a notice first, if the person prefers none: the lowest
    value.
    """

    CONVERSATION = 1
    ONLY_TELLS = 2
    """Says that something waits, not what."""
    OWN_MACHINE = 3
    """A notice there waits until the administrator opens the terminal."""


class SeenBy(Enum):
    """How it is known that a question was on the screen when a person wrote a text."""

    NAME = auto()
    """The text names the question (`Said.asked`)."""
    PRINT = auto()
    """A text is read after everything before it was printed."""
    SECOND = auto()
    """The service dates the text to the second: a question accepted in an earlier second was there.
    Within one second the order is unknown, and nobody reads and answers in less.
    """
    MILLISECOND = auto()
    """The service dates the text to the millisecond."""

    @property
    def precision(self) -> timedelta | None:
        """The precision of the time of a text, None if that is not how it is known."""
        steps = {SeenBy.SECOND: timedelta(seconds=1), SeenBy.MILLISECOND: timedelta(milliseconds=1)}
        return steps.get(self)


@dataclass(frozen=True, kw_only=True)
class ChannelTraits:
    """One channel. No trait has a default, so that the author of a new channel decides each one.

    `word` is stored in addresses and never changes. `names` are what people type for the channel,
    in small letters without accents; empty if people cannot link the channel themselves.
    `strict_ceiling` is the most sensitive question that the strict choice allows there; None if no
    province decides about the channel.
    """

    word: str
    names: tuple[str, ...]
    strict_ceiling: Sensitivity | None
    few_messages: bool
    """A plan limits the messages: 3,000 a month for fifty people of one Zalo bot. Strangers are
    answered rarely, because they could use all of them up.
    """
    keeps_history: bool
    """The service shows a person's own messages; if not, we show them from our rows."""
    seen_by: SeenBy
    withdraws: bool
    """A person can delete or withdraw there what they wrote."""
    shows_address: bool
    """The address is one that the person knows; chat ids mean nothing to a person."""
    notice_rank: NoticeRank

    @property
    def asks_whole_items(self) -> bool:
        """Whether a whole item is asked in one message unless the person chose otherwise. Part I,
        asked one question at a time, takes sixty messages of each person's share.
        """
        return self.few_messages


CHANNELS: Final[Mapping[str, ChannelTraits]] = {
    one.word: one
    for one in (
        ChannelTraits(
            word=WEB,
            names=("web", "trang web", "website", "web chat"),
            strict_ceiling=Sensitivity.RED,
            few_messages=False,
            keeps_history=False,
            seen_by=SeenBy.NAME,
            withdraws=False,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=ZALO,
            names=("zalo",),
            strict_ceiling=Sensitivity.AMBER,
            few_messages=True,
            keeps_history=True,
            seen_by=SeenBy.MILLISECOND,
            withdraws=True,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=TELEGRAM,
            names=("telegram", "tele"),
            strict_ceiling=Sensitivity.GREEN,
            few_messages=False,
            keeps_history=True,
            seen_by=SeenBy.SECOND,
            withdraws=True,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=MAIL,
            names=("thu", "thu dien tu", "mail", "email", "e-mail", "hop thu"),
            strict_ceiling=None,
            few_messages=False,
            keeps_history=True,
            seen_by=SeenBy.PRINT,
            withdraws=False,
            shows_address=True,
            notice_rank=NoticeRank.ONLY_TELLS,
        ),
        ChannelTraits(
            word=TERMINAL,
            names=(),
            strict_ceiling=None,
            few_messages=False,
            keeps_history=True,
            seen_by=SeenBy.PRINT,
            withdraws=False,
            shows_address=False,
            notice_rank=NoticeRank.OWN_MACHINE,
        ),
    )
}
"""Word -> traits, in the order in which people are shown them."""

STRICT: Final[Mapping[str, Sensitivity]] = {
    one.word: one.strict_ceiling for one in CHANNELS.values() if one.strict_ceiling is not None
}
"""Word -> strict choice, for the channels that a province decides about: those on which its people
answer questions. Until the province decides, every channel asks the whole checklist.
"""

_UNKNOWN: Final = ChannelTraits(
    word="",
    names=(),
    strict_ceiling=None,
    few_messages=True,
    keeps_history=True,
    seen_by=SeenBy.SECOND,
    withdraws=False,
    shows_address=False,
    notice_rank=NoticeRank.OWN_MACHINE,
)


def traits_of(word: str) -> ChannelTraits:
    """The traits of the channel whose addresses carry the word.

    For a word that no channel has, the most careful traits: the database may hold addresses of a
    channel that a later version removed, and a notice to their owner must use the owner's other
    addresses.
    """
    return CHANNELS.get(word, _UNKNOWN)

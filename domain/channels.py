"""The channels by which people reach us, and what the conversation has to know of each.

What belongs where: a trait is what is true of a channel whoever runs it, and what any code but the
channel's own has to ask about it. What the code of a channel can show, and how fast its service
takes messages, is `Abilities` and `Rates` (scheduling/channel.py): the channel declares it, only
delivery reads it, and a test may give a channel other ones. Sentences are in `locales/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from domain.criteria import Sensitivity

WEB: Final = "web"
ZALO: Final = "zalo"
TELEGRAM: Final = "telegram"
MAIL: Final = "mail"
TERMINAL: Final = "terminal"

MAIL_CODE: Final = "mail-code"
"""The word of addresses to which only a code was sent: nothing is known of who reads there. It has
no traits, because nobody talks with us there."""


class NoticeRank(IntEnum):
    """Which of a person's channels gets a notice first, if he prefers none: the smallest."""

    CONVERSATION = 1
    ONLY_TELLS = 2
    """It says that something waits, not what."""
    OWN_MACHINE = 3
    """What is sent there waits until somebody sits down at the administrator's machine."""


@dataclass(frozen=True, kw_only=True)
class ChannelTraits:
    """One channel. No trait has a default, so that nobody adds a channel without deciding each.

    `word` is what addresses carry, for ever. `names` are what people call the channel when they
    type, in small letters without marks; empty where it is not theirs to link.
    `strict_ceiling` is the most sensitive question that the strict choice allows there; None
    where no province decides about the channel.
    """

    word: str
    names: tuple[str, ...]
    strict_ceiling: Sensitivity | None
    few_messages: bool
    """A plan counts the messages: 3,000 a month for fifty people of one Zalo bot. Strangers are
    answered rarely, or they could use all of them up."""
    keeps_history: bool
    """The person sees there what he wrote; where not, it is shown from our rows."""
    writes_unseen: bool
    """A person may write there before he sees what we wrote."""
    shows_address: bool
    """The address is one that the person knows; ids of chats mean nothing to him."""
    notice_rank: NoticeRank

    @property
    def asks_whole_items(self) -> bool:
        """Whether a whole item is asked in one message unless the person chose otherwise. Part I
        asked one question at a time would take sixty messages of each person's."""
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
            writes_unseen=False,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=ZALO,
            names=("zalo",),
            strict_ceiling=Sensitivity.AMBER,
            few_messages=True,
            keeps_history=True,
            writes_unseen=True,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=TELEGRAM,
            names=("telegram", "tele"),
            strict_ceiling=Sensitivity.GREEN,
            few_messages=False,
            keeps_history=True,
            writes_unseen=True,
            shows_address=False,
            notice_rank=NoticeRank.CONVERSATION,
        ),
        ChannelTraits(
            word=MAIL,
            names=("thu", "thu dien tu", "mail", "email", "e-mail", "hop thu"),
            strict_ceiling=None,
            few_messages=False,
            keeps_history=True,
            writes_unseen=False,
            shows_address=True,
            notice_rank=NoticeRank.ONLY_TELLS,
        ),
        ChannelTraits(
            word=TERMINAL,
            names=(),
            strict_ceiling=None,
            few_messages=False,
            keeps_history=True,
            writes_unseen=False,
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
answer questions. Until it decides, the whole checklist is asked everywhere."""

_UNKNOWN: Final = ChannelTraits(
    word="",
    names=(),
    strict_ceiling=None,
    few_messages=True,
    keeps_history=True,
    writes_unseen=True,
    shows_address=False,
    notice_rank=NoticeRank.OWN_MACHINE,
)


def traits_of(word: str) -> ChannelTraits:
    """The traits of the channel whose addresses carry the word.

    Of a word that no channel has, the most careful ones: the database may hold addresses of a
    channel that a later version took out, and a notice to their owner must find his other ones.
    """
    return CHANNELS.get(word, _UNKNOWN)

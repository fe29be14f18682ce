"""The messages between a channel and the conversation.

A channel converts what a person did into an `Incoming` and shows an `Outgoing`. The store keeps
both; the handlers answer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from domain.card_text import text_of
from domain.cards import Cards

TEXT_LIMIT = 4_000
"""Characters taken from one message: the longest that every channel delivers whole."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A person wrote `text`.

    `asked` is the token of the menu that was on his screen when he wrote. None if the channel
    cannot tell what he saw. `repeated`: he wrote more than one line for it before he could see a
    reply.
    """

    text: str
    asked: str | None = None
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class Tap:
    """A person chose `choice` (a `Choice.key`) on the message that showed `menu`.

    `message` is the channel's own id of that message, if it can be edited in place.
    """

    menu: str
    choice: str
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A person sent a file of `size` bytes. `path` is where the channel stored it for the turn, if
    it did.
    """

    name: str
    media_type: str
    size: int
    path: str | None = None


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A person opened the chat with a one-time code."""

    code: str


Content = Said | Tap | Sent | Joined


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One delivery of one channel.

    `delivery_id` is the channel's own id of the delivery. With `channel` and `bot` it is the inbox
    key, the idempotency key of the message. `at` is when the person acted.
    """

    channel: str
    bot: str = ""
    address: str
    delivery_id: str
    at: datetime
    content: Content


class ChoiceKind(StrEnum):
    """What a choice does: `ANSWER` the question, or act on the conversation itself."""

    ANSWER = "answer"
    ACTION = "action"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice that a person may pick.

    `key` is what a person types if there are no buttons: a digit for an answer, a word for a side
    action ("bỏ qua"). `label` is what a button shows. `primary`: in a decision, the one choice
    whose button is highlighted.
    """

    key: str
    label: str
    kind: ChoiceKind = ChoiceKind.ANSWER
    primary: bool = False


class Lane(StrEnum):
    """Which queue of an address a message waits in: replies are sent before notices."""

    REPLY = "reply"
    NOTICE = "notice"


class RecipeKind(StrEnum):
    """The kind of file that is made for an attachment when it is sent."""

    STATUS_CARD = "status_card"
    REPORT = "report"
    FILE = "file"
    CODE_SHEET = "code_sheet"
    PEOPLE_TEMPLATE = "people_template"
    FIGURES_TEMPLATE = "figures_template"
    LINK_QR = "link_qr"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How to make an attachment later: its kind, the frozen figures, and the text to show instead.

    `figures` holds (name, value) pairs in display order.
    """

    kind: RecipeKind
    name: str
    figures: tuple[tuple[str, str], ...] = ()
    alternative: str = ""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to a person.

    `cards` is what it shows. `menu` names the question that the choices belong to; a `Tap` sends it
    back. A digit is never read as a choice of a message without `menu`. `progress` is (answered,
    all) of the open checklist. `replaces` is the channel's own id of the message that this one
    replaces (`Tap.message`).
    """

    cards: Cards
    menu: str | None = None
    choices: tuple[Choice, ...] = ()
    attachment: Recipe | None = None
    replaces: str | None = None
    progress: tuple[int, int] | None = None

    @cached_property
    def text(self) -> str:
        """The cards as plain text, without the choices."""
        return text_of(self.cards)

"""What a person is expected to type at an open question, and what of it may be kept."""

from dataclasses import dataclass
from enum import StrEnum

from domain.criteria import Sensitivity
from handlers.ground.heard import Heard


class By(StrEnum):
    """How a question is answered."""

    FIGURE = "figure"
    """One whole number: a number pad is enough."""
    LINE = "line"
    """One line of text."""
    TEXT = "text"
    """Text of several lines."""
    TAPS = "taps"
    """Only with buttons: nothing is typed here."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is typed at an open question.

    `name` is the question's in the person's language ("câu I.3.a"). `hint` names what is typed
    ("Số vụ…"); for `TAPS` it says why nothing is. `sensitivity` is the highest of the questions
    shown. `labels` are the labels of its choices.
    """

    name: str
    by: By
    hint: str
    sensitivity: Sensitivity
    labels: tuple[str, ...] = ()

    def may_keep(self, text: str, *, unread: bool) -> bool:
        """Whether a text typed here may be stored in the history. `unread`: nobody could read it.

        At a red question only our own words are kept: everything else may name a person or a case,
        also behind a word that was read as the answer. At an amber one so may a text that nobody
        could read.
        """
        if self.sensitivity is Sensitivity.GREEN or self.is_ours(Heard(text)):
            return True
        return self.sensitivity is Sensitivity.AMBER and not unread

    def is_ours(self, heard: Heard) -> bool:
        """Whether the text consists of our own words: a label, its number, or an order that is
        about nothing or about the number of a question ("sửa I.5.b").
        """
        if heard.number or heard.plain in {Heard(label).plain for label in self.labels}:
            return True
        if heard.order is None:
            return False
        about = heard.order.about
        return about is None or (" " not in about and any(one.isdecimal() for one in about))

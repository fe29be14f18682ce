"""One text that a person sent. Each reading of it is made at most once, when it is first needed."""

import re
from dataclasses import dataclass
from functools import cached_property

from handlers.understanding.codes import Coded, read_coded
from handlers.understanding.commands import Order, read_order
from handlers.understanding.deeds import Deed, read_deed
from handlers.understanding.intents import Intent
from handlers.understanding.one_time_codes import Readings, clearly_a_code
from handlers.understanding.questions import intent_of
from handlers.understanding.screening import Forbidden, forbidden_in
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

MOST_FIGURES = 4
"""The most digits of a label's number. A longer number may be a telephone or identity number and
must be screened.
"""


_ASKS = re.compile(r"\b(?:khong|ko|chua|nao)(?: a| nhi| vay| the)*$")


@dataclass(frozen=True)
class Heard:
    """What a person typed, or the words of the button that was tapped."""

    text: str

    @cached_property
    def plain(self) -> str:
        """Without diacritics and without punctuation at both ends: "dung roi"."""
        return plain(typed(self.text)).strip(" .!?")

    @cached_property
    def number(self) -> str:
        """The digits if the text is only a label's number ("2", "2.", "2)"), else ""."""
        figures = self.text.strip().strip(".) ")
        return figures if figures.isdecimal() and len(figures) <= MOST_FIGURES else ""

    @cached_property
    def verb(self) -> str:
        """Its first word; the orders of subjects begin with it."""
        letters = "".join(one if one.isalnum() else " " for one in self.plain)
        return letters.split(maxsplit=1)[0] if letters.strip() else ""

    @cached_property
    def forbidden(self) -> Forbidden | None:
        """What in it may not be stored."""
        return forbidden_in(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends as a question does: "khóa can-bo?", "trả lại được không". Such a text is
        no order, whatever words it holds."""
        return typed(self.text).rstrip(" .!").endswith("?") or _ASKS.search(self.plain) is not None

    @cached_property
    def coded(self) -> Coded | None:
        """Words with a code: "xem H5"."""
        return read_coded(self.text)

    @cached_property
    def one_time_code(self) -> Readings:
        """The one-time codes it may stand for, () if it is not clearly meant as one."""
        return clearly_a_code(self.text)

    @cached_property
    def order(self) -> Order | None:
        """The command, if the whole text is one."""
        return read_order(self.text)

    @cached_property
    def deed(self) -> Deed | None:
        """An order to do something to a unit or its data."""
        return read_deed(self.text)

    @cached_property
    def intent(self) -> Intent:
        """What it asks, if it is a question in a person's own words."""
        return intent_of(self.text)

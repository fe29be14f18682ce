"""What a message says about a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.subjects.checklist.reading.asked import Reading
from handlers.understanding.commands import Command
from handlers.understanding.screening import Forbidden
from handlers.understanding.values.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What a message says about a page.

    `parts` holds every part that it speaks of. `ask`: the message as a whole is asked about.
    `order` and `question` are of the whole message, `about` the part that a question names.
    `refuse`: nothing of it may be kept. `confirm`: what was read back is written, but for parts
    that are named. `reject`: nothing of it is written; `dropped` are single parts of it. `unknown`:
    numbers that no part has.
    """

    parts: Mapping[int, Reading] = field(default_factory=dict)
    ask: Reason | None = None
    order: Command | None = None
    question: str = ""
    about: int | None = None
    refuse: Forbidden | None = None
    confirm: bool = False
    reject: bool = False
    dropped: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

"""An order in a person's own words at the open checklist: "sửa 5b", "xem kết quả mục 5"."""

import re
from typing import Final

from handlers.understanding.commands import Command, Order
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_CODE: Final = re.compile(r"\b(?:(?P<part>[ivx]+)\.)?(?P<item>\d{1,2})(?:\.?(?P<letter>[a-z]))?\b")


def order_at(part: str, command: Command, text: str) -> Order:
    """The order with the question or item that the text names; a code without its part is of the
    open `part`.
    """
    found = _CODE.search(plain(typed(text)))
    if found is None or command not in (Command.FIX, Command.RESULT):
        return Order(command=command)
    about = f"{(found['part'] or part).upper()}.{found['item']}"
    if command is Command.FIX and found["letter"]:
        about = f"{about}.{found['letter']}"
    return Order(command=command, about=about)

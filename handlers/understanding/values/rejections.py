"""Texts that only take back, or hold up, what was said before:
"khoan đã", "sai rồi", "đừng lưu".
"""

import re
from typing import Final

from handlers.understanding.values.politeness import polite_variants
from handlers.understanding.values.saying import Saying

_FIGURE: Final = re.compile(r"\d")
_TAKEN_BACK = r"(?:sai|nham|lon)(?: (?:roi|mat|het|be bet|ca))*+"
_WAIT = r"(?:khoan|tu tu|cho chut|cho ti|doi chut|doi ti)(?: (?:da|khoan|nhe|xiu))*+"
_NOT_SO = r"(?:dung|dung co|khong|khoan|chua) (?:ghi|luu|chot)(?: (?:nhe|voi|vao|gi))*+"
_REJECTING: Final = re.compile(
    rf"(?:{_WAIT}|{_TAKEN_BACK}|{_NOT_SO}|huy(?: bo)?(?: \w+)?)"
    rf"(?: (?:da|roi|{_WAIT}|{_TAKEN_BACK}|{_NOT_SO}))*+"
)
"""No answer to any question: it takes back, or holds up, what was said before."""
_STOPPING: Final = frozenset({"đừng", "dừng"})


def rejects(said: Saying) -> bool:
    """Whether the whole text only rejects or holds up: "khoan đã", "sai rồi", "đừng lưu"."""
    if _FIGURE.search(said.bare):
        return False
    stops = any(one.marked in _STOPPING for one in said.words[:_FIRST_WORDS])
    return stops or any(_REJECTING.fullmatch(one) for one in polite_variants(said.bare))


_FIRST_WORDS: Final = 3
"""Words in which a negative order stands: "dạ đừng lưu"."""

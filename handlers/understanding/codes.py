"""One-time codes as people type them: capitals or not, with dashes, spaces and a word before."""

import re

from handlers.understanding.typed import typed

CODE_LENGTH = 10
"""Letters and digits of base32: fifty bits, which limited attempts cannot guess."""

# 0, 1 and 8 are not in base32: people read them into O, I and B, and storage reads them back.
_CODE = re.compile(
    r"^(?:mã|ma|code|li[êe]n[\s\-]?k[ếe]t)?\s*:?\s*"
    rf"([a-z0-9](?:[\s\-_]{{0,3}}[a-z0-9]){{{CODE_LENGTH - 1}}})[.!]?$",
    re.IGNORECASE,
)


def code_in(text: str) -> str | None:
    """The code that the whole text is, in capitals without separators, or None."""
    found = _CODE.match(typed(text))
    return re.sub(r"[\s\-_]", "", found[1]).upper() if found else None

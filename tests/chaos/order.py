"""Whether a person received what was queued for them: in order, and without extra copies."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from handlers.ground.library import Library
from scheduling.channel import Abilities
from scheduling.fit import fit
from storage.encoding import decode_outgoing
from tests.chaos.marks import Row

# The values that the channels declare; reading Telegram's would import its library.
ABILITIES: Final = {
    "telegram": Abilities(buttons=True, edits=True, files=True, text_limit=4_000),
    "zalo": Abilities(buttons=False, edits=False, files=False, text_limit=1_900, repeatable=False),
}


def shown(row: Row, library: Library) -> str:
    """The text of the message; each must fit one message, or copies could not be distinguished."""
    (piece,) = fit(decode_outgoing(row.body), ABILITIES[row.channel], library.words("vi"))
    return unicodedata.normalize("NFC", piece.text.strip())


def explained(got: Sequence[str], rows: Sequence[Row], texts: Sequence[str]) -> int:
    """How many of `got`, from the first on, can be these rows in their order, each as often as its
    marks allow; all of them if everything is correct.

    A row with two equal neighbours may match either, so all possibilities are followed.
    """
    ways, furthest = {0}, 0
    for row, text in zip(rows, texts, strict=True):
        after = set()
        for at in ways:
            copies = 0
            while copies < row.most and at + copies < len(got) and text in got[at + copies]:
                copies += 1
            after |= set(range(at + row.fewest, at + copies + 1))
        ways = after
        furthest = max(ways, default=furthest)
    return len(got) if len(got) in ways else min(furthest, len(got) - 1)

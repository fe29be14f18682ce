"""Words with the code of one of our things: a letter and a number ("trả lại H5")."""

import re
from dataclasses import dataclass

from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_CODED = re.compile(
    r"^(?P<verb>[^\W\d_]+(?: [^\W\d_]+){0,3}) (?P<letter>[a-z]) ?(?P<number>\d{1,9})\b"
)


@dataclass(frozen=True, kw_only=True)
class Coded:
    """Words with the code of one of our things: "trả lại H5 thiếu số văn bản".

    `verb` is the text before the code, without diacritics ("tra lai"), `letter` the kind of thing
    in capitals, `rest` the text after it, unchanged.
    """

    verb: str
    letter: str
    number: int
    rest: str

    @property
    def code(self) -> str:
        """The code as it is displayed: "H5"."""
        return f"{self.letter}{self.number}"


def read_coded(text: str) -> Coded | None:
    """The words with a code at the beginning of the text, or None."""
    said = typed(text).strip(" .!?/")
    bare = plain(said)
    found = _CODED.match(bare)
    # A few foreign letters become two: then the code does not end at the same position in both.
    if found is None or len(bare) != len(said):
        return None
    return Coded(
        verb=found["verb"],
        letter=found["letter"].upper(),
        number=int(found["number"]),
        rest=said[found.end() :].strip(" .,:;-"),
    )

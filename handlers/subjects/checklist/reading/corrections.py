"""A text in which a person corrects himself: the later words win, for what they say."""

import re
from typing import Final

from handlers.understanding.values.saying import Saying

_WORD_OF_CORRECTION: Final = re.compile(
    r"[,;.]?\s*\b(?:a|y|o|ay|u|ua),? (?:quen|khong phai|khong(?=,)|khong(?= \d)|lon"
    r"|nham)\b[,:;]?|[,;.]\s*(?:a|y)\b,? (?=(?:co|khong|chua|\d))"
    r"|[,;.]?\s*\b(?:(?:a|y|u|o|oi|chet|thoi) ,? ?)?(?:(?:bam|go|nhap|ghi|viet|noi|danh"
    r"|dem|tinh) )?(?:nham|lon|sai)(?: roi| so| cau)?\b(?! (?:lan|lac|viec|xa|mo|duoc"
    r"|tot|xong|het|gi|tiep|bao|dam|muc|nang))(?: (?:la|phai la|sua lai"
    r"|la phai))?[,:;]?"
    r"|[,;.]?\s*\b(?:xin |cho |de )?(?:sua|chinh|ghi|noi|tinh|dem|viet)(?: cho toi"
    r"| giup)? lai(?: thanh| la| giup| cho dung)?\b[,:;]?"
    r"|[,;.]?\s*\b(?:y (?:la|toi la|minh la|anh la|em la)|dung ra(?: la)?"
    r"|chinh xac(?: la| phai la)?|phai la|quen,|khoan,? (?:da|khoan|doi)?)\b[,:;]?"
    r"|[,;.]?\s*\b(?:xin loi|soory|sorry)\b[,:;]?"
)
_NOT_THAT: Final = re.compile(
    r"\b(?:chu|ma)? ?khong phai(?: la)? (?P<not>[^,;]*?\d[^,;]*?)(?:(?:,| ma)(?: la"
    r"| phai la)? (?=\S*\d)(?P<but>.*)|$)"
)


def segments(said: Saying) -> tuple[Saying, ...]:
    """The text cut at its words of correction; one piece if nothing is corrected."""
    if "nhằm" in said.clean.lower():
        return (said,)
    text = _without_denied(said)
    cuts = [one.span() for one in _WORD_OF_CORRECTION.finditer(text.plain)]
    if not cuts:
        return (text,) if text is not said else (said,)
    bounds = [0, *(place for span in cuts for place in span), len(text.plain)]
    pieces = [text.part(first, last) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    told = tuple(one for one in pieces if one.words)
    return told or (said,)


def is_correction(said: Saying) -> bool:
    """Whether a word of correction stands in the text."""
    return (
        _WORD_OF_CORRECTION.search(said.plain) is not None
        or _NOT_THAT.search(said.plain) is not None
    )


def _without_denied(said: Saying) -> Saying:
    """ "12/1 chứ không phải 10/1" is "12/1", and so is "không phải 10/1 mà là 12/1"."""
    found = _NOT_THAT.search(said.plain)
    if found is None:
        return said
    kept = said.part(0, found.start()).clean
    after = said.part(found.start("but"), found.end("but")).clean if found["but"] else ""
    return Saying(f"{kept} {after}".strip(), said.echo)

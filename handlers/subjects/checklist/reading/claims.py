"""The claim of force majeure: "đề nghị xét bất khả kháng", "không bkk"."""

import re
from typing import Final

from domain.answers import FieldName
from handlers.subjects.checklist.reading.asked import Asked
from handlers.subjects.checklist.reading.stance import Stance, stance_of

CLAIMED, NOT_CLAIMED = 0, 1
_CLAIM: Final = re.compile(
    r"(?P<denied>\b(?:khong|chua)(?: phai| do| vi| thuoc| co| xet"
    r"| de nghi)* )?\b(?:(?:de nghi|xin|xet|do|vi|co) )*(?:bat kha khang"
    r"|force majeure)\b"
)


def claim_in(asked: Asked, plain: str) -> int | None:
    """Whether it is claimed; None if the text does not say, or nothing of it is asked."""
    if not asked.requirement.force_majeure:
        return None
    found = _CLAIM.search(plain)
    if found is not None:
        return NOT_CLAIMED if found["denied"] else CLAIMED
    if asked.open_field is not FieldName.FORCE_MAJEURE:
        return None
    match stance_of(plain):
        case Stance.YES:
            return CLAIMED
        case Stance.NO | Stance.NONE:
            return NOT_CLAIMED
    return None


def without_claim(plain: str) -> str:
    """The text without the words of the claim."""
    return _CLAIM.sub(" ", plain)

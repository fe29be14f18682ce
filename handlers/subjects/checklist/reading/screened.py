"""What of a reply may not be kept at all, and what must be asked because of it."""

import re
from typing import Final

from domain.criteria import AskedAs
from handlers.subjects.checklist.reading.asked import Asked, Reading, asking
from handlers.understanding.screening import Forbidden, forbidden_in
from handlers.understanding.values.orders import asks
from handlers.understanding.values.persons import Told, told_of_persons
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.secrecy import Secrecy, secrecy_of, words_about_secrecy

_OF_A_PAPER: Final = re.compile(r"\d")


def screened(asked: Asked, said: Saying) -> Reading | None:
    """The refusal or the question that a text calls for before it is read; None for most texts."""
    forbidden = forbidden_in(said.text)
    if forbidden is Forbidden.SECRECY_MARK:
        return _marked(asked, said)
    if forbidden is not None:
        return Reading(refuse=forbidden)
    if _claims_mark(said) and _OF_A_PAPER.search(said.plain):
        return Reading(refuse=Forbidden.SECRECY_MARK)
    is_document = asked.requirement.asked_as is AskedAs.DOCUMENT
    if not is_document and secrecy_of(said) is not Secrecy.UNSAID and not asks(said.plain):
        return asking(Reason.MAYBE_SECRET)
    match told_of_persons(said):
        case Told.PERSON:
            return Reading(refuse=Forbidden.PERSON)
        case Told.MAYBE:
            return asking(Reason.PERSON_OR_CASE)
    return None


def _claims_mark(said: Saying) -> bool:
    """Whether the number of a secret paper stands in the text."""
    text = words_about_secrecy(said)
    return (
        secrecy_of(said) is Secrecy.CHOSEN and not asks(said.plain) and "khong ghi so" not in text
    )


def _marked(asked: Asked, said: Saying) -> Reading | None:
    """A mark beside a number or a day is refused; the bare word is a choice where a document is
    asked, and else asked about.
    """
    if asks(said.plain) or secrecy_of(said) is not Secrecy.CHOSEN:
        return None
    if _OF_A_PAPER.search(said.plain):
        return Reading(refuse=Forbidden.SECRECY_MARK)
    if asked.requirement.asked_as is AskedAs.DOCUMENT:
        return None
    return asking(Reason.MAYBE_SECRET)

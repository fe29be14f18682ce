"""Kind document: number, date and choice in any order, "chưa có", "văn bản mật"."""

import re
from typing import Final

from domain.answers import FieldName, Value
from domain.criteria import AskedAs
from domain.steps import HELD, HELD_SECRET, NOT_HELD
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    asking,
    giving,
)
from handlers.subjects.checklist.reading.stance import Stance, stance_of
from handlers.understanding.text import plain
from handlers.understanding.values.days import days_in, is_inexact
from handlers.understanding.values.papers import Paper, papers_in
from handlers.understanding.values.persons import without_persons
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.secrecy import Secrecy, secrecy_of


def read(asked: Asked, said: Saying) -> Reading:
    """The choice, the number and the day that a text gives."""
    match secrecy_of(said):
        case Secrecy.MAYBE:
            return asking(Reason.MAYBE_SECRET)
        case Secrecy.CHOSEN:
            return giving({FieldName.CHOICE: HELD_SECRET})
    paper = read_paper(asked, said)
    if paper.says_something:
        return _held(asked, said, paper)
    return _chosen(asked, said)


_OF_ANOTHER_YEAR: Final = re.compile(r"\bnam (?:ngoai|truoc|roi|qua)\b")


def _held(asked: Asked, said: Saying, paper: Reading) -> Reading:
    """A number or a day says that there is a document, unless it is one of another year or not
    there yet.
    """
    if stance_of(re.sub(r"\bkhoang\b", " ", said.plain)) is Stance.HALF or _OF_ANOTHER_YEAR.search(
        said.plain
    ):
        return AMBIGUOUS
    if not paper.fields or asked.draft.choice == HELD:
        return paper
    return Reading(fields={FieldName.CHOICE: HELD, **paper.fields}, ask=paper.ask)


def _chosen(asked: Asked, said: Saying) -> Reading:
    if is_inexact(said.plain) and asked.open_field is FieldName.ISSUED_ON:
        return AMBIGUOUS
    stance = stance_of(_WITHOUT_NUMBER.sub(" ", said.plain))
    if asked.draft.choice == HELD and not (
        stance is Stance.NO and _NONE_AFTER_ALL.search(said.plain)
    ):
        return AMBIGUOUS if stance in (Stance.HALF, Stance.BOTH) else NOT_READABLE
    match stance:
        case Stance.YES:
            return giving({FieldName.CHOICE: HELD})
        case Stance.NO:
            return giving({FieldName.CHOICE: NOT_HELD})
        case Stance.UNSAID:
            return NOT_READABLE
        case _:
            return AMBIGUOUS


_WITHOUT_NUMBER: Final = re.compile(
    r"\b(?:ma |nhung |con )?(?:\w+ )?(?:khong|chua) (?:nho|biet|ro|co|thay|kip xem"
    r"|tim ra) (?:so|ngay)\b.*"
)
"""The number is not at hand; that the document is there was said before."""
_NONE_AFTER_ALL: Final = re.compile(
    r"\b(?:khong|chua) (?:co|ban hanh|ra|ky|xay dung|lam|duoc ban hanh"
    r"|he co)\b(?! (?:so|ngay))|\bbam (?:nham|lon)\b"
)
_OTHER_FIGURES: Final = re.compile(
    r"\bnam 20\d\d\b|\b20\d\d\b|\b\d{1,2} (?:trang|ban|cai|van ban)\b|\bquy (?:\d|i+|iv)\b"
)
_BARE_FIGURE: Final = re.compile(r"^\D{0,12}\d{1,5}\D{0,4}$")


def read_paper(asked: Asked, said: Saying) -> Reading:
    """The number and the day of one document; two documents are one too many."""
    days = days_in(said.plain, asked.when)
    spans = tuple((one.start, one.end) for one in days)
    clean = without_persons(said.without(*spans))
    papers = papers_in(clean, Saying(clean, said.echo).plain) or papers_in(clean, plain(clean))
    if len(papers) > 1 or len({one.day for one in days if one.day}) > 1:
        return asking(Reason.TOO_MANY)
    fields: dict[FieldName, Value] = {}
    if papers:
        fields[FieldName.NUMBER] = papers[0].number
    exact = [one.day for one in days if one.day is not None]
    if exact and not _takes_day(asked, bool(papers)):
        return NOT_READABLE
    if exact:
        fields[FieldName.ISSUED_ON] = exact[0]
    wrong = next((one.problem for one in days if one.problem is not None), None)
    if (
        wrong is None
        and fields
        and not exact
        and (is_inexact(said.plain) or _has_more(clean, papers))
    ):
        wrong = Reason.AMBIGUOUS
    if (
        not fields
        and wrong is None
        and _BARE_FIGURE.match(said.plain)
        and asked.draft.choice == HELD
    ):
        return NOT_READABLE
    return Reading(fields=fields, ask=wrong) if fields or wrong else NOT_READABLE


def _has_more(clean: str, papers: tuple[Paper, ...]) -> bool:
    """Whether a figure is left beside the number, which may be its day."""
    left = plain(clean).replace(plain(papers[0].number), " ", 1) if papers else plain(clean)
    left = _OTHER_FIGURES.sub(" ", left)
    return papers != () and papers[0].whole and re.search(r"\d", left) is not None


def _takes_day(asked: Asked, has_number: bool) -> bool:
    return has_number or asked.requirement.asked_as is not AskedAs.YES_NO

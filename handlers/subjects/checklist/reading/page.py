"""Reads one message that answers several parts: "1 có 2 có 3 không 4 12/15", "tất cả có, trừ 3"."""

import re
from collections.abc import Mapping
from typing import Final

from handlers.subjects.checklist.reading.asked import MOST_WORDS, Asked
from handlers.subjects.checklist.reading.lines import read_lines
from handlers.subjects.checklist.reading.page_reading import PageReading
from handlers.subjects.checklist.reading.read_back import Verdict, judged
from handlers.subjects.checklist.reading.starts import names_a_part
from handlers.subjects.checklist.reading.unnumbered import read_unnumbered, read_whole
from handlers.understanding.commands import read_order
from handlers.understanding.deeds import read_deed
from handlers.understanding.screening import Forbidden, forbidden_in
from handlers.understanding.values.persons import Told, told_of_persons
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.word import words_in

__all__ = ["PageReading", "read_page"]


def read_page(
    questions: Mapping[int, Asked],
    pending: frozenset[int],
    text: str,
    *,
    waits: bool | None = None,
) -> PageReading:
    """What `text` says about the parts. `pending` are those that were read back; their drafts are
    the answers that wait. `waits`: answers wait, perhaps of another page (None: if `pending` has
    any).
    """
    waits = bool(pending) if waits is None else waits
    if not questions:
        return PageReading(ask=Reason.NOT_READABLE)
    said = Saying(" ".join(text.split("\n")))
    if (refuse := _refused(said)) is not None:
        return PageReading(refuse=refuse)
    if len(said.words) > MOST_WORDS:
        return PageReading(ask=Reason.NOT_READABLE)
    confirm = False
    verdict = judged(said)
    order = read_order(text)
    # "dung" without marks is "đúng" where that was asked, and "dừng" elsewhere.
    agrees = waits and said.bare == "dung" and verdict.verdict is Verdict.CONFIRMED
    if order is not None and not agrees:
        return PageReading(order=order.command)
    if read_deed(text) is not None:
        return PageReading(question="deed")
    if waits:
        if verdict.dropped and set(verdict.dropped) <= pending:
            return PageReading(
                dropped=verdict.dropped, confirm=verdict.verdict is Verdict.CONFIRMED
            )
        if verdict.verdict is Verdict.REJECTED:
            return PageReading(reject=True)
        confirm = verdict.verdict is Verdict.CONFIRMED
        if confirm and not verdict.rest.words:
            return PageReading(confirm=True)
        if verdict.rest is not said:
            text = verdict.rest.clean
    text = _without_heading(_with_all_first(text), frozenset(questions))
    numbered = any(names_a_part(Saying(one), frozenset(questions)) for one in text.split("\n"))
    if not numbered and (whole := read_whole(questions, text)) is not None:
        return whole
    reading = read_lines(questions, text)
    if reading is None:
        return read_unnumbered(questions, pending, text)
    corrects = _CORRECTS.search(said.plain) is not None
    goes_on = waits and not corrects
    return _confirming(reading, pending, confirm=confirm, goes_on=goes_on)


_CORRECTS: Final = re.compile(r"\b(?:sua|chinh lai|doi lai|nham|ghi lai)\b")
_ALL_AFTER: Final = re.compile(
    r"^(?P<head>(?:da |vang |a )*)(?P<word>(?:deu )?(?:dat|co|ok|roi|xong|du|tot|duoc"
    r"|khong|chua)(?: (?:roi|co|dat|phat sinh|du|tot))?) (?:het|ca|tat ca|deu"
    r"|toan bo)\b"
)


def _with_all_first(text: str) -> str:
    """ "đạt hết trừ 4 chưa" as "tất cả đạt trừ 4 chưa"."""
    said = Saying(text)
    found = _ALL_AFTER.match(said.plain) if "\n" not in text else None
    if found is None or not re.search(r"\d", said.plain):
        return text
    word = said.part(found.start("word"), found.end("word")).clean
    return f"tất cả {word} {said.part(found.end(), len(said.plain)).clean}"


def _refused(said: Saying) -> Forbidden | None:
    forbidden = forbidden_in(said.text)
    if forbidden not in (None, Forbidden.SECRECY_MARK):
        return forbidden
    return Forbidden.PERSON if told_of_persons(said) is Told.PERSON else None


_HEADING: Final = words_in(
    "them con va roi thi dong chi em anh ghi lai giup sua cho toi da vang bao cao nop "
    "gui tra loi xin oi a la tiep theo nua day ne"
)
_LONGEST_HEADING: Final = 4


def _without_heading(text: str, known: frozenset[int]) -> str:
    """The text without polite words before its first part: "thêm 3 có", "ghi lại câu 1 là …"."""
    said = Saying(text)
    for at in range(min(_LONGEST_HEADING + 1, len(said.words))):
        rest = text if not at else said.clean[said.words[at].start :]
        if names_a_part(Saying(rest), known):
            return rest
        if "\n" in text or said.words[at].plain not in _HEADING:
            break
    return text


def _confirming(
    reading: PageReading, pending: frozenset[int], *, confirm: bool, goes_on: bool
) -> PageReading:
    """Going on with other parts confirms what was read back; a correction does not."""
    named = set(reading.parts)
    answered = any(one.fields or one.order for one in reading.parts.values())
    goes_on = goes_on and answered and not named & pending
    return PageReading(
        parts=reading.parts,
        ask=reading.ask,
        order=reading.order,
        question=reading.question,
        about=reading.about,
        refuse=reading.refuse,
        unknown=reading.unknown,
        confirm=confirm or goes_on,
    )

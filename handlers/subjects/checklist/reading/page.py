"""Reads one message that answers several parts: "1 có 2 có 3 không 4 12/15", "tất cả có, trừ 3"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from domain.answers import FieldName, Value
from domain.criteria import AskedAs
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import NOT_READABLE, Asked, Reading
from handlers.subjects.checklist.reading.corrections import is_correction
from handlers.subjects.checklist.reading.cutting import MOST_WAYS, Cutter, Piece, read_for_all
from handlers.subjects.checklist.reading.read_back import Verdict, judged
from handlers.subjects.checklist.reading.starts import StartKind, names_a_part
from handlers.understanding.commands import Command, read_order
from handlers.understanding.screening import Forbidden, forbidden_in
from handlers.understanding.values.orders import asks
from handlers.understanding.values.persons import Told, told_of_persons
from handlers.understanding.values.reasons import Reason
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.word import words_in


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What a message says about a page.

    `parts` holds every part that it speaks of. `ask`: the message as a whole is asked about.
    `order` and `question` are of the whole message, `about` the part that a question names.
    `refuse`: nothing of it may be kept. `confirm`: what was read back is written, but for parts
    that are named. `reject`: nothing of it is written; `dropped` are single parts of it. `unknown`:
    numbers that no part has.
    """

    parts: Mapping[int, Reading] = field(default_factory=dict)
    ask: Reason | None = None
    order: Command | None = None
    question: str = ""
    about: int | None = None
    refuse: Forbidden | None = None
    confirm: bool = False
    reject: bool = False
    dropped: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


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
    confirm = False
    if (order := read_order(text)) is not None:
        return PageReading(order=order.command)
    if waits:
        verdict = judged(said)
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
    if not numbered and (whole := _whole(questions, text)) is not None:
        return whole
    reading = _lines(questions, text)
    if reading is None:
        return _unnumbered(questions, pending, text)
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
        question=reading.question,
        about=reading.about,
        refuse=reading.refuse,
        unknown=reading.unknown,
        confirm=confirm or goes_on,
    )


# One line after another


_ORDER_HEAD: Final = re.compile(
    r"^(?:sửa|sua|chỉnh|chinh|đổi|doi)(?:\s+(?:lại|lai))?(?:\s+(?:câu|cau))?\s+(?=\d)",
    re.IGNORECASE,
)
_EXPLAINED: Final = re.compile(r"^(?:giai thich|explain)(?: cau| muc)? (?P<number>\d{1,2})\b")


def _lines(questions: Mapping[int, Asked], text: str) -> PageReading | None:
    known = frozenset(questions)
    told = _Told(questions=questions)
    for line in _joined(text, known):
        cutter = Cutter(questions=questions, said=Saying(_ORDER_HEAD.sub("", line)))
        ways = cutter.best()
        if not ways:
            return None
        told.add(cutter, ways)
    return told.reading()


def _joined(text: str, known: frozenset[int]) -> list[str]:
    """The lines that begin with a part; any other line continues the one before it, like the second
    model of a list. Lines before the first part are a heading.
    """
    lines: list[str] = []
    told = [line for line in text.split("\n") if Saying(line).words]
    first = next((at for at, one in enumerate(told) if names_a_part(Saying(one), known)), 0)
    for line in told[first:]:
        said = Saying(line)
        if lines and not names_a_part(said, known):
            lines[-1] = f"{lines[-1]}; {line}"
        else:
            lines.append(line)
    return lines


@dataclass(kw_only=True)
class _Told:
    """Collects what the lines of one message say."""

    questions: Mapping[int, Asked]
    found: dict[int, list[Reading]] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    for_all: dict[int, Reading] = field(default_factory=dict)
    refuse: Forbidden | None = None

    def add(self, cutter: Cutter, ways: list[tuple[Piece, ...]]) -> None:
        """Add one line, cut in all best ways: what they agree on is certain."""
        said = [self._said(cutter, way) for way in ways]
        numbers = {number for one in said for number in one}
        agreed = len(ways) <= MOST_WAYS
        for number in numbers:
            first = said[0].get(number)
            if agreed and first is not None and all(one.get(number) == first for one in said):
                self.found.setdefault(number, []).extend(first)
            elif number in self.questions:
                self.found.setdefault(number, []).append(Reading(ask=Reason.AMBIGUOUS))

    def _said(self, cutter: Cutter, way: tuple[Piece, ...]) -> dict[int, list[Reading]]:
        told: dict[int, list[Reading]] = {}
        doubtful = False
        for piece in way:
            start = piece.start
            if start.kind is StartKind.ALL:
                self.for_all |= read_for_all(cutter.questions, piece.text, cutter)
                continue
            for number in start.numbers:
                if start.unknown:
                    self.unknown.add(number)
                    continue
                reading = self._of_part(cutter, piece, number)
                if reading.refuse is not None:
                    self.refuse = reading.refuse
                told.setdefault(number, []).append(
                    Reading(ask=Reason.AMBIGUOUS) if doubtful else reading
                )
                if is_correction(Saying(piece.text)) and _ends_corrected(piece.text):
                    self.corrected.add(number)
            doubtful = self._hides_a_figure(cutter, piece)
        return told

    def _of_part(self, cutter: Cutter, piece: Piece, number: int) -> Reading:
        if piece.start.kind is StartKind.BUT and not piece.text:
            return _opposite(self.for_all.get(number))
        if not piece.text:
            return NOT_READABLE
        return cutter.reading(number, piece.text)

    def _hides_a_figure(self, cutter: Cutter, piece: Piece) -> bool:
        """Whether the reply was not read and may end in a figure, which the next number may be."""
        if piece.start.kind is StartKind.ALL:
            return False
        numbers = piece.start.numbers
        takes = any(
            cutter.questions[one].requirement.asked_as is not AskedAs.YES_NO
            for one in numbers
            if one in cutter.questions
        )
        unread = piece.start.unknown or any(
            not cutter.reading(one, piece.text).says_something for one in numbers
        )
        return (
            unread
            and (takes or piece.start.unknown)
            and (not piece.text or piece.text[-1:].isdecimal() or piece.start.unknown)
        )

    def reading(self) -> PageReading:
        """The result for the whole message."""
        parts = {number: self._one(number, found) for number, found in self.found.items()}
        for number, one in self.for_all.items():
            parts.setdefault(number, one)
        for number, one in parts.items():
            if len(parts) == 1 and one.question:
                return PageReading(question=one.question, about=number)
            if len(parts) == 1 and one.order is Command.EXPLAIN:
                return PageReading(order=one.order, about=number)
        return PageReading(
            parts={number: parts[number] for number in sorted(parts)},
            refuse=self.refuse,
            unknown=tuple(sorted(self.unknown)),
        )

    def _one(self, number: int, found: list[Reading]) -> Reading:
        different = [one for at, one in enumerate(found) if one not in found[:at]]
        if len(different) == 1:
            return different[0]
        if number in self.corrected:
            return different[-1]
        return Reading(ask=Reason.CONTRADICTION)


_CORRECTED_LAST: Final = re.compile(r"\b(?:nham|lon|sai|khoan|quen|sua lai)(?: roi)?[ ,.;:]*$")


def _ends_corrected(text: str) -> bool:
    """Whether a reply ends in a word that takes it back: "chưa à nhầm"."""
    return _CORRECTED_LAST.search(Saying(text).plain) is not None


def _opposite(given: Reading | None) -> Reading:
    """With two choices, "not the one" means the other."""
    choice = given.fields.get(FieldName.CHOICE) if given is not None else None
    if type(choice) is not int or choice not in (0, 1):
        return Reading(ask=Reason.NOT_READABLE)
    return Reading(fields={FieldName.CHOICE: 1 - choice})


# Without numbers


_FOR_ALL: Final = re.compile(
    r"\b(?:het(?! han)|deu|tat ca|toan bo|ca (?:muc|\d+ cau|\d+)|het tron|cac cau|moi cau|ca)\b"
)
_FOR_ALL_WORDS: Final = re.compile(
    r"\b(?:het|deu|tat ca|toan bo|ca muc|ca \d+ cau|ca|cac cau|moi cau)\b"
)


def _whole(questions: Mapping[int, Asked], text: str) -> PageReading | None:
    """An order or a question of the whole message, or one word for all parts."""
    said = Saying(text)
    if found := _EXPLAINED.match(said.plain):
        return PageReading(order=Command.EXPLAIN, about=int(found["number"]))
    first = next(iter(questions.values()))
    reading = read_alone(first, text)
    if reading.order is not None:
        return PageReading(order=reading.order)
    if reading.question:
        return PageReading(question=reading.question)
    return None


def _unnumbered(questions: Mapping[int, Asked], pending: frozenset[int], text: str) -> PageReading:
    said = Saying(text)
    if asks(said.plain):
        return PageReading(question="explain")
    if inside := _part_inside(questions, said):
        return PageReading(parts=inside)
    open_parts = {number: one for number, one in questions.items() if number not in pending}
    if pending and (corrected := _correction(questions, pending, said)):
        return PageReading(parts=corrected)
    if _FOR_ALL.search(said.plain):
        word = _FOR_ALL_WORDS.sub(" ", said.plain)
        for_all = read_for_all(open_parts, word) if open_parts else {}
        if for_all:
            return PageReading(parts=for_all)
    if len(open_parts) == 1 and not pending:
        ((number, asked),) = open_parts.items()
        reading = read_alone(asked, text)
        return PageReading(parts={number: reading}, refuse=reading.refuse)
    screened = next(
        (one for one in (read_alone(asked, text) for asked in questions.values()) if one.refuse),
        None,
    )
    if screened is not None:
        return PageReading(refuse=screened.refuse)
    return PageReading(ask=Reason.AMBIGUOUS if said.words else Reason.NOT_READABLE)


_INSIDE: Final = re.compile(r"\b(?:cau|muc|y) (?P<number>\d{1,2})\b")


def _part_inside(questions: Mapping[int, Asked], said: Saying) -> dict[int, Reading]:
    """The one part that a text names in its middle: "số văn bản câu 1 là 17-NQ/ĐU"."""
    named = list(_INSIDE.finditer(said.plain))
    if len(named) != 1 or int(named[0]["number"]) not in questions:
        return {}
    number = int(named[0]["number"])
    reading = read_alone(questions[number], said.without(named[0].span()))
    return {number: reading} if reading.fields else {}


_CORRECTABLE: Final = (
    AskedAs.DOCUMENT,
    AskedAs.COUNT,
    AskedAs.CASES,
    AskedAs.YEAR_ON_YEAR,
    AskedAs.LIST,
    AskedAs.RATING,
)


def _correction(
    questions: Mapping[int, Asked], pending: frozenset[int], said: Saying
) -> dict[int, Reading]:
    """A new value without a part's number: it corrects the one answer read back that it fits."""
    if not re.search(r"\d", said.plain):
        return {}
    found: dict[int, Reading] = {}
    for number in pending & questions.keys():
        asked = questions[number]
        if asked.requirement.asked_as not in _CORRECTABLE:
            continue
        reading = read_alone(asked, said.clean)
        if reading.fields and not _says_nothing_new(asked, reading.fields):
            found[number] = reading
    return found if len(found) == 1 else {}


def _says_nothing_new(asked: Asked, fields: Mapping[FieldName, Value]) -> bool:
    return all(asked.draft.get(name) == value for name, value in fields.items())

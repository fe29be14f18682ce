"""The kinds of turn that are counted: how each is produced and what it may cost.

A number in the table is both a measurement and a limit. A change that increases a number must state
the reason next to it; a change that decreases one must write the lower number.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

NOW: Final = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
DUTIES_PLANNED: Final = datetime(2027, 6, 8, 1, 0, tzinfo=UTC)
"""A day in the year for which the demo has planned Nghệ An's duties."""

CODE: Final = "ABCDEFGH23"
"""The one-time code of the newcomer."""

STRANGER: Final = "nguoi-la"
NEWCOMER: Final = "nguoi-moi"

TABLE: Final = """
kind of turn                             statements  read  written  why so many
a tap on an answer                               20     6       22  the first writes all verdicts
a tap that begins an answer                      15     6        6
a typed answer                                   19     5       22  a tap reads the label as well
a typed number of a document                     15     5        6  reads how the item is asked
the date that completes a document               22     5       24  and the evidence; reads the way
an answer that cannot be read                    14     6        4
a correction                                     20    21       14
a tap where nothing is echoed                    18     5       20  deletes a parked body, on Zalo
a page                                           15     6        6
a page line                                      17     8        6
a page line that confirms the one before         39     8       36  4 or 5 statements an answer
the confirmation of a page                       36     6       34  4 or 5 statements an answer
a page line where nothing is echoed              17     5        4  and reads when it was asked
a side command                                   14     5        4
going back                                       15    20        6
going on                                         15     5        5
a status question                                13    58        5  51 answers and their verdicts
a status question that names no unit              9     6        4
a question about duties                          12    10        4  reads what the channel may carry
a declared hand-in of a duty                     13     8        6  reads what the channel may carry
a refused word                                   10     4        2
a set-up screen                                  26   453        5  reads all units three times
a step of the set-up                             16     5        5
an officer's menu                                14     6        5
a supervisor's menu                               9     5        5
help                                              8     4        4  asks whether answers lapsed
a stranger                                        2     0        1
a stranger where messages are few                 5     1        3  deletes a parked body, on Zalo
a stranger for the second time that day           4     0        1  deletes a parked body, on Zalo
a wrong code                                      5     1        2
a right code                                      9     4        3
the word that lets somebody in                   40    21       12  tells two, keeps the used code
a hand-in that comes too early                   12     5        4
a hand-in laid before the head                   27    75        7  judges all, tells the head
the head's look                                  13    70        5  judges all
the head's confirmation                          41    14       10  tells two; looks for registers
a repeated delivery                               1     0        0
"""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of turn: `who` says `before` and then, counted, `says`, on `channel`.

    "[3]" is a tap on choice 3 of the open question. `filled`: Mỹ Long Bắc has answered everything.
    `again`: the same delivery was handled before.
    """

    who: str
    before: tuple[str, ...]
    says: str
    channel: str
    filled: bool
    again: bool
    at: datetime


def kind(
    who: str,
    *texts: str,
    channel: str = "web",
    filled: bool = False,
    again: bool = False,
    at: datetime = NOW,
) -> Kind:
    *before, says = texts
    return Kind(
        who=who,
        before=tuple(before),
        says=says,
        channel=channel,
        filled=filled,
        again=again,
        at=at,
    )


OFFICER: Final = "can-bo"
HEAD: Final = "chi-huy"
SUPERVISOR: Final = "giam-sat"
ADMINISTRATOR: Final = "quan-tri"
DUTIES_OFFICER: Final = "can-bo-na"
DOCUMENT: Final = ("làm tiếp", "1", "12-NQ/ĐU", "15/01/2024")
LINE: Final = "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 05/KH-UBND ngày 20/01/2024"
PAGES: Final = ("hỏi cả mục", LINE)

KINDS: Final = {
    "a tap on an answer": kind(OFFICER, "làm tiếp", "[3]"),
    "a tap that begins an answer": kind(OFFICER, "làm tiếp", "[1]"),
    "a typed answer": kind(OFFICER, "làm tiếp", "3"),
    "a typed number of a document": kind(OFFICER, *DOCUMENT[:-1]),
    "the date that completes a document": kind(OFFICER, *DOCUMENT),
    "an answer that cannot be read": kind(OFFICER, "làm tiếp", "xanh"),
    "a correction": kind(OFFICER, "làm tiếp", "3", "sửa I.1.a", "2"),
    "a tap where nothing is echoed": kind(OFFICER, "hỏi từng câu", "[3]", channel="zalo"),
    "a page": kind(OFFICER, "hỏi cả mục"),
    "a page line": kind(OFFICER, *PAGES),
    "a page line that confirms the one before": kind(OFFICER, *PAGES, "tất cả đạt"),
    "the confirmation of a page": kind(OFFICER, *PAGES, "đúng"),
    "a page line where nothing is echoed": kind(OFFICER, "làm tiếp", LINE, channel="zalo"),
    "a side command": kind(OFFICER, "làm tiếp", "giải thích"),
    "going back": kind(OFFICER, "làm tiếp", "3", "quay lại"),
    "going on": kind(OFFICER, "làm tiếp", "menu", "làm tiếp"),
    "a status question": kind(SUPERVISOR, "tình hình xã Mỹ Long Nam"),
    "a status question that names no unit": kind(SUPERVISOR, "tình hình xã Không Có"),
    "a question about duties": kind(DUTIES_OFFICER, "bao giờ phải nộp", at=DUTIES_PLANNED),
    "a declared hand-in of a duty": kind(DUTIES_OFFICER, "đã nộp N2", at=DUTIES_PLANNED),
    "a refused word": kind(OFFICER, "làm tiếp", "1", "0912345678"),
    "a set-up screen": kind(ADMINISTRATOR, "cài đặt"),
    "a step of the set-up": kind(ADMINISTRATOR, "cài đặt", "5"),
    "an officer's menu": kind(OFFICER, "menu"),
    "a supervisor's menu": kind(SUPERVISOR, "menu"),
    "help": kind(OFFICER, "trợ giúp"),
    "a stranger": kind(STRANGER, "xin chào"),
    "a stranger where messages are few": kind(STRANGER, "xin chào", channel="zalo"),
    "a stranger for the second time that day": kind(
        STRANGER, "xin chào", "xin chào", channel="zalo"
    ),
    "a wrong code": kind(STRANGER, "AAAAABBBBB"),
    "a right code": kind(NEWCOMER, CODE),
    "the word that lets somebody in": kind(NEWCOMER, CODE, "đúng"),
    "a hand-in that comes too early": kind(OFFICER, "nộp"),
    "a hand-in laid before the head": kind(OFFICER, "nộp", filled=True),
    "the head's look": kind(HEAD, "nộp", filled=True),
    "the head's confirmation": kind(HEAD, "nộp", "ĐỒNG Ý", filled=True),
    "a repeated delivery": kind(OFFICER, "menu", again=True),
}

"""Words that control the conversation itself, in both languages, with or without diacritics."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.understanding.dates import (
    find_date,
    find_day_month,
    without_date,
    without_day_month,
)
from handlers.understanding.duties import names_a_duty
from handlers.understanding.text import plain, words_of
from handlers.understanding.typed import typed


class Command(StrEnum):
    """What a person can order in one or two words."""

    MENU = "menu"
    RESUME = "resume"
    RESULT = "result"
    DATES = "dates"
    HELP = "help"
    LANGUAGE = "language"
    VIETNAMESE = "vietnamese"
    ENGLISH = "english"
    SKIP = "skip"
    BACK = "back"
    EXPLAIN = "explain"
    NOT_APPLICABLE = "not_applicable"
    LATER = "later"
    KEEP = "keep"
    FIX = "fix"
    STATUS = "status"
    HANDED_IN = "handed_in"
    SUBMIT = "submit"
    SWITCH = "switch"
    SETUP = "setup"
    CHANNELS = "channels"
    ADD_CHANNEL = "add_channel"
    THANKS = "thanks"
    WHOLE_ITEM = "whole_item"
    ONE_BY_ONE = "one_by_one"


@dataclass(frozen=True, kw_only=True)
class Order:
    """A command with its arguments: a question or item ("I.5.b"), a duty by its code ("N3") or its
    name ("báo cáo 6 tháng"), a date, or a day and month without a year.
    """

    command: Command
    about: str | None = None
    on: date | None = None
    day_month: tuple[int, int] | None = None


PHRASES: dict[Command, tuple[str, ...]] = {
    Command.MENU: ("menu", "trang đầu", "về đầu", "start", "xin chào", "chào", "hello", "hi"),
    Command.RESUME: (
        "làm tiếp",
        "tiếp tục",
        "tiếp",
        "bắt đầu",
        "trả lời",
        "chấm điểm",
        "còn mấy câu",
        "còn bao nhiêu câu",
        "continue",
        "resume",
    ),
    Command.RESULT: (
        "kết quả",
        "xem kết quả",
        "kết quả tự chấm",
        "kết quả tự đánh giá",
        "result",
        "results",
    ),
    Command.DATES: (
        "hạn",
        "hạn nộp",
        "xem hạn",
        "xem hạn nộp",
        "lịch",
        "việc",
        "việc cần làm",
        "dates",
        "deadlines",
        "due",
    ),
    Command.HELP: ("trợ giúp", "giúp", "hướng dẫn", "help", "?"),
    Command.LANGUAGE: ("ngôn ngữ", "language", "đổi ngôn ngữ"),
    Command.VIETNAMESE: ("tiếng việt", "vietnamese"),
    Command.ENGLISH: ("tiếng anh", "english"),
    Command.SKIP: ("bỏ qua", "skip"),
    Command.BACK: ("quay lại", "lùi lại", "câu trước", "sửa câu trước", "back"),
    Command.EXPLAIN: ("giải thích", "câu này là sao", "là sao", "explain"),
    Command.NOT_APPLICABLE: ("không áp dụng", "not applicable", "n/a"),
    Command.LATER: ("để sau", "dừng", "tạm dừng", "thoát", "later", "stop"),
    Command.KEEP: ("giữ nguyên", "không sửa", "keep"),
    Command.SUBMIT: ("nộp", "nộp bộ tiêu chí", "nộp kết quả", "gửi chỉ huy", "submit"),
    Command.SWITCH: ("đổi vai", "đổi vai trò", "đổi đơn vị", "switch role"),
    Command.CHANNELS: (
        "các kênh",
        "kênh của tôi",
        "các kênh của tôi",
        "kênh nhắn tin",
        "my channels",
        "channels",
    ),
    Command.ADD_CHANNEL: (
        "thêm kênh",
        "nối kênh",
        "nối thêm kênh",
        "liên kết",
        "add channel",
        "link channel",
    ),
    Command.THANKS: ("cảm ơn", "xin cảm ơn", "thanks", "thank you"),
    Command.WHOLE_ITEM: (
        "hỏi cả mục",
        "hỏi cả nội dung",
        "trả lời cả mục",
        "cả mục",
        "hỏi nhiều câu",
        "whole item",
        "several at once",
    ),
    Command.ONE_BY_ONE: (
        "hỏi từng câu",
        "trả lời từng câu",
        "từng câu",
        "one by one",
        "one at a time",
    ),
    Command.SETUP: ("cài đặt", "thiết lập", "setup", "set-up", "settings"),
}
"""Every word and phrase that is a command by itself, with all its marks."""

_BY_PHRASE = {
    plain(phrase): (command, phrase) for command, phrases in PHRASES.items() for phrase in phrases
}

_TAIL = re.compile(r"(?: cau (?:nay|truoc|do))?(?: (?:di|nhe|nha|a|da|dong chi))*$")
_TAILED = frozenset(
    {Command.THANKS, Command.SKIP, Command.BACK, Command.EXPLAIN, Command.KEEP, Command.LATER}
)
"""Commands about the open question, to which people add "câu này", "đi", "nhé", "ạ"."""

_FIX = re.compile(
    r"^(?:sua|sua lai|fix|correct)(?: cau)?(?:\s+(?P<about>(?=\S*\d)[\w.\-]+))?(?: a| nhe)?$"
)
_RESULT_OF = re.compile(
    r"^(?:xem )?(?:ket qua|result)(?: noi dung| muc| item)?\s+(?P<about>[ivx]+\.\d+)$"
)
_HANDED_IN = re.compile(
    r"^(?:da nop|da gui|nop roi|handed in|done)"
    r"(?:(?:\s+(?:bao cao|ke hoach|van ban|viec))?\s+(?P<about>n\s?\d+))?(?P<rest>\s.*)?$"
)
_A_DAY = re.compile(r"\d\s*[/\-]\s*\d")
_ASKING = re.compile(r"\b(?:chua|khong|nao|bao nhieu|may|ai)\b|\?")
_TODAY = re.compile(r"^(?:roi|xong|hom nay|today|a|nhe|nha|dong chi|\s)*$")
"""What may follow "đã nộp N3" without naming another day than today."""


def read_order(text: str) -> Order | None:
    """The command, if the whole of `text` is one, or None."""
    told = typed(text).strip(" .!/")
    said = plain(told).rstrip("?").strip() or told
    if said in _BY_PHRASE:
        command, phrase = _BY_PHRASE[said]
        return Order(command=command) if _is_meant(told, phrase) else None
    if (shorter := _BY_PHRASE.get(_TAIL.sub("", said))) and shorter[0] in _TAILED:
        return Order(command=shorter[0]) if _is_meant(told, shorter[1]) else None
    if found := _FIX.match(said):
        return Order(command=Command.FIX, about=_upper(found["about"]))
    if found := _RESULT_OF.match(said):
        return Order(command=Command.RESULT, about=_upper(found["about"]))
    if (found := _HANDED_IN.match(said)) and not told.endswith("?"):
        return _handed_in(found["about"], found["rest"])
    return None


def _is_meant(told: str, phrase: str) -> bool:
    """Without marks one syllable may be several words: "đúng" is not "dừng", nor "hàn" "hạn"."""
    written, meant = words_of(told), words_of(phrase)
    if len(meant) != 1:
        return True
    return written[0].marked in (meant[0].marked, meant[0].plain)


def _handed_in(about: str | None, rest: str | None) -> Order | None:
    day, day_month = find_date(rest or ""), None
    named = without_date(rest or "")
    if day is None and (day_month := find_day_month(rest or "")):
        named = without_day_month(rest or "")
    if day is None and day_month is None and _A_DAY.search(rest or ""):
        return None  # a date that does not exist: 31/02
    by_name = names_a_duty(named) and not _ASKING.search(named)
    if not by_name and not _TODAY.match(named):
        return None
    if about is not None:
        about = _upper(about.replace(" ", ""))
    elif by_name:
        about = named
    return Order(command=Command.HANDED_IN, about=about, on=day, day_month=day_month)


def _upper(about: str | None) -> str | None:
    """ "i.5.b" as the document writes it, "I.5.b": the part in upper case, the letter in lower
    case.
    """
    if about is None:
        return None
    head, dot, tail = about.partition(".")
    return head.upper() + dot + tail.lower()

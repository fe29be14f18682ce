"""What a text asks the conversation to do, in any words, where a question is open: to stop, to
leave the question, to explain it. Such a text is no answer.

The phrases that are commands everywhere are in `handlers.understanding.commands`.
"""

import re
from typing import Final

from handlers.understanding.commands import Command
from handlers.understanding.values.politeness import polite_variants, without_politeness

_ASKED = (
    r"(?:hoi|kiem tra|kiem|coi|xem|tra|xac minh|doi|cho|tinh|ra soat|tim|lay|hop|bao|nhap"
    r"|lam|tra loi)"
)
_SOME_DAY = (
    r"(?:mai|ngay mai|sang mai|chieu mai|mot|hom sau|hom khac|ngay khac|bua khac"
    r"|bua sau|lat|lat nua|chieu"
    r"|toi nay|toi|tuan sau|thang sau|dip khac|luc khac|khi khac|hoi nua|ti nua|chut nua|sau)"
)
_I = r"(?:toi |em |anh |minh |chau )?"
_NOT = r"(?:khong|chua|chang|hong|ko)"
_PATTERNS: Final = tuple(
    (command, re.compile(pattern))
    for command, pattern in (
        (Command.ONE_BY_ONE, r"(?:hoi|tra loi|lam) tung (?:cau|cai)(?: (?:mot|1))?(?: .{0,20})?"),
        (
            Command.WHOLE_ITEM,
            r"(?:hoi|tra loi) (?:gop )?(?:ca|nguyen) (?:muc|noi dung)(?: .{0,20})?",
        ),
        (
            Command.RESULT,
            r"(?:cho )?(?:\w+ )?(?:xem|coi|tong hop) (?:\w+ )?(?:ket qua"
            r"|tong ket)(?: .{0,20})?",
        ),
        (
            Command.SUBMIT,
            r"gui(?: len)?(?: cho)? (?:truong|chi huy|sep|lanh dao|thu truong|anh truong"
            r"|cap tren|tren)(?: .{0,20})?|gui",
        ),
        (Command.MENU, r"(?:cho )?(?:\w+ )?(?:ve |mo |ra |xem )?menu(?: chinh)?"),
        (
            Command.LATER,
            r"(?:(?:de|thoi|hoan|cho) )*(?:toi |em |anh )?(?:den |toi "
            rf"|qua )?{_SOME_DAY}(?: nua)?"
            rf"(?: (?:se |moi |roi |toi |em |anh )*{_ASKED}(?: tiep"
            rf"| lai)?(?: .{{0,20}})?| tiep)?",
        ),
        (
            Command.LATER,
            r"(?:tam )(?:dung|ngung|nghi)(?: .{0,15})?|(?:dung|ngung|nghi)(?: lai| tay"
            r"| o day| tai day| mot chut| chut| ti| cai)|nghi",
        ),
        (Command.LATER, r"hom nay (?:den|toi|lam|vay|the|bay nhieu)\b.*"),
        (
            Command.LATER,
            r"(?:dang |gio )?(?:ban|met|ban hop|di hop|co viec|ban viec)(?: qua"
            r"| roi)?(?: .{0,25})?",
        ),
        (Command.SKIP, r"(?:cau nay )?(?:bo qua|de do|de lai)(?: cau nay)?(?: .{0,15})?"),
        (
            Command.SKIP,
            r"(?:qua |sang |hoi )?(?:cau|muc) (?:khac|sau|tiep|tiep theo|ke"
            r"|ke tiep)(?: .{0,15})?",
        ),
        (
            Command.SKIP,
            r"(?:cau|muc|so|cai|phan) (?:nay|do) (?:thi )?(?:de |toi |phai |cho |doi "
            r"|mai ){1,2}.*",
        ),
        (
            Command.SKIP,
            r"(?:cau|muc|so|cai|phan) (?:nay|do) (?:thi )?(?:hoi|kiem|kiem tra|coi|xem|tra"
            r"|xac minh) (?:lai|ben|voi|y)\b.*",
        ),
        (
            Command.SKIP,
            r"(?:so|cai|cau|phan|muc) (?:nay|do) (?:de )?(?:chua|khong) (?:nho|biet|ro|nam"
            r"|co so lieu).*",
        ),
        (
            Command.SKIP,
            r"(?:de |phai |cho |can )(?:toi |em |anh )?(?:ra |ve |sang |len )?"
            r"(?:hoi|kiem tra|kiem|coi|xem|tra|xac minh|doi|cho|tinh|ra soat"
            r"|tim|lay|thong ke)\b.*",
        ),
        (
            Command.SKIP,
            r"(?:hoi lai|hoi ben|kiem tra lai|kiem lai|coi lai|xem lai|tra lai so|doi so"
            r"|cho so)\b.*",
        ),
        (
            Command.SKIP,
            r"(?:toi |em |anh |minh )?(?:khong|chua|chang|hong) (?:nho|biet|ro|nam ro|chac"
            r"|nam duoc|xac dinh|thong ke|tong hop|co so lieu)"
            r"(?! vu| ai| nguoi)(?: .{0,25})?",
        ),
        (Command.SKIP, r"(?:anh |em |toi )?quen(?: mat)?(?: roi| so| ngay)?(?: .{0,15})?"),
        (
            Command.BACK,
            r"(?:quay|tro|lui) (?:lai|ve)(?: cau (?:truoc|tren|hoi nay|vua roi))?|(?:ve "
            r"|lai )?cau (?:truoc|tren|vua roi|hoi nay)",
        ),
        (Command.LATER, r"(?:tinh|lam|bo sung|noi|gui|bao|ghi|tra loi|cap nhat) sau"),
        (
            Command.RESUME,
            r"(?:gui|hoi|nhac|doc) lai (?:cau hoi|cau nay|cau do)(?: .{0,20})?|(?:lam|hoi"
            r"|tra loi|nhap) tiep|tiep tuc(?: .{0,12})?",
        ),
        (
            Command.SUBMIT,
            r"(?:nop|gui) (?:bai|ho so|bo tieu chi|ket qua|len|chi huy|truong|lanh dao"
            r"|chi huy duyet)(?: .{0,15})?|nop",
        ),
        (
            Command.KEEP,
            r"(?:giu|de) (?:nguyen|y nguyen|nhu cu|nguyen vay)(?: .{0,12})?|khong (?:sua"
            r"|doi|thay doi)(?: gi)?",
        ),
        (
            Command.WHOLE_ITEM,
            r"(?:hoi|tra loi|lam) (?:ca|nguyen|het) (?:muc|noi dung|phan)(?: .{0,12})?",
        ),
        (Command.ONE_BY_ONE, r"(?:hoi|tra loi|lam) tung cau(?: mot)?"),
        (
            Command.HELP,
            r"huong dan(?: (?:cach|cho|giup))?.{0,25}|chi (?:cach|cho|giup).{0,25}|(?:ghi"
            r"|nhap|go|tra loi|bam|dien|viet) (?:the nao|sao|lam sao|kieu gi|ra sao).*"
            r"|(?:lam sao|cach) (?:de )?(?:ghi|nhap|go|tra loi|bam|dien|viet).*",
        ),
        (
            Command.THANKS,
            r"(?:cam on|cam on nhieu|thanks|thank you|thank|tks|ok cam on)(?: .{0,20})?",
        ),
        (Command.NOT_APPLICABLE, r"(?:cau nay |muc nay )?(?:khong ap dung)(?: .{0,25})?"),
        (
            Command.RESULT,
            r"(?:xem )?(?:ket qua|tong ket)(?: (?:muc|noi dung|den gio"
            r"|hien tai))?(?: .{0,8})?",
        ),
        (Command.DATES, r"(?:xem )?(?:han|han nop|lich nop|thoi han)(?: .{0,20})?"),
        (
            Command.FIX,
            r"(?:sua|chinh|doi)(?: lai)?(?: cau| muc)? (?:[ivx]+ \d+ [a-z]"
            r"|\d{1,2} [a-z])\b.*",
        ),
        (
            Command.EXPLAIN,
            rf"{_I}{_NOT} (?:hieu|doc ra|doc noi)(?! qua)(?: .{{0,25}})?|kho hieu(?: .{{0,12}})?",
        ),
        (
            Command.SKIP,
            rf"{_I}{_NOT} (?:tra loi|muon (?:tra loi|noi|lam)|co y kien|y kien)(?: .{{0,20}})?",
        ),
        (
            Command.EXPLAIN,
            r"giai thich(?: .{0,25})?|la sao|(?:cau nay|nay|vay|y|cai nay)?(?: nay)? ?(?:la"
            r"|hoi|nghia la) (?:gi|sao)(?: .{0,12})?",
        ),
    )
)
_GREETING: Final = re.compile(
    r"(?:xin )?chao\b(?!.*\b(?:co|khong|chua|dat)\b).{0,25}|alo|hello|hi|(?:chuc"
    r"|kinh chuc) .{0,40}|(?:ngay moi|buoi sang|cuoi tuan) .{0,25}"
)
_SAID_SOMEWHERE: Final = tuple(
    (command, re.compile(pattern))
    for command, pattern in (
        (Command.HELP, r"\b(?:huong dan|chi (?:cach|giup|cho))\b"),
        (Command.EXPLAIN, r"\bgiai (?:thich|nghia)\b"),
        (
            Command.LATER,
            rf"\b{_SOME_DAY} (?:\w+ ){{0,2}}(?:lam|tra loi|nhap|tinh|bao|ghi|gui|lam tiep"
            r"|tiep tuc|tiep)\b|\bde (?:den )?(?:mai|lat|chieu|hom sau|sau)\b|^hoan lai\b",
        ),
        (Command.WHOLE_ITEM, r"\b(?:hoi|tra loi) (?:gop )?(?:ca|nguyen) (?:muc|noi dung)\b"),
        (Command.ONE_BY_ONE, r"\b(?:hoi|tra loi|lam) tung (?:cau|cai)\b"),
        (
            Command.BACK,
            r"^(?:cho |xin )?(?:\w+ )?(?:quay|tro|lui|ve|len) (?:\w+ )?(?:lai|ve|len|cau"
            r"|mot cau)?.{0,10}\bcau\b",
        ),
        (Command.MENU, r"\b(?:trang|man hinh) (?:dau|chinh)\b"),
        (
            Command.SKIP,
            r"\b(?:bo (?:qua|cau|muc)|(?:sang|qua|toi) (?:cau|muc) (?:khac|ke|sau|tiep))\b"
            r"|\b(?:hoi|kiem tra|coi|xem) lai (?:ben|voi|anh|chi|ong|dong chi|cap|da|roi"
            r"|so)\b"
            r"|\b(?:mai|chieu|tuan sau) (?:moi )?co (?:so|ket qua|so lieu|van ban)\b",
        ),
        (Command.RESULT, r"\b(?:tong diem|ket qua)\b.{0,25}\b(?:dau|nao|sao|chua)\b"),
    )
)
"""Words that make an order of a text without figures, wherever they stand in it."""
_FIGURE: Final = re.compile(r"\d")
_EXPLAINING: Final = re.compile(
    r"\b(?:la gi|nghia la|la sao|the nao la|nhu the nao|ra sao|gom nhung|gom gi"
    r"|tinh (?:nhung|ca|luon|the nao|gi)"
    r"|la nhung (?:gi|vu|ai)|minh chung|can (?:giay|ho so|nhung|gi)|sao (?:lai )?hoi"
    r"|hoi gi|y cau|hieu (?:sao|the nao)"
    r"|co tinh|duoc tinh|tinh vao)\b"
)
_STATUS: Final = re.compile(
    r"\b(?:tinh hinh|tien do|ket qua)\b.{0,20}\b(?:xa|phuong|huyen|thi tran) \w+"
    r"|\b(?:xa|phuong|huyen|thi tran) \w+.{0,25}\b(?:toi dau|den dau|the nao|ra sao"
    r"|sao roi|dat chua|nop chua)\b"
)
_DATES: Final = re.compile(
    r"\b(?:khi nao|bao gio|ngay nao|chung nao|han)\b.{0,25}\b(?:nop|gui|bao cao"
    r"|ke hoach)\b|\bnop\b.{0,25}\b(?:khi nao|bao gio|ngay nao)\b"
    r"|\bhan nop\b|\bden han\b"
)
_ASKS: Final = re.compile(
    r"^(?:ua|chung nao|sao|tai sao|vi sao|cho (?:hoi|em hoi|anh hoi)|xin hoi"
    r"|hoi (?:chut|ti|xiu)|the nao|co phai|bao gio|khi nao|ai )\b"
    r"|\b(?:la|lam|ghi|o|tinh|hoi|chon|tu|den) (?:sao|gi|nao|dau|may|bao nhieu)(?: vay"
    r"| the| nhi| ha| a| em| nay)*$"
    r"|\b(?:duoc khong|phai khong|dung khong|hay khong|hay sao|hay gi|gi vay|(?:thieu"
    r"|can|gom) (?:nhung )?(?:gi|nao)|(?:toi|den|o) dau|la nhung \w+ nao|(?:ngay"
    r"|thang) may|(?:go|ghi|nhap|viet) \w+ kieu (?:nao|gi)|hieu sao|sao vay|vay sao"
    r"|nao vay|chua vay|khong vay|khong nhi|co can)\b"
    r"|\btinh (?:ca|luon|vao|them|theo)\b.*\b(?:khong|chua)(?: em| vay| a| ha| nhi)*$|^sao\b"
)


def asks(plain: str) -> bool:
    """Whether a text is a question. `plain` is `Saying.plain`."""
    said = plain.strip(" .!")
    return said.endswith("?") or any(_ASKS.search(one) for one in polite_variants(said))


def question_about(plain: str) -> str:
    """What a question is about: status, dates, explain, or anything else ("question")."""
    if _STATUS.search(plain):
        return "status"
    if _DATES.search(plain):
        return "dates"
    return "explain" if _EXPLAINING.search(plain) else "question"


def is_status_question(plain: str) -> bool:
    """Whether it asks how a unit stands."""
    return _STATUS.search(plain) is not None


def order_meant(bare: str) -> Command | None:
    """The command that the whole text means, None for any other text."""
    for said in polite_variants(bare):
        for command, pattern in _PATTERNS:
            if pattern.fullmatch(said):
                return None if command in _WITHOUT_FIGURES and _FIGURE.search(bare) else command
    if _FIGURE.search(bare):
        return None
    return next((command for command, pattern in _SAID_SOMEWHERE if pattern.search(bare)), None)


_WITHOUT_FIGURES: Final = frozenset({Command.LATER, Command.SKIP, Command.KEEP})
"""A text with a figure gives it: "không biết số, ngày ký 16/1/2024"."""


def greets(bare: str) -> bool:
    """Whether the whole text is a greeting."""
    return _GREETING.fullmatch(without_politeness(bare)) is not None

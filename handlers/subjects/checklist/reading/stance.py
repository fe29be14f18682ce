"""Yes, no, both or half of it, said in any words."""

import re
from enum import Enum
from typing import Final

from handlers.understanding.values.politeness import without_politeness


class Stance(Enum):
    """What a text says to a question that takes a yes or a no."""

    YES = "yes"
    NO = "no"
    NONE = "none"
    """A bare "không": nothing, or no."""
    BOTH = "both"
    HALF = "half"
    UNSAID = "unsaid"


_HALF: Final = re.compile(
    r"\b(?:co ban|dai khai|noi chung|nhin chung|so so|moi biet|chi co \d+"
    r"|(?:\d+ \w+ ){1,2}thoi|phan lon|da so|hau het|mot phan|mot nua|mot it|gan (?:xong"
    r"|het|du|dat|nhu)|lam do|do dang"
    r"|(?:dang|moi) (?:lam|duoc|trien khai|thuc hien|chuan bi|soan|tien hanh|xay dung"
    r"|cho|hoan thien|thu ly|giai quyet"
    r"|ra soat|to chuc|hoan thanh|trinh|xin|du thao|dau|chi|co|bat dau|xong mot|lam duoc)"
    r"|tuong doi|chua (?:that )?(?:su )?(?:tot|day du|du|tron ven|hoan toan|dong bo|cao"
    r"|chat|kip|triet de|toan dien|thuong xuyen)"
    r"|tam on|tam tam|tam duoc|hinh nhu|co le|chac (?:la|co|chua|roi|duoc)|khong chac"
    r"|sap|chuan bi|cho (?:duyet|ky|phe)|du thao"
    r"|nua voi|luc co luc khong|khi co khi khong|tuy|hoac|hay la|chi moi"
    r"|(?<!chua )con (?:sot|thieu|ton|mot so|it|vuong|lai)|vua co vua"
    r"|khoang|cung tam|ap no ap kia|cho co cho khong|nua nua|co the|du kien|\d+ ?%"
    r"|bao nhieu do)\b|\bse (?!co mat)"
)
_HARM = (
    r"(?:sot|bo sot|lot|bo lot|de|xay ra|phat sinh|thieu|cham|tre|ton|sai pham|vi pham"
    r"|phat hien|hinh thanh|noi len"
    r"|che|qua han|vuong)"
)
_NOTHING_HAPPENED: Final = re.compile(
    r"\b(?:khong|chua|chang) (?:he |gi |co |co gi |co bi |co vu |co ai |bi |de "
    rf"|co tinh trang |thay |ghi nhan )*{_HARM}\b"
    r"|\b(?:khong|chua|chang) (?:co )?(?:vu|truong hop|viec|dien bien|dau hieu"
    r"|hoat dong|doi tuong|ai|muc tieu|diem nong|tinh trang|bieu hien|nguoi)\b"
    r"|\b0 (?:vu|co|truong hop|ai|phat sinh)\b|^0$|\bkhong co gi(?: het| xay ra)?$"
    r"|\byen on\b|\bon dinh\b|\bkhong ai\b"
)
_DENIED: Final = re.compile(
    r"\b(?:khong|chua|chang|hong)\b(?: (?:he|phai|bao gio|duoc|co|dat|lam|xong|tot|du"
    r"|gi|nao|ca|het|day du|ai|dau"
    r"|thuc hien|to chuc|ban hanh|trien khai|chuyen hoa|giai quyet|hoan thanh|kip|thuoc"
    r"|nam|den|danh gia|ra soat|van dong))*"
)
_NOT_DENIED: Final = re.compile(
    r"\b(?:khong (?:chi|nhung|con|ngung)|chua (?:ke|noi)|khong (?:bao lau|it"
    r"|the khong))\b|\b(?:co|da|duoc|xong|lam)\b[^,;\d]{0,12} (?:chua|khong)$"
)
_OTHER_YEAR: Final = re.compile(
    r"\b(?:(?:ke hoach|cai) (?:do|nay) )?(?:la )?(?:cua )?nam (?:roi|qua|ngoai"
    r"|truoc)(?: (?:thi )?(?:co|khong|chua|dat|da|moi co))?(?: \w+){0,3}?(?=$| nam nay"
    r"|, ?nam nay)"
)
"""What was so in another year: "năm rồi có, năm nay chưa"."""

_NOUGHT: Final = re.compile(r"\b0 (?=co\b|ai\b|he\b|thay\b|phat sinh\b|xay ra\b|dat\b|duoc\b)")
"""The figure 0 written for "không"."""

_HEAD_YES: Final = re.compile(
    r"^da (?=(?:co|roi|xong|duoc|dat|vang|u|ok|chua|khong|thi"
    r"|anh|chi|em|chu|bac|co oi|dong chi|thua|sep)\b)"
)
""" "Dạ" before a reply or before who is addressed, no "đã"."""
_SAID_YES: Final = re.compile(
    r"\b(?:co|da(?! (?:chua|khong))|roi|xong|ok|duoc|dat|vang|tot|du|day du|dung|chuan"
    r"|thuong xuyen|kip thoi|hieu qua"
    r"|chat che|hoan thanh|on|nghiem tuc|bao dam|dam bao|du het|yes|u|thuoc|nam trong"
    r"|^y|chac chan|dung the|phai)\b"
)
_STRONG_YES: Final = re.compile(
    r"\b(?:da(?! (?:chua|khong))|co|roi|xong|tot|day du|ok|kip thoi|hieu qua|dat)\b"
)
_NOT_A_YES: Final = re.compile(r"\b(?:co (?:le|the|khi|ve)|da so|du kien|duoc \d+ ?%)\b")


def stance_of(plain: str, *, about_harm: bool = False, echo: str = "") -> Stance:
    """What the words say. `about_harm`: the question is whether harm was kept away, so that
    "không phát sinh" is a yes. `echo`: the question's own words, whose "không" denies nothing.
    """
    said = _HEAD_YES.sub("", " ".join(re.sub(r"[^\w%]+", " ", plain).split()))
    said = _NOUGHT.sub("khong ", _OTHER_YEAR.sub(" ", said)).strip()
    bare = without_politeness(said)
    if _NOT_DENIED.search(said):
        said = _NOT_DENIED.sub(" ", said)
    happened_not = _NOTHING_HAPPENED.search(said)
    if about_harm:
        return _about_harm(said, bare, nothing=happened_not is not None)
    if happened_not is not None and _echoes(happened_not[0], echo):
        return Stance.YES
    if _HALF.search(said):
        return Stance.HALF
    denied = _DENIED.search(said)
    if denied is None:
        return Stance.YES if _SAID_YES.search(_NOT_A_YES.sub(" ", said)) else Stance.UNSAID
    if bare in ("khong", "0"):
        return Stance.NO
    rest = _DENIED.sub(" ", _NOTHING_HAPPENED.sub(" ", said))
    if _STRONG_YES.search(_NOT_A_YES.sub(" ", rest)):
        return (
            Stance.YES
            if happened_not and not _DENIED.search(_NOTHING_HAPPENED.sub(" ", said))
            else Stance.BOTH
        )
    if happened_not is not None and not _DENIED.search(_NOTHING_HAPPENED.sub(" ", said)):
        return Stance.NONE
    return Stance.NO


def _echoes(told: str, echo: str) -> bool:
    """Whether the question itself says it: "không sót, lọt đối tượng"."""
    words = told.split()
    return len(words) > 1 and f"{words[0]} {words[-1]}" in echo


_HARM_KEPT_AWAY: Final = re.compile(
    r"\b(?:ngan chan|xu ly|giai quyet|phat hien|hoa giai)\b.{0,25}\bkip thoi\b"
)
_HARM_DONE: Final = re.compile(
    rf"\b(?:co|da) (?:\d+ )?(?:vu|truong hop|{_HARM})\b|^(?:\d+ (?:vu|truong hop)"
    r"|phat sinh)\b|\bphat sinh \d"
)


def _about_harm(said: str, bare: str, *, nothing: bool) -> Stance:
    rest = _NOTHING_HAPPENED.sub(" ", said)
    if re.search(r"\b(?:chua|khong|chang) (?:duoc )?dat\b", said):
        return Stance.BOTH if nothing else Stance.NO
    if _HARM_DONE.search(rest):
        return Stance.YES if _HARM_KEPT_AWAY.search(said) and not nothing else Stance.HALF
    if _HALF.search(rest):
        return Stance.HALF
    if nothing:
        return Stance.BOTH if re.search(r"\bchua\b", rest) else Stance.YES
    if bare in ("khong", "khong co", "khong co gi", "khong duoc"):
        return Stance.NONE
    if bare == "chua" or re.search(
        r"\bchua (?:ngan chan|dam bao|bao dam|tot|xong|dau|lam|thuc hien)\b", said
    ):
        return Stance.NO
    if _DENIED.search(said):
        return Stance.NONE
    return Stance.YES if _SAID_YES.search(_NOT_A_YES.sub(" ", said)) else Stance.UNSAID

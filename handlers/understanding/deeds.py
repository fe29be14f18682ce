"""Orders to do something to a unit or its data: "duyệt xã X", "xóa dữ liệu xã X", "gia hạn cho X".

This module only reads that a text is such an order. Orders that a subject owns carry a code or a
short name and are read by that subject; the orders here name their object in words.

The object must stand directly behind the verb ("xóa dữ liệu", "duyệt xã"), because many names of
models and of units begin with the same syllables ("Xóa đói giảm nghèo", "Hạ Sơn").
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.text import plain
from handlers.understanding.typed import typed


class DeedKind(StrEnum):
    """What is to be done."""

    APPROVE = "approve"
    RETURN = "return"
    DELETE = "delete"
    EXTEND = "extend"
    PAUSE = "pause"
    REMIND = "remind"
    NOTE = "note"
    CHANGE = "change"
    LOCK = "lock"
    ASSIGN = "assign"
    HAND_IN = "hand_in"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An order: its kind, and the rest of the text without the verb.

    `names_data`: the object is data of the product or a person's short name, not a unit.
    """

    kind: DeedKind
    rest: str
    names_data: bool


_VERBS = {
    DeedKind.PAUSE: "tam dung nhac|tam ngung nhac|ngung nhac|dung nhac|tat nhac|pause",
    DeedKind.EXTEND: "gia han|lui han|doi han|keo dai han|them han|extend",
    DeedKind.HAND_IN: "nop ho|nop thay|nop giup|nop",
    DeedKind.APPROVE: (
        "phe duyet|xet duyet|duyet|chot|cong nhan|xac nhan dat|cho dat|cham dat|tham dinh|approve"
    ),
    DeedKind.RETURN: "tra lai|tra ve|tu choi|bac bo|reject",
    DeedKind.DELETE: "xoa bo|xoa|go bo|huy bo|huy|thu hoi|delete|erase",
    DeedKind.REMIND: "nhac nho|nhac|don doc|gui nhac|gui tin cho|gui tin|bao|remind",
    DeedKind.NOTE: "ghi chu|ghi nhan|them ghi chu|nhan xet|note",
    DeedKind.LOCK: "mo khoa|khoa|mo lai|unlock|lock|reopen",
    DeedKind.ASSIGN: (
        "phan cong|giao viec|giao|cu nguoi|them nguoi|thay nguoi|them vai|bot vai|assign|add person"
    ),
    DeedKind.CHANGE: "chinh sua|dieu chinh|sua|doi|cap nhat|nang|ha|change|correct",
}
_KIND_OF = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split("|")}
_VERB = "|".join(sorted(_KIND_OF, key=len, reverse=True))

_NEEDS_NO_OBJECT = frozenset({DeedKind.EXTEND, DeedKind.PAUSE})
_FOR_A_PERSON = frozenset({"them nguoi", "thay nguoi", "them vai", "bot vai", "add person"})
"""Orders about people, who are named in any words."""

_POLITE = (
    r"(?:(?:de nghi|kinh de nghi|kinh|nho|giup|hay|xin|vui long|lam on|toi|em|anh|chi|minh|oi|a"
    r"|dong chi|d c|please|muon|can|ban|tro ly|bot|chao|ok|oke|da|vang|u|alo|dong y|dung|luon)"
    r"[\s,]+)*"
)
_UNIT = r"(?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|don vi|commune|ward)"
_ALL = r"(?:cac|nhung|moi|tat ca|tat ca cac|toan bo|toan bo cac|het|het cac)"
_DATA = (
    r"(?:du lieu|so lieu|ket qua|ho so|phieu|bo tieu chi|bao cao|ke hoach|diem|tai khoan|bai"
    r"|cau tra loi|han|data|results?|deadline)"
)
_HANDLE = r"[a-z]{2,}(?:-[a-z0-9]+)+"
"""A person's short name: "can-bo-kim-lien"."""
_BETWEEN = r"(?: (?:giup|cho|ho|luon|ngay|dum|of|the))*"
_OBJECT = rf"{_BETWEEN}(?: {_ALL})? (?P<object>{_UNIT}\b|{_DATA}\b|{_HANDLE})"
_VERB_FIRST = re.compile(rf"^{_POLITE}(?P<verb>{_VERB})\b(?P<after>.*)$")
_FOR_A_UNIT = re.compile(rf"^{_POLITE}cho {_UNIT} .{{2,50}}? (?P<verb>{_VERB})\b(?P<after>.*)$")
_UNIT_FIRST = re.compile(
    rf"^{_UNIT} .{{2,50}}?(?:: ?| )(?P<verb>{_VERB})(?: (?:di|nhe|nha|giup|luon|ngay|a|em|anh))*$"
)
_MADE_MET = re.compile(rf"^{_POLITE}(?:cho|cham|danh dau|chuyen|sua) {_UNIT} .{{2,50}}? dat$")
_SIGNS_BEFORE = re.compile(r"^(?:\d{1,2}[.)]\s*)?[^a-z0-9]+|^\d{1,2}[.)]\s*")

_ASKING = re.compile(
    r"\b(?:khi nao|bao gio|bao nhieu|the nao|den dau|ra sao|xong roi|nao|which|who|when|why|how)\b"
    r"|(?<!duoc )\b(?:chua|khong|ko|gi|ai|sao|dau)(?: a| nhi| vay| the| roi)*$|\?$"
)
_REPEATING = re.compile(r"^ lai\b|^ (?:tinh hinh|tien do)\b")
""""Nhắc lại kết quả" asks to hear it once more, "cập nhật tình hình" asks how it stands."""


def read_deed(text: str) -> Deed | None:
    """The order that a text is; None for a question and for everything else."""
    said = typed(text).strip(" .!")
    bare = plain(said)
    if len(bare) != len(said):
        return None
    signs = _SIGNS_BEFORE.match(bare)
    start = signs.end() if signs else 0
    said, bare = said[start:].strip("\"'”“ "), bare[start:].strip("\"'”“ ")
    if _ASKING.search(bare):
        return None
    if _MADE_MET.match(bare):
        return Deed(kind=DeedKind.APPROVE, rest=said, names_data=False)
    for pattern in (_VERB_FIRST, _FOR_A_UNIT, _UNIT_FIRST):
        if (found := pattern.match(bare)) and (deed := _with_object(found, said, pattern)):
            return deed
    return None


def _with_object(found: re.Match[str], said: str, pattern: re.Pattern[str]) -> Deed | None:
    verb, kind = found["verb"], _KIND_OF[found["verb"]]
    rest = f"{said[: found.start('verb')]} {said[found.end('verb') :]}".strip(" .,:;-")
    if pattern is not _VERB_FIRST:
        return Deed(kind=kind, rest=rest, names_data=False)
    after = found["after"]
    if _REPEATING.match(after):
        return None
    behind = re.match(_OBJECT, after)
    if behind is None:
        free = kind in _NEEDS_NO_OBJECT or verb in _FOR_A_PERSON
        return Deed(kind=kind, rest=rest, names_data=True) if free else None
    is_unit = re.fullmatch(_UNIT, behind["object"]) is not None
    if (kind is DeedKind.NOTE and ":" not in after) or (verb in ("nop", "bao") and not is_unit):
        return None
    all_of = re.match(rf"{_BETWEEN} {_ALL} ", after) is not None
    return Deed(kind=kind, rest=rest, names_data=not is_unit or all_of)

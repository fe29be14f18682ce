"""Orders to do something to a unit or its data: "duyệt xã X", "xóa dữ liệu xã X", "gia hạn cho X".

This module only finds out that a text is such an order. Subjects parse their own orders, with a
code or a short name; these are the orders that name their object in words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.text import plain
from handlers.understanding.typed import typed


class DeedKind(StrEnum):
    """What to do."""

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
    """An order: its kind and the text after the verb, as typed."""

    kind: DeedKind
    rest: str
    names_data: bool
    """Whether the object is something of the program ("dữ liệu", "hạn", "các xã", "can-bo") and not
    the name of a unit.
    """


_VERBS = {
    # A longer verb must come before a shorter one with the same beginning.
    DeedKind.PAUSE: "tam dung nhac|tam ngung nhac|ngung nhac|dung nhac|tat nhac|pause",
    DeedKind.EXTEND: "gia han|lui han|doi han|keo dai han|them han|extend",
    DeedKind.HAND_IN: "nop ho|nop thay|nop giup",
    DeedKind.APPROVE: (
        "phe duyet|xet duyet|duyet|chot|cong nhan|xac nhan dat|cho dat|cham dat|tham dinh|approve"
    ),
    DeedKind.RETURN: "tra lai|tra ve|tu choi|bac bo|reject",
    DeedKind.DELETE: "xoa bo|xoa|go bo|delete|erase",
    DeedKind.REMIND: "nhac nho|nhac|don doc|gui nhac|remind",
    DeedKind.NOTE: "ghi chu|ghi nhan|them ghi chu|nhan xet|note",
    DeedKind.LOCK: "mo khoa|khoa|mo lai|unlock|lock|reopen",
    DeedKind.ASSIGN: (
        "phan cong|giao viec|giao|cu nguoi|them nguoi|thay nguoi|them vai|bot vai|assign|add person"
    ),
    DeedKind.CHANGE: "chinh sua|dieu chinh|sua|doi|cap nhat|nang|ha|change|correct",
}
_KIND_OF = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split("|")}
_ANY_VERB = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_POLITE = (
    r"(?:(?:de nghi|nho|giup|hay|xin|vui long|toi|em|anh|chi|minh|dong chi|d/c|please|muon|can"
    r"|ban|tro ly)\s+)*"
)
_DEED = re.compile(rf"^{_POLITE}(?:cho\s+.{{2,60}}?\s+)?(?P<verb>{_ANY_VERB})\b")
_ASKING = re.compile(
    r"\?|\b(?:nao|khi nao|bao gio|sao|the nao|bao nhieu|may|gi|ai|which|who|when|why|how)\b"
    r"|\b(?:chua|khong|ko|duoc chua)(?: a| nhi| vay| the)?$"
)
_DATA = re.compile(
    r"\b(?:du lieu|so lieu|ket qua|ho so|phieu|bo tieu chi|tieu chi|bao cao|han|diem|tai khoan"
    r"|bai|cau tra loi|data|results?|deadline)\b"
    r"|\b(?:cac|nhung|moi|tat ca|toan bo) (?:xa|phuong|thi tran|huyen|don vi)\b"
    # A short name of a person: "can-bo-kim-lien".
    r"|\b[a-z]{2,}(?:-[a-z0-9]+)+\b"
)


def read_deed(text: str) -> Deed | None:
    """The order that a text is; None for a question and for any other text."""
    said = typed(text).strip(" .!")
    bare = plain(said)
    found = _DEED.match(bare)
    if found is None or _ASKING.search(bare) or len(bare) != len(said):
        return None
    rest = said[found.end() :].strip(" .,:;-")
    # "Cho xã X gia hạn" names the unit before the verb.
    ahead = said[: found.start("verb")]
    whole = f"{ahead} {rest}".strip()
    names_data = _DATA.search(plain(whole)) is not None
    return Deed(kind=_KIND_OF[found["verb"]], rest=whole, names_data=names_data)

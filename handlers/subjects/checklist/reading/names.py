"""Kind list: names of models, one on each line or between semicolons.

A text is a name only if it speaks of what models are about, and nothing else: a postponement, an
order, a person or a case is none.
"""

import re
from typing import Final

from domain.answers import FieldName
from domain.replies import NAME_LIMIT, NAMES_LIMIT
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    giving,
)
from handlers.understanding.text import fold, strip_marks, tidy
from handlers.understanding.values.keystrokes import telex, vni
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.signs import in_one_form
from handlers.understanding.values.syllables import is_syllable

_SEPARATORS: Final = re.compile(r"[;\n]+")
_COMMA: Final = re.compile(r",|\bva\b|\bvà\b")
_BULLET: Final = re.compile(r"^\s*(?:[-•*+]\s*|\(?\d{1,2}[.)]\s*(?!\d))")
_HEAD: Final = re.compile(
    r"^(?:(?:dạ|da|có|co|gồm|gom|bao gồm|là|la|các|cac|em|xã|có các)\s+)*(?:(?:\d{1,2}"
    r"|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mot|bon|nam|sau|bay|tam|chin"
    r"|muoi)\s+)?(?:mô hình|mo hinh|mh)\s*(?:gồm|gom|là|la)?\s*:\s*"
    r"|^(?:dạ|da)\s+|^(?:có|co)\s+(?=(?:mô hình|mo hinh|mh)\s+\D)",
    re.IGNORECASE,
)
_QUOTES: Final = " .\"'“”,-"
_NO_MODEL: Final = re.compile(
    r"(?:da |a )?(?:hien |nam nay )?(?:tai )?(?:xa )?(?:khong|chua)(?: (?:co|xay dung"
    r"|thanh lap|lam|to chuc|ra mat))*(?: duoc)?(?: (?:mo hinh|cai))?(?: nao"
    r"| gi)?(?: ca| het)?"
    r"(?: (?:a|nha|em|nhe|e|dong chi))*|0(?: mo hinh)?|none(?: yet)?"
)
_ABOUT: Final = re.compile(
    r"\b(?:an ninh|an toan|camera|keng|zalo|tu quan|phong chay|phong chong|phong ngua"
    r"|phong|chong|toi pham|giao thong|trat tu|tu phong|cong"
    r"|to|doi|cau lac bo|khu|dong ho|ho dao|nha tro|binh yen|bao ve|tuan tra|anh sang"
    r"|thap sang|xe om|pccc|cua hang|khong toi pham"
    r"|khong|nhom|hoi|lien|ap|khom|thon|xom|tuyen|duong|truong|cho|ben|chua|phu nu"
    r"|thanh nien|cuu chien binh|nong dan|doanh nghiep|gia dinh"
    r"|van dong|tieng|mo hinh|diem|cong dong|cum|ngo|hem|pho|trai tim|may|loa|hom thu"
    r"|du lich|bien gioi|tau thuyen|ngu dan|hop tac|kiem lam|van hoa"
    r"|xanh|sach|ma tuy|trom|dan van|tiep dan|hoa giai|guong|dan cu|giu gin|canh giac"
    r"|smart|dien tu|so)\b"
)
_NOT_NAMES: Final = re.compile(
    r"\b(?:mai|hoi lai|hoi|tinh sau|de|nhu nam|nam ngoai|nam truoc|nam roi|anh hai"
    r"|khong biet|chua biet|khong nho|quen|gui|xem lai|kiem tra"
    r"|dang|se|sap|chua (?:co|biet|ro|xong|lam|co|nho|tong)|nua|luon|nhe|nha|nhen|em"
    r"|minh|toi|tui|cung cu|giong|may cai|nhieu|vai|cho|roi|xin|nhap|sua|bo|xoa|huy"
    r"|them"
    r"|thoi|nghi|met|ban|ok|u|vang|oi|sao|gi|nao|bao nhieu|dau|ai|hay|test|nan|null|nil"
    r"|cap nhat|nguoi|bi|doi tuong|danh nhau|vu)\b"
)
_ONLY_COUNTED: Final = re.compile(r"(?:co )?(?:tat ca )?\d+ (?:mo hinh|cai)(?: .{0,12})?")
_SURELY: Final = re.compile(r'^\s*(?:mô hình|mo hinh|mh)\s+\S|^\s*["“]')
_NAMES_BY_THEMSELVES: Final = frozenset({"camera", "zalo", "keng"})
"""Other single words are rather a slip or half a name."""


def read(_asked: Asked, said: Saying) -> Reading:
    """The names; the empty list for "chưa có"."""
    if _NO_MODEL.fullmatch(" ".join(said.bare.split())):
        return giving({FieldName.NAMES: ()})
    text = _HEAD.sub("", _decoded(said.text.strip()))
    parts = [_clean(one) for one in _SEPARATORS.split(text)]
    names = tuple(part for part in parts if any(letter.isalpha() for letter in part))
    if not names or len(names) > NAMES_LIMIT or any(len(one) > NAME_LIMIT for one in names):
        return NOT_READABLE
    if any(_ONLY_COUNTED.fullmatch(Saying(one).bare) for one in names):
        return AMBIGUOUS
    if not all(_is_name(one) for one in names):
        return NOT_READABLE
    if any(_COMMA.search(one) for one in names if "," in one):
        return AMBIGUOUS
    return giving({FieldName.NAMES: names})


def names_in(text: str) -> tuple[str, ...] | None:
    """The names that a text lists, a comma as a part of a name; () for "chưa có", None for any
    other text.
    """
    told = _NO_MODEL.fullmatch(" ".join(Saying(text).bare.split()))
    if told:
        return ()
    parts = [_clean(one) for one in _SEPARATORS.split(_HEAD.sub("", _decoded(text.strip())))]
    names = tuple(part for part in parts if any(letter.isalpha() for letter in part))
    return names if names and all(map(_is_name, names)) else None


def _clean(part: str) -> str:
    return tidy(_BULLET.sub("", part)).strip(_QUOTES)


def _is_name(name: str) -> bool:
    said = Saying(name)
    words = said.bare
    if said.plain.rstrip().endswith("?"):
        return False
    if _ONLY_COUNTED.fullmatch(words):
        return False
    single = len(said.words) == 1 and words not in _NAMES_BY_THEMSELVES
    if single or not _ABOUT.search(words):
        return False
    return _NOT_NAMES.search(_ABOUT_PHRASES.sub(" ", words)) is None


_ABOUT_PHRASES: Final = re.compile(
    r"\b(?:mo hinh|khong (?:toi pham|ma tuy|trom|bao luc|te nan|vi pham|tai nan|chay no"
    r"|co)|to tu quan|(?:cho|cua|bo|ban) (?:an|dem|xa|dan|phieu|dao)|xin loi|bi mat"
    r"|bo doi|dang vien|chi bo|(?:hoi|chi hoi) (?:phu nu|nong dan|cuu chien binh"
    r"|nguoi cao tuoi)|nguoi (?:dan|cao tuoi|co uy tin|tot viec tot|nha)|em yeu|ban dan"
    r"|them (?:anh|sang)|sap chay|nha (?:tro|nha|van hoa)|de (?:nghi|bien)"
    r"|doi tuong (?:hoan luong|te nan)|toi pham|ai cung|hay (?:cung)|vu (?:viec))\b"
)


def _decoded(text: str) -> str:
    """The text with the keystrokes of TELEX and VNI turned into the letters that were meant."""
    shown = in_one_form(text) if "\n" not in text else "\n".join(map(in_one_form, text.split("\n")))
    return re.sub(r"[^\W_]+", _letters, shown)


def _letters(found: re.Match[str]) -> str:
    word = found[0]
    folded = fold(word)
    if not word.isascii() or word.isdecimal():
        return word
    made = vni(folded) if any(one.isdecimal() for one in folded) else telex(folded)
    if made is None or (is_syllable(strip_marks(folded)) and made[-1:] == folded[-1:]):
        return word
    return made.capitalize() if word[:1].isupper() else made

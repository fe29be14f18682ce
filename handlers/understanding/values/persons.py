"""Persons and cases in a text: a name with what the person did or suffered, a child, an address.

What names them is kept nowhere. A title, or a name of a family alone, says nothing yet: "hỏi lại
anh Hai" is a postponement.
"""

import re
from enum import Enum
from typing import Final

from handlers.understanding.text import strip_marks
from handlers.understanding.values.saying import Saying

_TITLES = (
    r"(?:ông|bà|anh|chị|em|cháu|bé|chú|bác|cô|cậu|dì|thím|mợ|đồng chí|đối tượng|tên|vợ chồng"
    r"|nhà|hộ|con|nạn nhân|bị can|ong|ba|chi|chau|be|chu|bac|co|cau|dong chi|doi tuong|ten|vo chong"
    r"|nha|ho|nan nhan)"
)
_LETTERS = tuple(filter(str.isalpha, map(chr, range(ord("A"), ord("ỹ") + 1))))
_CAPITAL = f"[{''.join(filter(str.isupper, _LETTERS))}]"
_SMALL = f"[{''.join(filter(str.islower, _LETTERS))}]"
_NAME_WORD = rf"{_CAPITAL}{_SMALL}+"
_TITLED: Final = re.compile(
    rf"\b{_TITLES.replace('(?:', '(?i:')}\s+(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,3}})\b"
)
_FAMILY = (
    "nguyen|tran|le|pham|huynh|hoang|phan|vo|vu|dang|bui|do|ho|ngo|duong|ly|truong|dinh|doan|lam"
    "|mai|trinh|dao|cao|luong|luu|chau|ta|thach|kim|son|danh|tang|kien"
)
_FULL_NAME: Final = re.compile(
    rf"\b(?i:{_FAMILY})\s+(?:(?i:van|thi|huu|duc|minh|ngoc|thanh|quoc|xuan|hong|kim|my"
    r"|cong|ba|anh|hoang"
    rf"|trong|dinh|duy|gia|bao|phuoc|tan|nhat|tuan)\s+)(?i:[a-z]+)\b"
)
_FULL_NAME_WRITTEN: Final = re.compile(rf"\b{_NAME_WORD}\s+{_NAME_WORD}\s+{_NAME_WORD}\b")
_INITIALS: Final = re.compile(r"\b[A-ZĐ]\.(?:[A-ZĐ]\.?){1,3}")
_DEED: Final = re.compile(
    r"\b(?:rinh|pha (?:hoai|tram|roi)|quay (?:roi|pha)|gay roi|cam dau|kich dong"
    r"|bat (?:qua tang|\d)|con bac|danh bac|chet|tu vong|bi [a-z]+|bi (?:khien trach"
    r"|canh cao|ky luat|cach chuc|khai tru|bat|khoi to|phat|dam|danh|giet|hiep|xam hai"
    r"|lua|cuop|tai nan|ket an|xu ly|dinh chi|duong tinh|nghien)|dang theo doi|theo doi"
    r"|dang xac minh|xac minh"
    r"|trom|cuop|danh (?:nguoi|nhau|vo|bai)|nghien|su dung ma tuy|mua ban|buon ban|hiep dam|dam o"
    r"|xam hai|giet|gay thuong|lua dao|pham toi|vi pham|sinh nam|tuoi|ngu (?:o|tai)"
    r"|o ap|o khom|o thon|o to|nan nhan"
    r"|khieu kien|kien|tranh chap|mau thuan|chua xong|da nghi|tam giam|truy na|say ruou"
    r"|bao hanh|tham o"
    r"|tu tu|treo co|bo tron|tron|dua hoi lo|nhan hoi lo|da bi|bi thu hoi|quan he)\b"
)
_CHILD: Final = re.compile(
    r"\b(?:chau|be|em|tre|hoc sinh|nu sinh)\b.{0,25}\b\d{1,2} tuoi\b|\bbe (?:gai"
    r"|trai)\b|\bnan nhan\b"
)
_PLACE: Final = re.compile(r"\bo (?:ap|khom|thon|to|xom|nha so)\b")


class Told(Enum):
    """What a text tells of persons."""

    NOTHING = "nothing"
    MAYBE = "maybe"
    """A name, a child or a case: the person is asked to leave it out."""
    PERSON = "person"
    """A named person with what he did or suffered: the text is refused."""


def told_of_persons(saying: Saying) -> Told:
    """Whether a text names a person or tells of a case."""
    plain = " ".join(saying.plain.split())
    deed = _DEED.search(plain) is not None
    named = _is_named(saying, plain)
    if named and deed:
        return Told.PERSON
    if _CHILD.search(plain) or (deed and _PLACE.search(plain) and _someone(plain)):
        return Told.MAYBE
    if _FULL_NAME.search(strip_marks(saying.clean)) and _FULL_NAME_WRITTEN.search(saying.clean):
        return Told.MAYBE
    return Told.NOTHING


def without_persons(clean: str) -> str:
    """The text without titled names ("do đ/c Lê Văn Tám ký"), which no answer needs."""
    return _TITLED.sub(" ", clean)


def _is_named(saying: Saying, plain: str) -> bool:
    if _TITLED.search(saying.clean) and not saying.clean.isupper():
        return True
    if _INITIALS.search(saying.clean) or _FULL_NAME.search(strip_marks(saying.clean)):
        return True
    return _someone(plain)


_SOMEONE_ALONE: Final = re.compile(r"\b(?:ong|ba|vo chong|nha ong|nha ba) (?!con\b|va\b)[a-z0-9]+")


def _someone(plain: str) -> bool:
    """Somebody called by a title and a name, without capitals: "ong Sau Thanh"."""
    return _SOMEONE_ALONE.search(plain) is not None

"""What a text says about secrecy where a document is asked: chosen, doubtful, or nothing.

A mark counts only if it is claimed: "không đóng dấu mật", "đã giải mật" and "bảo vệ bí mật nhà
nước" claim none.
"""

import re
from enum import Enum
from typing import Final

from handlers.understanding.values.saying import Saying
from handlers.understanding.values.word import words_in


class Secrecy(Enum):
    """What the words say of a document."""

    UNSAID = "unsaid"
    CHOSEN = "chosen"
    """It is a secret one."""
    MAYBE = "maybe"
    """It may be one: the person is asked, and nothing of the text is kept."""


_MARK: Final = "mat*"
"""The word "mật" in a text in which the words "mất", "mặt" and "mát" were told from it."""

_HARMLESS: Final = re.compile(
    r"\b(?:bao ve |cong tac )?(?:bi mat\*(?: nha nuoc)?|bao mat\*)|\bmat\*(?= (?:tran"
    r"|do|ong|khau|thiet|vu|danh|ma))"
)
_ABOUT_MARKS: Final = re.compile(r"\bbi mat\*|\bbao mat\*")
_DENIED: Final = re.compile(
    r"\b(?:khong|chua|chang|da giai|duoc giai|giai|het)(?: (?:phai|la|thuoc|dien|van"
    r"|ban|loai|co|dong|dau|do|muc|danh|muc|tai lieu|dang|he|bi))* mat\*"
)
_DOUBT: Final = re.compile(
    r"\b(?:hoi lai|coi lai|xem lai|kiem tra|hinh nhu|khong chac|chua chac|khong ro"
    r"|chua ro|khong biet|chua biet|co phai|hay khong|nghe noi|co le|chac|nghi la"
    r"|phai khong|khong nho|quen|co the)\b"
)
_SURELY: Final = re.compile(r"\bchac chan\b(?!.*\bkhong\b)")


_OF_THE_CHOICE: Final = words_in(
    "mat co nhung ma van ban la loai thuoc dien dong dau muc tai lieu nghi quyet ke "
    "hoach nay day do thoi roi khong ghi so toi tuyet nha nhe em anh a da toi cua xa nen "
    "vi chi luu da o dang uy ubnd ngay y thi cai nq kh cong tac bi de ho so giay"
)
"""Words beside "mật" in the choice "có, văn bản mật: không ghi số" and its like."""
_MOST_OTHERS: Final = 2


_LETTER: Final = re.compile(r"[(\[]\s*M\s*[)\]]")
""""39/KH-UBND (M)": how some offices write the mark."""


def secrecy_of(said: Saying) -> Secrecy:
    """What the text says of the document that is asked for."""
    text = words_about_secrecy(said)
    if _MARK not in text:
        return Secrecy.MAYBE if _LETTER.search(said.clean) else Secrecy.UNSAID
    if _DOUBT.search(_SURELY.sub(" ", text)):
        return Secrecy.MAYBE
    left = _DENIED.sub(" ", _HARMLESS.sub(" ", text))
    if _MARK not in left:
        return Secrecy.UNSAID
    others = [one for one in re.findall(r"[a-z]+", left) if one not in _OF_THE_CHOICE]
    return Secrecy.CHOSEN if len(others) <= _MOST_OTHERS else Secrecy.MAYBE


def denies(said: Saying) -> bool:
    """Whether every mark that the text speaks of is denied: "không đóng dấu mật"."""
    text = words_about_secrecy(said)
    denied = _DENIED.sub(" ", text)
    return denied != text and _MARK not in _HARMLESS.sub(" ", denied)


def words_about_secrecy(said: Saying) -> str:
    """The words with "mật" marked: with its diacritics, or without any beside words that leave it
    no other meaning.
    """
    return " ".join(
        _MARK if _is_secret(said, at) else word.plain for at, word in enumerate(said.words)
    )


_BESIDE: Final = words_in(
    "ban dau do dien la van toi tuyet giai khong loai thuoc phai nhung day nay bi co roi tai"
)


def _is_secret(said: Saying, at: int) -> bool:
    word = said.words[at]
    if word.plain != "mat":
        return False
    if word.marked != "mat":
        return word.marked == "mật"
    if len(said.words) == 1:
        return True
    following = said.words[at + 1].plain if at + 1 < len(said.words) else ""
    before = said.words[at - 1].plain if at else ""
    if following in ("tran", "hang", "bang", "cap", "do"):
        return False
    return before in _BESIDE or at == 0

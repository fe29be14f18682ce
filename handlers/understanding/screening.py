"""What may not be entered: marks of secrecy, phone numbers, personal identity numbers.

State secrets are only allowed on paper or on a separate network (Luật Bảo vệ bí mật nhà nước số
117/2025/QH15), and data on crimes are sensitive personal data (Nghị định số 356/2025/NĐ-CP). The
marks are matched in context, because "mặt trận", "mật độ" and "bảo mật" are harmless. A text that
matches is not stored anywhere.

Without its diacritics "mat" is also mất, mặt, mát. In that form only phrases with hardly any other
meaning match: "tuyet mat", "(mat)", "bi mat nha nuoc", and "van ban mat" if no next word makes it
"mặt trận" or "mất cắp".
"""

import re
from enum import StrEnum

from handlers.understanding.dates import find_date
from handlers.understanding.text import fold, plain
from handlers.understanding.typed import typed
from handlers.understanding.values.saying import Saying
from handlers.understanding.values.secrecy import denies


class Forbidden(StrEnum):
    """Why a text is refused; nothing else of it is stored."""

    SECRECY_MARK = "secrecy_mark"
    PHONE_NUMBER = "phone_number"
    IDENTITY_NUMBER = "identity_number"
    PERSON = "person"


def forbidden_in(text: str) -> Forbidden | None:
    """The first thing in `text` that may not be stored, or None."""
    # File names have underscores instead of spaces.
    said = typed(text).replace("_", " ")
    if _MARKS.search(_WORD.sub(_spelled, said)) and not denies(Saying(said)):
        return Forbidden.SECRECY_MARK
    figures = _DATE.sub(_no_date, said)
    if _NAMED_IDENTITY.search(plain(figures)) or _in_groups(_IDENTITY, figures):
        return Forbidden.IDENTITY_NUMBER
    return Forbidden.PHONE_NUMBER if _in_groups(_PHONE, figures) else None


def _in_groups(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern matches a number and not small figures in a row, which go on before or
    after it ("1 0 2 5 3 4 4 6 5 2 6 0").
    """
    for found in pattern.finditer(text):
        groups = re.findall(r"\d+", found[0])
        in_a_row = all(len(one) < _LEAST_OF_A_GROUP for one in groups)
        before, after = text[: found.start()], text[found.end() :]
        around = (before.rstrip(_SIGNS)[-1:], after.lstrip(_SIGNS)[:1])
        if not (in_a_row and any(one.isdecimal() for one in around)):
            return True
    return False


_SIGNS = " .-()\t\n"
_LEAST_OF_A_GROUP = 3
"""Figures of a group in which numbers are mostly written; figures of a page are shorter."""


def says_secret(text: str) -> bool:
    """Whether a person who was asked for a document says that it is a secret one.

    Much wider than `forbidden_in`: in a reply to that question the word "mật" has no other meaning,
    unless it is denied.
    """
    return _SECRET.search(_WORD.sub(_spelled, typed(text))) is not None


def is_bare_mark(text: str) -> bool:
    """Whether the text is only the word "mật", which reveals nothing."""
    return fold(typed(text)).strip(" .,;!") in _TYPED_OUT | {"mật"}


# Marks of secrecy. They are searched in a text of plain words, in which only the deciding words
# keep their letters: "mật" in its three cases, and "tối", which is not "tôi".

_WORD = re.compile(r"[^\W_]+")
_KEPT = frozenset({"mật", "Mật", "MẬT"})
_TYPED_OUT = frozenset({"maatj", "maajt", "mâtj", "ma65t", "mat65", "ma6t5", "mâ5t"})
"""How "mật" arrives if the Telex or VNI keyboard was off or slow."""


def _spelled(found: re.Match[str]) -> str:
    word = found[0]
    folded = fold(word)
    if word in _KEPT or folded == "mật":
        return word if word in _KEPT else "mật"
    if folded in _TYPED_OUT:
        return "mật"
    bare = plain(word)
    if bare == "mat":
        return "mat" if folded == "mat" else "khac"
    if bare == "toi":
        return "toi" if folded in ("tối", "toi") else "khac"
    return bare


_MARK = (
    r"(?:mật|Mật|MẬT)\b(?!\s+(?:do|ong|khau|thiet|mia|gau|thu)\b)"  # mật độ, mật ong, mật khẩu …
)
_UNMARKED = r"mat(?=\s*(?:$|[^\w\s]|so\b|\d))"
_HARMLESS_BEFORE = "".join(
    rf"(?<!\b{word} )"
    for word in ("bao", "bi", "than", "can", "co", "nghiem", "chu")  # bảo mật, bí mật, thân mật …
)
_PAPER = (
    r"(?:van ban|cong van|ke hoach|bao cao|tai lieu|quyet dinh|ho so|dien|thong bao|chi thi"
    r"|nghi quyet|to trinh|huong dan|ket luan|bien ban|danh muc|dau|muc|do|loai"
    r"|qd|cv|nq|kh|bc|tb|ct|hd|vb|ttr|kl)"
)
_BETWEEN = r"(?:\s+(?:loai|la|nay|thuoc|co|dong|dau|do|muc|so|ky hieu|[\w\-/.]*\d[\w\-/.]*)){0,4}"
_MARKS = re.compile(
    rf"\btuyet[\s\-]+(?:{_MARK}|mat\b)"
    rf"|\btoi[\s\-]+{_MARK}"
    rf"|\b{_PAPER}{_BETWEEN}\s*:?\s+(?:{_MARK}|toi mat\b|{_UNMARKED})"
    rf"|(?<!\bbao ve )\bbi (?:mật|mat) nha nuoc\b"
    r"|[\"“”'‘(\[{<«*]\s*(?:toi\s+)?(?:mật|Mật|MẬT|mat)\s*[\"”“'’)\]}>»*]"
    rf"|{_HARMLESS_BEFORE}\b(?=Mật|MẬT){_MARK}"
    r"|^\s*mật\s*[.!:]*\s*$"
)

_SECRET = re.compile(
    r"(?<!\bkhong )(?<!\bko )(?<!\bkhong phai )(?<!\bkhong phai van ban )(?<!\bkhong phai la )"
    r"\b(?:(?:mật|Mật|MẬT)\b|mat\b(?!\s+tran\b))"
)

# Digits. A phone or identity number may be typed in groups; a date is not part of one.

_BREAK = r"[\s.\-()]{0,2}"
_PHONE = re.compile(
    rf"(?<!\d)(?:\+{_BREAK}84{_BREAK}(?:0{_BREAK})?|84{_BREAK}(?=[35789])|0{_BREAK})"
    rf"[1-9](?:{_BREAK}\d){{8,9}}(?!\d)"
)
_IDENTITY = re.compile(rf"(?<!\d)(?:\d{{12}}|0(?:{_BREAK}\d){{11}})(?!\d)")
_NAMED_IDENTITY = re.compile(
    r"\b(?:cmnd|cccd|can cuoc|chung minh|so dinh danh|dinh danh)\b\D{0,20}\d{9,12}\b"
)
_DATE = re.compile(
    r"(?<![\d.\-])(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})"
    r"(?![\d]|[.\-]\d)"
)


def _no_date(found: re.Match[str]) -> str:
    return found[0] if find_date(found[0]) is None else " ngày "

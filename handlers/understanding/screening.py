"""What may not be entered: marks of secrecy, phone numbers, personal identity numbers.

The marks are matched in context, because "mặt trận", "mật độ" and "bảo mật" are harmless
(domain file, F.4). A text that is caught is kept nowhere.
"""

import re
import unicodedata
from enum import StrEnum


class Forbidden(StrEnum):
    """Why a text is refused: all that is kept of it."""

    SECRECY_MARK = "secrecy_mark"
    PHONE_NUMBER = "phone_number"
    IDENTITY_NUMBER = "identity_number"


_DOCUMENT_WORDS = (
    r"văn bản|công văn|kế hoạch|báo cáo|tài liệu|quyết định|hồ sơ|điện|thông báo|chỉ thị|nghị quyết"
)
_MARKS = re.compile(
    rf"(?:\b(?:tuyệt|tối)\s+mật\b"
    rf"|\bđộ\s+mật\b(?!\s+(?:dân|giao))"
    rf"|\b(?:dấu|đóng dấu|mức|chỉ mức)\s+mật\b"
    rf"|\bbí\s+mật\s+nhà\s+nước\b"
    rf"|\b(?:{_DOCUMENT_WORDS})\s+mật\b"
    rf"|[\"“'(\[]\s*mật\s*[\"”')\]]"
    rf"|(?-i:\bMẬT\b))",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d/\-])(?:\+?84|0)(?:[\s.\-]?\d){9}(?![\d/])")
_IDENTITY = re.compile(r"(?<!\d)\d(?:[\s.]?\d){11}(?!\d)")


def forbidden_in(text: str) -> Forbidden | None:
    """The first thing in `text` that may not be kept, or None."""
    composed = unicodedata.normalize("NFC", text)
    if _MARKS.search(composed):
        return Forbidden.SECRECY_MARK
    if _IDENTITY.search(composed):
        return Forbidden.IDENTITY_NUMBER
    if _PHONE.search(composed):
        return Forbidden.PHONE_NUMBER
    return None

"""What a message says to answers that were read back: yes, no, or no to one of them."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handlers.understanding.values.saying import Saying


class Verdict(Enum):
    """What is said of all that was read back."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSAID = "unsaid"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The verdict, the parts that are dropped, and the text that is left to read."""

    verdict: Verdict
    rest: Saying
    dropped: tuple[int, ...] = ()


_FILL = (
    r"(?:(?:da|vang|a|o|u|uh|ua|gium|dum|em|e|anh|chi|oi|nha|nhe|nhen|nghen|ne|day|do|di"
    r"|luon|cai|het|dong chi|bot|ban|minh|roi|thi|la|the|vay|cho|giup|cam on|thanks"
    r"|luu|ghi|chot|hen|nghe|cu|thoi|ma|nhu|tren|lai)\b[\s,.!]*)*"
)
"""Each word can be taken in one way only: a second way would double the work with every word."""
_NO: Final = re.compile(
    rf"^{_FILL}(?:rut lai(?: het)?|dau co dung|co dung dau|khoan(?: da| khoan)?"
    r"|(?:khong|chua|chang|hong)(?: (?:phai|dung|chinh xac|duoc|dong y|chuan|on|khop"
    r"|chap nhan))?|sai(?: het| mat| be bet)?"
    r"|thoi|huy(?: bo)?|bo(?: het| di| ca| tat ca)?|xoa(?: het| di| ca)?|nham(?: het"
    r"| mat)?|lon(?: het)?|go lai|lam lai|ghi lai|nhap lai|doc lai|viet lai|tu tu"
    r"|cho (?:da|chut|ti)"
    r"|doi (?:da|chut|ti)|ngung|dung (?:ghi|luu|voi|co|lai)|tam dung|stop|no|cancel"
    r"|wrong|lon xon|sua lai)\b"
    rf"[\s,.!:]*{_FILL}(?=$|[^a-z]|\b)"
)
_YES: Final = re.compile(
    rf"^{_FILL}(?:duyet|ua|chuan khong can chinh|dung(?: (?:roi|het|the|vay|y|a))?"
    r"|chuan(?: (?:roi|luon|het|xac))?|chinh xac|ok(?: (?:roi|em|het))?|duoc(?: roi)?"
    r"|phai(?: roi)?|khop|chot|dong y|nhat tri|xac nhan"
    r"|luu|ghi|tiep|xong|yes|right|correct|next|co|hop le|khong (?:sai|can sua"
    r"|co gi sai|sua gi|thay doi)|u|vang|roi|hoan toan dung|y chang|chuan com me nau)\b"
    rf"[\s,.!:]*{_FILL}(?=$|[^a-z]|\b)"
)
_DROP: Final = re.compile(
    r"^(?:khoan,? )?(?:bo|huy|xoa|dung ghi|khong ghi|khoan ghi|dung luu|de lai"
    r"|rut)(?: (?:lai|di|ra))?(?: (?:cau|muc|so|phan|y))? (?P<numbers>\d{1,2}(?:(?:,"
    r"| va|,? ?cau| )+ ?\d{1,2})*)\b(?! (?:co|khong|chua|dat|so voi))"
)
_SAID_NO: Final = re.compile(
    r"\b(?:sai|khong dung|chua dung|nham|khong phai|chua chinh xac|khong chinh xac"
    r"|chua on|lam lai|go lai|nhap lai|bo het|xoa het)\b"
)
_FOLLOWED_BY_BUT: Final = re.compile(r"^(?:(?:nhung|ma|tru|chi|rieng|con|ngoai|co)\b[ ,]*)+")
_THE_REST_IS_RIGHT: Final = re.compile(
    r"[,.;]?\s*\b(?:con lai|(?:may |cac |nhung )?cau (?:con lai|khac|kia)|cai khac"
    r"|phan con lai)(?: (?:thi|deu|la|cu))* (?:dung|chuan|ok|duoc|on|giu nguyen|y vay"
    r"|nhu cu|khong sai|nhu tren|luu|ghi)\b.*$"
)


def judged(said: Saying) -> Judged:
    """The verdict at the beginning of a message, and what is left of it."""
    plain = said.plain
    right = _THE_REST_IS_RIGHT.search(plain)
    others = Verdict.UNSAID if right is None else Verdict.CONFIRMED
    if dropped := _DROP.match(plain):
        numbers = tuple(int(one) for one in re.findall(r"\d+", dropped["numbers"]))
        return Judged(verdict=others, rest=Saying("", said.echo), dropped=numbers)
    if right is not None:
        return Judged(verdict=others, rest=said.part(0, right.start()))
    for verdict, pattern in ((Verdict.CONFIRMED, _YES), (Verdict.REJECTED, _NO)):
        found = pattern.match(plain)
        if found is None or (verdict is Verdict.CONFIRMED and _is_stop(said)):
            continue
        rest = (
            said.part(found.end(), len(said.plain))
            if found.end() < len(said.plain)
            else Saying("", said.echo)
        )
        return _with_rest(verdict, rest, said)
    if not re.search(r"\d", plain) and _SAID_NO.search(plain):
        return Judged(verdict=Verdict.REJECTED, rest=Saying("", said.echo))
    return Judged(verdict=Verdict.UNSAID, rest=said)


def _with_rest(verdict: Verdict, rest: Saying, said: Saying) -> Judged:
    left = rest.plain.strip(" ,.!;:")
    if (
        verdict is Verdict.CONFIRMED
        and (but := _FOLLOWED_BY_BUT.match(left))
        and re.search(r"\d", left)
    ):
        begins = rest.plain.index(left) + but.end()
        return Judged(verdict=verdict, rest=rest.part(begins, len(rest.plain)))
    if verdict is Verdict.CONFIRMED and (_FOLLOWED_BY_BUT.match(left) or _SAID_NO.search(left)):
        return Judged(verdict=Verdict.UNSAID, rest=rest if re.search(r"\d", left) else said)
    if verdict is Verdict.REJECTED and re.search(r"\d", left):
        return Judged(verdict=Verdict.UNSAID, rest=rest)
    if verdict is Verdict.CONFIRMED and left in ("tat ca", "ca", "het tat ca", "toan bo"):
        left = ""
        rest = Saying("", said.echo)
    if verdict is Verdict.REJECTED and left and not _goes_on_rejecting(said, rest, left):
        return Judged(verdict=Verdict.UNSAID, rest=said)
    if verdict is Verdict.CONFIRMED and left and not re.search(r"\d", left):
        return Judged(verdict=Verdict.UNSAID, rest=said)
    return Judged(
        verdict=verdict, rest=rest if verdict is Verdict.CONFIRMED else Saying("", said.echo)
    )


_DENIES: Final = re.compile(r"(?:^| )(?:khong|chua|chang|hong)$")
_OTHER_THINGS: Final = re.compile(
    r"\b(?:kenh|du lieu|xa|phuong|huyen|nguoi|vai|ma|nhac|bao cao|ke hoach|zalo|web"
    r"|telegram|thu|tai khoan|han)\b"
)
_MOST_WORDS: Final = 6


def _goes_on_rejecting(said: Saying, rest: Saying, left: str) -> bool:
    """Whether what follows a no belongs to it: "khoan, sai rồi em", "không đúng số vụ"."""
    if judged(rest).verdict is Verdict.REJECTED:
        return True
    head = said.plain[: said.plain.find(left)].strip(" ,.!;:")
    if _OTHER_THINGS.search(left) or _DENIES.search(head):
        return False
    return len(left.split()) <= _MOST_WORDS


_STOPS_UNMARKED: Final = re.compile(r"\bdung (?:co )?(?:ghi|luu|chot|voi)\b")
_OTHER_WORDS: Final = frozenset({"dừng", "dùng", "đụng", "dũng", "đừng", "đứng", "dựng"})


def _is_stop(said: Saying) -> bool:
    """With other marks the confirming word is another word: "dừng" pauses. Without any, "dung luu"
    is rather "đừng lưu" than "đúng" and "lưu".
    """
    first = next((one for one in said.words if one.plain == "dung"), None)
    if first is None:
        return False
    unmarked = first.marked == first.plain and _STOPS_UNMARKED.search(said.plain) is not None
    return unmarked or first.marked in _OTHER_WORDS

"""Words that are not names: types of unit, and what people say around them.

All words except the type words are without marks.
"""

from collections import defaultdict
from collections.abc import Sequence

from domain.units import UnitKind
from handlers.understanding.text import Word, only_drops_marks, words_of

_FORMS = {
    UnitKind.COMMUNE: ("xã", "x"),
    UnitKind.WARD: ("phường", "p", "ph"),
    UnitKind.TOWNSHIP: ("thị trấn", "thịtrấn", "tt", "t t"),
    UnitKind.SPECIAL_ZONE: ("đặc khu", "đặckhu", "đk"),
    UnitKind.RURAL_DISTRICT: ("huyện", "h"),
    UnitKind.TOWN: ("thị xã", "thịxã", "tx", "t x"),
    UnitKind.URBAN_DISTRICT: ("quận", "q"),
    UnitKind.PROVINCIAL_CITY: ("thành phố", "thànhphố", "tp", "t p"),
    UnitKind.PROVINCE: ("tỉnh",),
}
ANNOUNCING_TYPES = {
    ("xa",),
    ("phuong",),
    ("thi", "tran"),
    ("dac", "khu"),
    ("huyen",),
    ("thi", "xa"),
}
"""Type words after which a name is expected even if it is unknown; "quan" and "tinh" too often mean
something else (Lang Quán, tình hình).
"""
GLUED_TYPES = ("xa", "phuong", "thitran", "huyen", "thixa", "thanhpho", "dackhu")
"""Type words that people write together with the name: "xacai nhum"."""
NUMBERED_KINDS = (UnitKind.WARD, UnitKind.URBAN_DISTRICT)
"""Kinds of unit whose names can be numbers."""

_COMMON = """
anh ai alo ban bao bang biet bi cac cai can cao cho chi chua chung co con cua cung da dang dat day
de den di diem do duoc em gap gi giup gui hay het hoac hoi hom khi khong ktra la lai lam len luc ma
may minh moi nam nao nay neu ngay nhe nhi nhieu nhung noi nop o oi qua qui quy ra roi sao se so tai
thang the theo thi thieu thoi thuoc tinh toan toi tong trong tu tuan va van ve vi voi vu xem xin
"""
COMMON_WORDS = frozenset(_COMMON.split())
"""Words next to a name in ordinary talk, without marks."""
_ORDINARY = """
an ninh, an toàn, báo cáo, chỉ đạo, công an, đồng ý, hoàn thành, hoàn toàn, kế hoạch, kết quả,
kiểm tra, nghị định, nhân dân, phương án, phương hướng, phương pháp, phương thức, phương tiện,
quốc gia, so sánh, số liệu, thanh tra, thành tích, thi đua, thông tin, thông tư, tiến độ, tình hình,
tổ chức, tổng hợp, trật tự, văn bản, xã hội
"""


def _phrases() -> dict[str, frozenset[str]]:
    """Joined pairs of words: those without marks, and all that they mean with marks."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in _ORDINARY.split(","):
        words = words_of(phrase)
        found["".join(w.plain for w in words)].add("".join(w.marked for w in words))
    return {bare: frozenset(marked) for bare, marked in found.items()}


_PHRASES = _phrases()


def is_ordinary(pair: Sequence[Word], *, marks: bool) -> bool:
    """Whether two words are an ordinary pair of words, such as "tổng hợp".

    Some of them are names if the marks are removed (An Ninh, "van ban" of Văn Bàn): in a message
    without marks those count only after a type word.
    """
    phrases = _PHRASES.get("".join(word.plain for word in pair))
    if phrases is None or not marks:
        return phrases is not None
    typed = "".join(word.marked for word in pair)
    return any(only_drops_marks(typed, phrase) for phrase in phrases)


def _type_table() -> dict[tuple[str, ...], tuple[UnitKind, tuple[str, ...]]]:
    table = {}
    for kind, forms in _FORMS.items():
        for form in forms:
            words = words_of(form)
            table[tuple(w.plain for w in words)] = (kind, tuple(w.marked for w in words))
    return table


TYPE_WORDS = _type_table()
"""Type words without marks: their kind, and the words with marks."""

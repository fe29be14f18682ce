"""Words that are not names: types of unit, and what people say around them.

Everything but the type words is without marks.
"""

from domain.units import UnitKind
from handlers.understanding.text import words_of

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
"""Type words that announce a name even when we do not know it; "quan" and "tinh" are too often
something else (Lang Quán, tình hình)."""
GLUED_TYPES = ("xa", "phuong", "thitran", "huyen", "thixa", "thanhpho", "dackhu")
"""Type words that people run together with the name: "xacai nhum"."""
NUMBERED_KINDS = (UnitKind.WARD, UnitKind.URBAN_DISTRICT)
"""Kinds of unit that have numbers for names."""

_COMMON = """
anh ai alo ban bao bang biet bi cac cai can cao cho chi chua chung co con cua cung da dang dat day
de den di diem do duoc em gap gi giup gui hay het hoac hoi hom khi khong ktra la lai lam len luc ma
may minh moi nam nao nay neu ngay nhe nhi nhieu nhung noi nop o oi qua qui quy ra roi sao se so tai
thang the theo thi thieu thoi thuoc tinh toan toi tong trong tu tuan va van ve vi voi vu xem xin
"""
COMMON_WORDS = frozenset(_COMMON.split())
"""Words that stand beside a name in ordinary talk, without marks."""
_ORDINARY = """
anninh antoan baocao chidao congan dongy hoantoan hoanthanh kehoach ketqua kiemtra nghidinh nhandan
phuongan phuonghuong phuongphap phuongthuc phuongtien quocgia sosanh solieu thanhtich thanhtra
thidua thongtin thongtu tiendo tinhhinh tochuc tonghop trattu vanban xahoi
"""
ORDINARY_PHRASES = frozenset(_ORDINARY.split())
"""Ordinary pairs of words, without marks. Some are names too (An Ninh, Đồng Ý): those count only
after a type word."""


def _type_table() -> dict[tuple[str, ...], tuple[UnitKind, tuple[str, ...]]]:
    table = {}
    for kind, forms in _FORMS.items():
        for form in forms:
            words = words_of(form)
            table[tuple(w.plain for w in words)] = (kind, tuple(w.marked for w in words))
    return table


TYPE_WORDS = _type_table()
"""Type words without marks: their kind, and the words with marks."""

"""The words that answers consist of, without diacritics, and what is written short for them.

A word of a text that is none of them, and no Vietnamese syllable either, is a slip of the finger
for the nearest of them.
"""

from typing import Final

from handlers.understanding.values.word import words_in

CORE: Final = words_in("co khong chua roi dat da duoc dung sai mat")
"""The words that decide; a slip is rather one of these than another word."""

WORDS: Final = CORE | words_in(
    "a ai an anh ap bao bat bang ban ben bi bien bo bon buoi ca cac cai can canh cao cap "
    "cau chac chap chet chi chin chinh chiu cho chong chuc chuyen chuan chung co con "
    "cong cua cu cung cuoi dan dang danh day dau dau de den deu di dia diem dien dinh do "
    "doan doi don dong du dung duy em gan ghi gia giai giam gi giao giu giua giup gui "
    "hai ham han hanh hay het hien hieu hinh ho hoa hoac hoan hoat hoc hoi hop huong huy "
    "hinh it keo ket ke khac kha khai khan khang khen khi khiem khoan khoang khi khien "
    "kho ky la lac lai lam lan lap lay len lien lo loai lot luc luong luon luot mai may "
    "minh mo moi mot muc mung muoi mo nam nang nao nay nen nghi nghiem ngay ngoai ngan "
    "ngay nguoi nha nham nhan nhat nhieu nho nhung nhu noi nong nua oi on phan phai phan "
    "phat phe phoi phong phu phung qua quan quen quyet quy quyen ra rang rat ro rong "
    "sach sat sau sinh so song sot suot tac tam tang tai tan te tham than thang thanh "
    "thap that thay the thi thich thien thoi thong thu thuc thuoc thuong thuong tich "
    "tien tiep tieu tin tinh to toi toan ton tong tot toi tra trach trai tran tran treo "
    "tri trien tro trong trieu truoc truong tu tuan tuong tuy tuyen tung uy ung va van "
    "van vang vao vay ve viec vien vong voi vu vua vung xa xac xam xay xep xet xong xoa "
    "xu xuat xuong xuong y jan feb mar apr jun jul aug sep oct nov dec yeu an ninh trat "
    "tu nhiem vu ky luat vi pham phat sinh bat kha khang"
)

SHORT: Final = {
    "dead": "chet", "deaths": "chet", "injured": "bi thuong", "against": "so voi",
    "none": "khong", "cases": "vu", "case": "vu", "k": "khong", "ko": "khong", "kh": "khong",
    "kg": "khong", "hk": "khong", "hok": "khong", "hong": "khong", "hem": "khong", "khg": "khong",
    "kog": "khong", "hog": "khong", "hongg": "khong", "khon": "khong", "khom": "khong",
    "kong": "khong", "hgom": "khong", "khongg": "khong", "kp": "khong phai",
    "kphai": "khong phai", "r": "roi", "rui": "roi", "oy": "roi", "ui": "roi", "ch": "chua",
    "cg": "cung", "c": "co", "cd": "chua dat", "d": "dat", "yes": "co", "n": "khong",
    "no": "khong", "oke": "ok", "okie": "ok", "okey": "ok", "okay": "ok", "oki": "ok", "uh": "u",
    "uhm": "u", "um": "u", "uk": "u", "j": "gi", "z": "vay", "v": "vay", "dzay": "vay",
    "nv": "nhiem vu", "nn": "nam ngoai", "ntr": "nam truoc", "nt": "nam truoc", "nnay": "nam nay",
    "nngoai": "nam ngoai", "ntruoc": "nam truoc", "ss": "so voi", "vs": "so voi", "sv": "so voi",
    "bt": "bi thuong", "tngt": "tai nan giao thong", "bkk": "bat kha khang", "mh": "mo hinh",
    "hgt": "hoa giai thanh", "ht": "hoan thanh", "ng": "nguoi", "nguoii": "nguoi",
    "vv": "vu viec", "ntn": "the nao", "bn": "bao nhieu", "bnhieu": "bao nhieu",
    "hdan": "huong dan", "kq": "ket qua", "bc": "bao cao", "tat": "tat", "tca": "tat ca",
    "hqua": "hom qua", "cb": "can bo", "dv": "dang vien", "clb": "cau lac bo",
    "kad": "khong ap dung", "ps": "phat sinh", "kps": "khong phat sinh", "kco": "khong co",
    "kobiet": "khong biet", "ngoia": "ngoai", "oi": "oi", "hoy": "thoi", "thoy": "thoi",
    "thui": "thoi", "bik": "biet", "bit": "biet", "bjt": "biet", "trc": "truoc", "chx": "chua",
    "chg": "chua", "cx": "cung", "dx": "da", "vc": "viec", "lm": "lam", "gthich": "giai thich",
}  # fmt: skip
"""What people write short. Some stand for something else inside a number ("12/BC-UBND"): numbers
of documents are read from the text as it was typed.
"""

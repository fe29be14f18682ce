"""The administrator's words do nothing if another person types them."""

import pytest

from domain.people import Post, Role
from domain.units import Structure, UnitId, UnitKind
from storage import Store, Tx
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

WORDS = (
    "cài đặt",
    "setup",
    "ai chưa vào",
    "ai đã vào",
    "mã quan-tri",
    "mã nguoi-khac",
    "thay nguoi-khac",
    "thay nguoi-khac: Nguyễn Văn Lạ",
    "khóa nguoi-khac",
    "khóa máy quan-tri",
    "thêm người: Nguyễn Văn Lạ; quản trị tỉnh Nghệ An",
    "thêm vai nguoi-khac: quản trị tỉnh Nghệ An",
    "bớt vai nguoi-khac: cán bộ xã Kim Liên",
    "rút Q1",
    "hủy vào M1",
    "xem H1",
    "trả lại H1: sai",
    "đồng ý",
    "ĐỒNG Ý",
)
STRANGER = "Đây là trợ lý tự động nội bộ. Đồng chí nhập mã do đơn vị cấp để sử dụng."
MENUS = ("s:home:", "s:plan:ok", "s:people:ok", "s:person:ok", "s:channels:ok", "h:1:1", "posts")


def _kim_lien(tx: Tx) -> UnitId:
    units = tx.units.of_province(Structure.Y2026, "40", (UnitKind.COMMUNE,))
    return next(unit.id for unit in units if unit.name == "Kim Liên")


def _people(store: Store) -> None:
    """One person of each role except the administrator, and one person as the object of
    the orders.
    """
    with store.begin() as tx:
        province, commune = UnitId(Structure.Y2026, "40"), _kim_lien(tx)
        for role, unit in (
            (Role.OFFICER, commune),
            (Role.HEAD, commune),
            (Role.REVIEWER, province),
            (Role.SUPERVISOR, province),
            (Role.COUNCIL, province),
            # An administrator of one commune cannot set up a province.
            (Role.ADMINISTRATOR, commune),
        ):
            handle = role.value if unit == province or role is not Role.ADMINISTRATOR else "xa"
            tx.people.add(
                handle=handle, name=handle, locale="vi", posts=(Post(role=role, unit=unit),)
            )
        post = Post(role=Role.OFFICER, unit=commune)
        tx.people.add(handle="nguoi-khac", name="Người khác", locale="vi", posts=(post,))


def _state(store: Store) -> tuple[object, ...]:
    """Everything that the words could change."""
    with store.read() as tx:
        people = tx.people.all()
        ids = [one.id for one in people]
        return (
            people,
            tx.invitations.of_people(ids),
            [one.retired_at for one in tx.addresses.of_people(ids)],
            [tx.drafts.of_person(one) for one in ids],
            tx.plans.of_province(UnitId(Structure.Y2026, "40")),
        )


@pytest.mark.parametrize("who", ["officer", "head", "reviewer", "supervisor", "council", "xa"])
def test_no_other_role_does_anything_with_an_administrators_words(nghe_an: Talk, who: str) -> None:
    _people(nghe_an.store)
    nghe_an.let_in(who)
    before = _state(nghe_an.store)
    for words in WORDS:
        said = nghe_an.says(who, words)
        assert "Nguyễn Văn Quản" not in said
        assert "nguoi-khac" not in said
    for menu in MENUS:
        for choice in ("1", "2", "đồng ý", "ĐỒNG Ý"):
            nghe_an.taps(who, menu, choice)
    assert _state(nghe_an.store) == before


def test_a_stranger_gets_the_one_sentence_for_every_word(nghe_an: Talk) -> None:
    _people(nghe_an.store)
    before = _state(nghe_an.store)
    for words in WORDS:
        assert nghe_an.says("nguoi-la", words, channel="telegram") == STRANGER
    for menu in MENUS:
        assert nghe_an.taps("nguoi-la", menu, "đồng ý", channel="telegram") == STRANGER
    assert _state(nghe_an.store) == before


def test_who_gave_the_post_up_is_a_stranger_at_once(nghe_an: Talk) -> None:
    _people(nghe_an.store)
    nghe_an.let_in("officer")
    with nghe_an.store.begin() as tx:
        person = tx.people.by_handle("officer")
        assert person is not None
        tx.people.remove_post(person.id, person.posts[0])
    assert nghe_an.says("officer", "hạn") == STRANGER


def test_an_administrator_of_another_province_touches_nobody_here(nghe_an: Talk) -> None:
    _people(nghe_an.store)
    with nghe_an.store.begin() as tx:
        book = nghe_an.library.book(Structure.Y2026)
        other = book.get(UnitId(Structure.Y2026, "38"))
        tx.units.add_many((other, *book.communes("38")))
        post = Post(role=Role.ADMINISTRATOR, unit=other.id)
        tx.people.add(handle="khac-tinh", name="Khác tỉnh", locale="vi", posts=(post,))
    nghe_an.let_in("khac-tinh")
    before = _state(nghe_an.store)
    for words in (
        "mã nguoi-khac",
        "khóa nguoi-khac",
        "thay nguoi-khac: Nguyễn Văn Lạ",
        "thêm vai nguoi-khac: quản trị",
        "bớt vai nguoi-khac: cán bộ xã Kim Liên",
    ):
        said = nghe_an.says("khac-tinh", words)
        assert said.startswith(
            ("Trong phạm vi của đồng chí không có ai mang tên ngắn", "Chưa rõ vai trò")
        )
    assert _state(nghe_an.store) == before
    assert "nguoi-khac" not in nghe_an.says("khac-tinh", "ai đã vào")
    assert "nguoi-khac" not in nghe_an.says("khac-tinh", "ai chưa vào")


def test_a_button_of_an_old_screen_does_nothing(nghe_an: Talk) -> None:
    me = ADMINISTRATOR
    nghe_an.says(me, "cài đặt", "3", "1", "2027")
    said = nghe_an.taps(me, "s:documents:", "1")
    assert "tin cũ" in said
    assert "Nhiệm vụ 1/" in said, "the open screen is shown again"
    nghe_an.says(me, "menu")
    said = nghe_an.taps(me, "s:plan:d0", "2")
    assert "tin cũ" in said
    with nghe_an.store.read() as tx:
        person = tx.people.by_handle(me)
        assert person is not None
        draft = tx.drafts.get(person.id, "plan")
        assert draft is not None
        assert '"decided": []' in draft.body


def test_a_refused_text_is_kept_nowhere(nghe_an: Talk) -> None:
    me = ADMINISTRATOR
    nghe_an.says(me, "cài đặt", "1", "1")
    assert "không lưu" in nghe_an.says(me, "Sở Nội vụ 0912345678")
    assert "không lưu" in nghe_an.says(me, "thêm người: Lê Nam 0912345678; cán bộ xã Kim Liên")
    with nghe_an.store.read() as tx:
        person = tx.people.by_handle(me)
        assert person is not None
        assert tx.drafts.of_person(person.id) == ()

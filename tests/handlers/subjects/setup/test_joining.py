"""A code is shown with its duty, is valid once, is reported to others and undone by one word."""

from datetime import timedelta

import pytest

from domain.messages import Joined, Said, Tap
from domain.people import Person, Post, Role
from domain.units import Structure, UnitKind
from handlers.subjects.joining.entering import MOST_TRIES
from storage.joinings import AT_THE_DOOR
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import SILENCE, Talk

ME = ADMINISTRATOR
STRANGER = "Đây là trợ lý tự động nội bộ. Đồng chí nhập mã do đơn vị cấp để sử dụng."
NOT_IN = (STRANGER, SILENCE)
CODE = "ABCDE-FGH23"

pytestmark = pytest.mark.usefixtures("officer")


def _post(talk: Talk, role: Role, name: str = "Kim Liên") -> Post:
    with talk.store.read() as tx:
        units = tx.units.of_province(Structure.Y2026, "40", (UnitKind.COMMUNE,))
        return Post(role=role, unit=next(unit.id for unit in units if unit.name == name))


def _invited(talk: Talk, handle: str, post: Post, code: str = CODE) -> Person:
    with talk.store.begin() as tx:
        person = tx.people.by_handle(handle) or tx.people.add(
            handle=handle, name=f"Đồng chí {handle}", locale="vi"
        )
        until = talk.now + timedelta(days=7)
        tx.invitations.invite(person.id, post, tx.invitations.hash(code), until)
        return person


@pytest.fixture
def officer(nghe_an: Talk) -> Person:
    """A person invited as the officer of Kim Liên who has not joined yet."""
    return _invited(nghe_an, "hoa", _post(nghe_an, Role.OFFICER))


def _is_in(talk: Talk, address: str) -> bool:
    return talk.says(address, "menu") not in NOT_IN


def test_a_code_opens_after_its_owner_said_yes_and_not_before(
    nghe_an: Talk, officer: Person
) -> None:
    shown = nghe_an.says("phone", CODE)
    assert officer.name in shown
    assert "cán bộ nhập liệu, xã Kim Liên" in shown
    assert not _is_in(nghe_an, "phone")
    assert "Chào đồng chí" in nghe_an.says("phone", "đúng")
    assert _is_in(nghe_an, "phone")


def test_a_button_says_yes_as_the_word_does(nghe_an: Talk) -> None:
    reply = nghe_an.reply("phone", Joined(code=CODE))
    assert [one.key for one in reply.choices] == ["đúng", "không phải"]
    assert reply.menu is not None
    nghe_an.reply("phone", Tap(menu=reply.menu, choice="đúng"))
    assert _is_in(nghe_an, "phone")


def test_yes_means_nothing_where_no_code_was_shown(nghe_an: Talk) -> None:
    assert nghe_an.says("phone", "đúng") in NOT_IN
    nghe_an.says("phone", CODE)
    assert nghe_an.says("other", "đúng") in NOT_IN
    nghe_an.now += AT_THE_DOOR
    assert nghe_an.says("phone", "đúng") in NOT_IN
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    assert _is_in(nghe_an, "phone")


def test_of_two_who_hold_one_code_the_first_is_let_in(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("copy", CODE)
    nghe_an.says("phone", "đúng")
    assert nghe_an.says("copy", "đúng") in NOT_IN
    assert not _is_in(nghe_an, "copy")


def test_a_code_that_is_given_back_opens_for_nobody(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    assert "Mã này không dùng được nữa" in nghe_an.says("phone", "không phải")
    assert nghe_an.says("phone", CODE) in NOT_IN
    (notice,) = nghe_an.notices(ME)
    assert "đã đến nhầm người" in notice
    assert "mã hoa" in notice


def test_heads_and_administrators_are_told_and_nobody_else(nghe_an: Talk) -> None:
    with nghe_an.store.begin() as tx:
        province = tx.people.by_handle(ME)
        assert province is not None
        here, there = _post(nghe_an, Role.HEAD), _post(nghe_an, Role.HEAD, "Đại Huệ")
        for handle, post in (
            ("truong", here),
            ("truong-khac", there),
            ("giam-sat", Post(role=Role.SUPERVISOR, unit=province.posts[0].unit)),
        ):
            tx.people.add(handle=handle, name=handle, locale="vi", posts=(post,))
    for handle in ("truong", "truong-khac", "giam-sat"):
        nghe_an.let_in(handle)
    nghe_an.says("phone", CODE)
    assert nghe_an.notices(ME) == [], "nobody came in yet"
    nghe_an.says("phone", "đúng")
    for who in (ME, "truong"):
        (notice,) = nghe_an.notices(who)
        assert "cán bộ nhập liệu, xã Kim Liên" in notice
        assert "hủy vào M" in notice
    assert nghe_an.notices("truong-khac") == nghe_an.notices("giam-sat") == []


def _code_of(talk: Talk) -> str:
    return talk.notices(ME)[-1].rsplit("hủy vào ", 1)[1].strip("”. ")


def test_one_word_undoes_a_wrong_coming_in_and_keeps_what_was_done(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    code = _code_of(nghe_an)
    assert "không có lần vào nào" in nghe_an.says("phone", f"hủy vào {code}")
    assert f"Đã hủy lần vào {code}" in nghe_an.says(ME, f"huy vao {code.lower()}")
    assert nghe_an.says("phone", "menu") in NOT_IN
    assert nghe_an.says("phone", CODE) in NOT_IN
    assert "đã bị hủy trước đó" in nghe_an.says(ME, f"hủy vào {code}")
    with nghe_an.store.read() as tx:
        actions = [one.action for one in tx.audit.listing(person_id=None)]
        assert {"joined", "joining_undone"} <= set(actions)
    assert "Mã vào hệ thống" in nghe_an.says(ME, "mã hoa"), "the post waits for the right person"


def test_a_head_undoes_it_for_his_unit_and_the_administrator_hears(nghe_an: Talk) -> None:
    head = _post(nghe_an, Role.HEAD)
    with nghe_an.store.begin() as tx:
        tx.people.add(handle="truong", name="Trưởng", locale="vi", posts=(head,))
        other = _post(nghe_an, Role.HEAD, "Đại Huệ")
        tx.people.add(handle="truong-khac", name="Khác", locale="vi", posts=(other,))
    nghe_an.let_in("truong")
    nghe_an.let_in("truong-khac")
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    code = _code_of(nghe_an)
    assert "không có lần vào nào" in nghe_an.says("truong-khac", f"hủy vào {code}")
    assert "Đã hủy" in nghe_an.says("truong", f"hủy vào {code}")
    assert "Trưởng đã hủy lần vào" in nghe_an.notices(ME)[-1]


def test_a_second_post_by_code_is_undone_without_locking_the_person_out(
    nghe_an: Talk, officer: Person
) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    _invited(nghe_an, "hoa", _post(nghe_an, Role.OFFICER, "Đại Huệ"), "AAAAA-BBBBB")
    assert "xã Đại Huệ" in nghe_an.says("phone", "AAAAA-BBBBB")
    nghe_an.says("phone", "đúng")
    with nghe_an.store.read() as tx:
        person = tx.people.get(officer.id)
        assert person is not None
        assert len(person.posts) == 2
    nghe_an.says(ME, f"hủy vào {_code_of(nghe_an)}")
    assert _is_in(nghe_an, "phone")
    with nghe_an.store.read() as tx:
        person = tx.people.get(officer.id)
        assert person is not None
        assert [post.unit for post in person.posts] == [_post(nghe_an, Role.OFFICER).unit]


def test_who_is_in_cannot_use_anothers_code(nghe_an: Talk) -> None:
    assert "cấp cho người khác" in nghe_an.says(ME, CODE)
    assert "cấp cho người khác" not in nghe_an.says(ME, "đúng")
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    assert _is_in(nghe_an, "phone")


def test_tries_at_codes_are_limited(nghe_an: Talk, officer: Person) -> None:
    for _ in range(MOST_TRIES):
        assert nghe_an.says("phone", "AAAAAAAAAA") in NOT_IN
    assert nghe_an.says("phone", CODE) in NOT_IN
    nghe_an.later(hours=1)
    assert officer.name in nghe_an.says("phone", CODE)


def test_a_phone_that_was_only_unreachable_speaks_again(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    with nghe_an.store.begin() as tx:
        address = tx.addresses.lock("zalo", "", "phone")
        assert address is not None
        tx.addresses.retire(address.id, "blocked by the user", nghe_an.now)
    assert _is_in(nghe_an, "phone")


def test_a_locked_phone_does_not(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    nghe_an.let_in("hoa", channel="telegram", address="tele")
    said = nghe_an.says(ME, "khóa máy hoa")
    assert "02 nơi đang dùng" in said
    assert not _is_in(nghe_an, "phone")
    assert nghe_an.says("tele", "menu", channel="telegram") in NOT_IN


def test_replacing_keeps_the_work_and_moves_the_posts(nghe_an: Talk) -> None:
    nghe_an.says("phone", CODE)
    nghe_an.says("phone", "đúng")
    nghe_an.says(ME, "thay hoa: Phạm Văn Hùng")
    assert _is_in(nghe_an, "phone"), "nothing before the word"
    said = nghe_an.says(ME, "đồng ý")
    assert "Phạm Văn Hùng (tên ngắn hoa-2) đã thay" in said
    assert not _is_in(nghe_an, "phone")
    with nghe_an.store.read() as tx:
        old, new = tx.people.by_handle("hoa"), tx.people.by_handle("hoa-2")
        assert old is not None
        assert new is not None
        assert old.posts == ()
        assert new.posts == (_post(nghe_an, Role.OFFICER),)
    new_code = next(word for word in said.split() if len(word) == 11 and "-" in word)
    assert "Phạm Văn Hùng" in nghe_an.says("phone", new_code)


OLD = "BRTWDJHASS"


@pytest.mark.parametrize("channel", ["terminal", "web", "zalo", "telegram"])
@pytest.mark.parametrize(
    "typed",
    [
        "mã của tôi là BRTWD-JHASS.",
        "\u201cbrtwd\u2013jhass\u201d",
        "BRTWD\u00a0JHASS",
        "BR\u200bTWD\nJHASS",
        "ＢＲＴＷＤ－ＪＨＡＳＳ",
        "BRTƯD-JHÁ\u0301",
        "BRTƯD-JHAS",
        "mã brtưd jhas",
    ],
)
def test_an_old_code_opens_every_chat_as_the_keyboard_left_it(
    nghe_an: Talk, officer: Person, channel: str, typed: str
) -> None:
    _invited(nghe_an, "hoa", _post(nghe_an, Role.OFFICER), OLD)
    assert officer.name in nghe_an.reply("phone", Said(text=typed), channel=channel).text


@pytest.mark.parametrize("payload", ["BRTWD-JHASS", "brtwdjhass", "BRTƯD-JHAS"])
def test_an_old_code_opens_the_chat_in_a_link(nghe_an: Talk, officer: Person, payload: str) -> None:
    _invited(nghe_an, "hoa", _post(nghe_an, Role.OFFICER), OLD)
    shown = nghe_an.reply("phone", Joined(code=payload), channel="telegram")
    assert officer.name in shown.text


def test_a_text_of_many_readings_is_one_attempt(nghe_an: Talk, officer: Person) -> None:
    _invited(nghe_an, "hoa", _post(nghe_an, Role.OFFICER), OLD)
    for _ in range(MOST_TRIES):
        assert nghe_an.says("phone", "BRTƯD-JHAX") in NOT_IN
    assert nghe_an.says("phone", "BRTƯD-JHAS") in NOT_IN
    nghe_an.later(hours=1)
    assert officer.name in nghe_an.says("phone", "BRTƯD-JHAS")

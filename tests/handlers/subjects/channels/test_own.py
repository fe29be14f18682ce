"""One person on several channels: linking with a code, preferring, removing, undoing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.cards import saying
from domain.criteria import Sensitivity
from domain.messages import Joined, Lane, Outgoing, RecipeKind, Said
from domain.people import Person, Post, Role
from domain.units import Structure, UnitId
from handlers.ground.doors import Door, doors_of, set_doors
from handlers.ground.library import Library
from handlers.ground.linking import CODE_LIVES, MOST_CHANNELS
from handlers.ground.settings import set_ceiling, set_origin
from handlers.subjects.channels.own import DROPS_OLDER_AFTER
from handlers.subjects.joining.entering import MOST_TRIES
from storage import Store
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
STRANGER = "Đây là trợ lý tự động nội bộ"
TRA_VINH = UnitId(Structure.Y2021, "84")
DOORS = (
    Door(channel="web", link="https://antt.example.vn"),
    Door(channel="telegram", bot="", name="antt_bot", link="https://t.me/antt_bot"),
    Door(channel="zalo", bot="mot", name="Bot ANTT 1", holds=1),
    Door(channel="zalo", bot="hai", name="Bot ANTT 2", holds=1),
    Door(channel="mail"),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def talk(request: pytest.FixtureRequest, library: Library) -> Iterator[Talk]:
    """The officer of Mỹ Long Bắc in the middle of a checklist, on the web."""
    fixture = "demo_file" if request.param == "sqlite" else "demo_postgres"
    database: Path | str = request.getfixturevalue(fixture)
    with Store(str(database)) as store:
        with store.begin() as tx:
            for person in tx.people.all():
                for address in tx.addresses.of_person(person.id):
                    tx.addresses.retire(address.id, "test", NOW)
            set_doors(tx, DOORS)
            set_origin(tx, "https://antt.example.vn")
        talk = Talk(store=store, library=library, now=NOW)
        talk.let_in("can-bo", channel="web", address="phone")
        yield talk


def _says(talk: Talk, *texts: str) -> str:
    return talk.says("phone", *texts, channel="web")


def _code(talk: Talk) -> str:
    """A new code, made on the web."""
    said = _says(talk, "thêm kênh")
    return said.split("đồng chí: ", 1)[1][:11]


def _tele(talk: Talk, *texts: str, address: str = "tele") -> str:
    return talk.says(address, *texts, channel="telegram")


def _linked(talk: Talk) -> str:
    """Telegram linked; the code that undoes it."""
    _tele(talk, _code(talk))
    return talk.notices("phone", channel="web")[-1].rsplit("bỏ kênh ", 1)[1]


def _person(talk: Talk, handle: str = "can-bo") -> Person:
    with talk.store.read() as tx:
        person = tx.people.by_handle(handle)
    assert person is not None
    return person


def test_a_code_made_by_oneself_opens_another_channel_at_once(talk: Talk) -> None:
    code = _code(talk)
    assert STRANGER in _tele(talk, "menu")
    said = _tele(talk, code)
    assert "đã nối kênh Telegram" in said
    assert "Đồng chí cần việc gì?" in said
    assert "Câu 1/51" in _tele(talk, "làm tiếp")


def test_the_conversation_goes_on_at_the_open_question_and_digits_belong_to_it(talk: Talk) -> None:
    _says(talk, "sửa I.5.g", "2")
    said = _tele(talk, _code(talk))
    assert "Câu 25/51 · I.5.g" in said
    assert "Số vụ cháy năm 2024?" in said, "the answer given on the web is not asked again"
    assert "✅ I.5.g" in _tele(talk, "1")
    assert "I.5.g" not in _says(talk, "1").splitlines()[0], "the web's old question is stale"


def test_a_deep_link_brings_the_code_as_well(talk: Talk) -> None:
    code = _code(talk)
    reply = talk.reply("tele", Joined(code=code), channel="telegram")
    assert "đã nối kênh Telegram" in reply.text


def test_the_other_channels_are_told_and_one_word_undoes_it(talk: Talk) -> None:
    number = _linked(talk)
    (notice,) = talk.notices("phone", channel="web")
    assert "Kênh Telegram vừa được nối cho đồng chí lúc 08:00, 20/11/2024" in notice
    assert talk.notices("tele", channel="telegram") == [], "he knows it there"
    assert "Đã bỏ kênh Telegram" in _says(talk, f"huy kenh {number.lower()}")
    assert STRANGER in _tele(talk, "menu")
    assert "không có kênh nào mang mã" in _says(talk, f"hủy kênh {number}")
    with talk.store.read() as tx:
        actions = {one.action for one in tx.audit.listing(person_id=_person(talk).id)}
    assert {"channel_code", "channel_linked", "channel_dropped"} <= actions


def test_nobody_undoes_anothers_channel(talk: Talk) -> None:
    number = _linked(talk)
    talk.let_in("quan-tri", channel="web", address="quan-tri")
    for address in ("quan-tri", "nguoi-la"):
        said = talk.says(address, f"hủy kênh {number}", channel="web")
        assert "không có kênh nào mang mã" in said or STRANGER in said
    assert "cần việc gì" in _tele(talk, "menu")


def test_a_code_opens_once_for_a_quarter_of_an_hour_and_the_newest_only(talk: Talk) -> None:
    first = _code(talk)
    second = _code(talk)
    assert STRANGER in _tele(talk, first)
    _tele(talk, second)
    assert STRANGER in _tele(talk, second, address="other")
    third = _code(talk)
    talk.now += CODE_LIVES
    assert STRANGER in _tele(talk, third, address="other")


def test_a_stranger_cannot_make_codes_nor_try_many(talk: Talk) -> None:
    for text in ("thêm kênh", "kênh của tôi", "nhắc tôi qua Zalo", "thư a@b.vn", "bỏ kênh web"):
        assert _tele(talk, text).startswith(STRANGER)
    for _ in range(MOST_TRIES):
        _tele(talk, "AAAAA-AAAAA")
    code = _code(talk)
    assert STRANGER in _tele(talk, code), "tries are counted together with invitations"
    assert "đã nối" in _tele(talk, code, address="other"), "a refused code is not used up"


def test_a_code_in_the_wrong_place_is_explained_and_stays_good(talk: Talk) -> None:
    code = _code(talk)
    assert "không phải ở đây" in _says(talk, code)
    talk.let_in("chi-huy", channel="telegram", address="chief")
    assert "cấp cho người khác" in _tele(talk, code, address="chief")
    assert "đã nối" in _tele(talk, code)


def test_whoever_lost_his_posts_opens_nothing(talk: Talk) -> None:
    code, person = _code(talk), _person(talk)
    with talk.store.begin() as tx:
        for post in person.posts:
            tx.people.remove_post(person.id, post)
    assert STRANGER in _tele(talk, code)


def test_a_channel_that_the_province_switched_off_opens_to_nobody(talk: Talk) -> None:
    code = _code(talk)
    with talk.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "telegram", None)
    assert "Tỉnh không dùng kênh này" in _tele(talk, code)
    with talk.store.read() as tx:
        assert [one.channel for one in tx.addresses.of_person(_person(talk).id)] == ["web"]
    assert "Telegram" not in _says(talk, "thêm kênh")
    assert "chưa bật kênh này" in _says(talk, "thêm Telegram")


def test_what_to_do_is_said_for_each_channel_that_is_on(talk: Talk) -> None:
    reply = talk.reply("phone", Said(text="thêm kênh"), channel="web")
    code = reply.text.split("đồng chí: ", 1)[1][:11]
    assert f"https://t.me/antt_bot?start={code}" in reply.text
    assert "Zalo: tìm “Bot ANTT 1”" in reply.text
    assert "thư ten@" in reply.text
    assert "Trang web" not in reply.text, "he is there"
    assert reply.attachment is not None
    assert reply.attachment.kind is RecipeKind.LINK_QR
    assert dict(reply.attachment.figures) == {"link": f"https://t.me/antt_bot?start={code}"}
    only_zalo = talk.reply("phone", Said(text="thêm Zalo"), channel="web")
    assert "Telegram" not in only_zalo.text
    assert only_zalo.attachment is None


def test_people_spread_over_the_bots_of_a_channel_until_all_are_full(talk: Talk) -> None:
    for bot, handle, said in (
        ("mot", "giam-sat", "Bot ANTT 2"),
        ("hai", "tham-dinh", "đã đủ người dùng"),
    ):
        with talk.store.begin() as tx:
            person = tx.people.by_handle(handle)
            assert person is not None
            tx.addresses.link("zalo", bot, handle, person.id, NOW)
        assert said in _says(talk, "thêm Zalo")


def test_without_doors_there_is_nothing_to_add_but_the_web(talk: Talk) -> None:
    with talk.store.begin() as tx:
        set_doors(tx, ())
        assert [door.channel for door in doors_of(tx)] == ["web"]
    assert "tỉnh chưa bật kênh nào khác" in _says(talk, "liên kết")
    assert "chưa bật kênh này" in _says(talk, "thư ten@congan.example.vn")


def test_channels_are_listed_with_the_one_that_hears_first(talk: Talk) -> None:
    _linked(talk)
    said = _says(talk, "kênh của tôi")
    lines = [line for line in said.splitlines() if line[1:2].isdigit()]
    assert ["Trang web" in lines[0], "Telegram" in lines[1]] == [True, True]
    assert "kênh đang dùng" in lines[0]
    assert "gửi vào đây trước" in lines[1], "what was linked last hears first"
    assert "qua kênh trang web trước" in _says(talk, "nhắc qua web")
    lines = [line for line in _says(talk, "các kênh").splitlines() if line[1:2].isdigit()]
    assert "gửi vào đây trước" in lines[0]
    assert _person(talk).preferred == "web"


def test_only_a_channel_of_ones_own_can_be_preferred(talk: Talk) -> None:
    assert "chưa nối kênh Zalo" in _says(talk, "nhắc tôi qua zalo")
    assert _person(talk).preferred is None


def test_the_channel_one_speaks_from_stays_so_the_last_one_stays(talk: Talk) -> None:
    assert "không bỏ được ở đây" in _says(talk, "bỏ kênh web")
    assert "cần việc gì" in _says(talk, "menu")


def test_dropping_the_preferred_channel_prefers_none(talk: Talk) -> None:
    _linked(talk)
    _says(talk, "nhắc qua Telegram")
    assert "Đã bỏ kênh Telegram" in _says(talk, "bỏ kênh Telegram")
    assert _person(talk).preferred is None


def test_of_several_of_one_kind_the_code_says_which(talk: Talk) -> None:
    one = _linked(talk)
    _tele(talk, _code(talk), address="second")
    said = _says(talk, "bỏ kênh Telegram")
    assert one in said
    assert "Đã bỏ" in _says(talk, f"bỏ kênh {one}")
    assert "cần việc gì" in _tele(talk, "menu", address="second")


def test_a_new_channel_cannot_lock_its_owner_out_of_the_old_ones(talk: Talk) -> None:
    _linked_at = talk.now
    talk.later(minutes=1)
    _linked(talk)
    assert "mới nối nên chưa bỏ được" in _tele(talk, "bỏ kênh web")
    talk.now = _linked_at + timedelta(minutes=1) + DROPS_OLDER_AFTER
    assert "Đã bỏ kênh trang web" in _tele(talk, "bỏ kênh web")
    assert STRANGER in _says(talk, "menu")


def test_what_waited_at_a_dropped_channel_goes_to_the_next(talk: Talk) -> None:
    _linked(talk)
    with talk.store.begin() as tx:
        tele = tx.addresses.lock("telegram", "", "tele")
        assert tele is not None
        tx.outbox.queue(
            tele.id, Lane.NOTICE, Outgoing(cards=saying("nhắc N1")), NOW, once="remind:1"
        )
    _says(talk, "bỏ kênh Telegram")
    assert "nhắc N1" in talk.notices("phone", channel="web")


def test_nobody_links_channels_without_end(talk: Talk) -> None:
    for number in range(MOST_CHANNELS - 1):
        _tele(talk, _code(talk), address=f"tele-{number}")
    assert f"nhiều nhất {MOST_CHANNELS:02} kênh" in _says(talk, "thêm kênh")


def test_the_post_one_acts_as_goes_along(talk: Talk) -> None:
    other = Post(role=Role.SUPERVISOR, unit=TRA_VINH)
    with talk.store.begin() as tx:
        tx.people.add_post(_person(talk).id, other)
    assert "vai trò nào" in _says(talk, "menu")
    _says(talk, "2")
    said = _tele(talk, _code(talk))
    assert "cán bộ theo dõi" in said
    assert "vai trò nào" not in said


def test_ceilings_hold_on_the_next_channel(talk: Talk) -> None:
    assert "I.1.e" in _says(talk, "sửa I.1.e")
    with talk.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "telegram", Sensitivity.GREEN)
    said = _tele(talk, _code(talk))
    assert "I.1.e" not in said.splitlines()[2], "above what Telegram may carry here"
    assert "Câu 1/51 · I.1.a" in said

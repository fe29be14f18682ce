"""The whole conversation on Telegram, by polling and by webhook."""

from tests.channels.telegram.town import OFFICER, Town
from tests.telegram_server import Person


async def _let_in(town: Town) -> Person:
    """The officer after the deep link, with the duty confirmed."""
    officer = town.officer()
    await town.talk(officer, f"/start {town.code_for('can-bo')}")
    await town.tap(officer, "đúng")
    return officer


async def test_a_deep_link_shows_the_duty_and_lets_its_owner_in(town: Town) -> None:
    officer = town.officer()
    shown = await town.talk(officer, f"/start {town.code_for('can-bo')}")
    assert "Có đúng là đồng chí không?" in shown
    assert officer.last.labels == ["đúng", "không phải"]
    welcome = await town.tap(officer, "đúng")
    assert "Mỹ Long Bắc" in welcome
    assert any("bộ tiêu chí" in label.lower() for label in officer.last.labels)


async def test_taps_and_typed_answers_lead_through_the_checklist(town: Town) -> None:
    officer = await _let_in(town)
    question = await town.talk(officer, "/lamtiep")
    assert "Câu 1/51" in question
    after = await town.tap(officer, "Chưa có")
    assert after != question
    typed = await town.talk(officer, "bỏ qua")
    assert "I.1" in typed


async def test_a_tap_edits_the_question_in_place_and_is_acknowledged(town: Town) -> None:
    officer = await _let_in(town)
    await town.talk(officer, "/lamtiep")
    asked, count = officer.last, len(officer.sees)
    before = len(town.server.world.acknowledged)
    await town.tap(officer, "Chưa có")
    assert len(officer.sees) == count
    assert officer.last is asked
    assert asked.edited
    assert len(town.server.world.acknowledged) == before + 1


async def test_an_old_button_is_answered_and_the_open_question_shown_again(town: Town) -> None:
    officer = await _let_in(town)
    await town.talk(officer, "/lamtiep")
    old = officer.last
    data = old.rows[0][0]["callback_data"]
    await town.talk(officer, "chưa có")
    open_text, count = officer.last.text, len(officer.sees)
    officer.taps_data(data, old)
    await town.settle()
    assert len(officer.sees) == count + 1
    assert open_text.splitlines()[-1] in officer.last.text


async def test_two_taps_on_one_button_count_once(town: Town) -> None:
    officer = await _let_in(town)
    await town.talk(officer, "/lamtiep")
    officer.taps("Chưa có")
    officer.taps("Chưa có")
    await town.settle()
    with town.house.store.read() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        loaded = tx.assessments.load(person.posts[0].unit, person.id)
    assert loaded is not None
    assert sum(loaded.versions.values()) <= 1


async def test_a_stranger_gets_the_one_sentence_and_nothing_is_kept(town: Town) -> None:
    stranger = town.server.person(42, "Người lạ")
    answer = await town.talk(stranger, "xin chào")
    assert "mã" in answer
    with town.house.store.read() as tx:
        assert tx.outbox.keyboards("telegram", "", "42") == ()
        assert tx.outbox.waiting() == 0


async def test_the_command_menu_follows_the_persons_posts(town: Town) -> None:
    officer = await _let_in(town)
    await town.server.world.until(lambda: bool(officer.chat.commands))
    shown = [one["command"] for one in officer.chat.commands]
    assert shown == ["menu", "lamtiep", "ketqua", "han", "ngonngu", "help"]
    await town.server.world.until(lambda: len(town.server.world.commands) == 2)
    assert set(town.server.world.commands) == {"all_private_chats:", "all_private_chats:en"}


async def test_a_group_gets_one_sentence_and_then_silence(town: Town) -> None:
    group = town.server.group(-1001)
    member = Person(town.server.world, group, 77, "Ai đó")
    for text in ("chào bot", "/start ABCDEFGHIJ", "nữa"):
        member.says(text)
        await town.settle()
    assert len(member.sees) == 1
    assert "riêng" in member.sees[0]


async def test_who_blocks_the_bot_is_retired_at_once_and_back_with_his_return(town: Town) -> None:
    officer = await _let_in(town)
    officer.blocks()
    await town.server.all_taken()
    assert _retired(town)
    officer.unblocks()
    await town.server.all_taken()
    assert not _retired(town)


def _retired(town: Town) -> bool:
    with town.house.store.read() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        return not any(one.channel == "telegram" for one in tx.addresses.of_person(person.id))


async def test_files_are_not_taken_and_said_so(town: Town) -> None:
    officer = await _let_in(town)
    officer.sends("document", {"file_id": "1", "file_unique_id": "1", "file_size": 12})
    await town.settle()
    assert "chưa nhận tệp" in officer.last.text


async def test_the_bot_knows_its_name_for_links(town: Town) -> None:
    await town.server.world.until(lambda: len(town.server.world.commands) == 2)
    assert town.telegram.username == "antt_test_bot"


async def test_a_notice_goes_where_the_person_is(town: Town) -> None:
    officer = town.officer()
    town.link("can-bo", OFFICER)
    town.notify(OFFICER, "Còn 3 ngày đến hạn.")
    await town.settle()
    assert officer.sees == ["Còn 3 ngày đến hạn."]

"""Sessions, codes and marks of the web chat, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import Store, WebSession, token_hash

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
IDLE, LIFETIME = timedelta(days=2), timedelta(days=5)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.fixture
def person_id(store: Store) -> int:
    with store.begin() as tx:
        return tx.people.add(handle="can-bo", name="Cán bộ", locale="vi").id


def _start(store: Store, person_id: int, token: str, now: datetime = NOW) -> WebSession:
    with store.begin() as tx:
        return tx.web.start_session(
            token_hash(token),
            person_id=person_id,
            device="Chrome · Android",
            now=now,
            idle=IDLE,
            lifetime=LIFETIME,
            most=3,
        )


def _runs(store: Store, token: str, now: datetime) -> bool:
    with store.read() as tx:
        return tx.web.session(token_hash(token), now) is not None


def test_a_session_is_found_by_its_token_and_as_it_was_started(
    store: Store, person_id: int
) -> None:
    started = _start(store, person_id, "a")
    with store.read() as tx:
        assert tx.web.session(token_hash("a"), NOW) == started
        assert tx.web.session(token_hash("b"), NOW) is None


def test_a_session_ends_when_unused(store: Store, person_id: int) -> None:
    _start(store, person_id, "a")
    assert _runs(store, "a", NOW + IDLE - timedelta(seconds=1))
    assert not _runs(store, "a", NOW + IDLE)


def test_use_prolongs_a_session_but_not_beyond_its_lifetime(store: Store, person_id: int) -> None:
    session = _start(store, person_id, "a")
    for day in (1, 2, 3, 4):
        with store.begin() as tx:
            tx.web.touch(session, NOW + timedelta(days=day), IDLE)
    assert _runs(store, "a", NOW + LIFETIME - timedelta(seconds=1))
    assert not _runs(store, "a", NOW + LIFETIME)


def test_only_its_owner_ends_a_session_and_only_once(store: Store, person_id: int) -> None:
    session = _start(store, person_id, "a")
    with store.begin() as tx:
        assert not tx.web.end_session(person_id + 1, session.id)
        assert tx.web.end_session(person_id, session.id)
        assert not tx.web.end_session(person_id, session.id)
    assert not _runs(store, "a", NOW)


def test_one_session_too_many_ends_the_least_recently_used(store: Store, person_id: int) -> None:
    for minute, token in enumerate("abcd"):
        _start(store, person_id, token, NOW + timedelta(minutes=minute))
    assert [_runs(store, token, NOW + timedelta(hours=1)) for token in "abcd"] == [
        False,
        True,
        True,
        True,
    ]


def test_a_code_opens_once_and_in_time(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        tx.web.add_code("ABCDE-FGHIJ", person_id=person_id, expires_at=NOW)
        assert tx.web.use_code("ABCDE-FGHIJ", NOW) is None
        assert tx.web.use_code("abcdefghij", NOW - timedelta(seconds=1)) == person_id
        assert tx.web.use_code("abcdefghij", NOW - timedelta(seconds=1)) is None


def test_a_new_code_takes_the_place_of_the_one_before(store: Store, person_id: int) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as tx:
        tx.web.add_code("AAAAA-AAAAA", person_id=person_id, expires_at=later)
        tx.web.add_code("BBBBB-BBBBB", person_id=person_id, expires_at=later)
        assert tx.web.use_code("AAAAA-AAAAA", NOW) is None
        assert tx.web.use_code("BBBBB-BBBBB", NOW) == person_id


def test_ending_all_leaves_neither_session_nor_code(store: Store, person_id: int) -> None:
    _start(store, person_id, "a")
    _start(store, person_id, "b")
    with store.begin() as tx:
        tx.web.add_code("AAAAA-AAAAA", person_id=person_id, expires_at=NOW + LIFETIME)
        assert tx.web.end_all(person_id) == 2
        assert tx.web.use_code("AAAAA-AAAAA", NOW) is None
        assert tx.web.sessions(person_id, NOW) == ()


def test_positions_are_those_of_addresses_in_use(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        address = tx.addresses.link("web", "", str(person_id), person_id, NOW)
        tx.addresses.link("telegram", "", "99", person_id, NOW)
        assert tx.web.positions((person_id, 999)) == {person_id: 0}
        tx.outbox.echo(address.id, "chào", NOW)
        assert tx.web.positions(range(1_200)) == {person_id: 1}
        tx.addresses.retire(address.id, "test", NOW)
        assert tx.web.positions((person_id,)) == {}
        assert tx.web.address_id(person_id) is None


def test_marks_are_for_the_messages_named_and_are_set_once(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        address_id = tx.addresses.link("web", "", str(person_id), person_id, NOW).id
        for text in "abc":
            tx.outbox.queue(address_id, Lane.NOTICE, Outgoing(cards=saying(text)), NOW)
        tx.outbox.sent_all(tx.outbox.take_for(address_id, NOW), NOW)
        assert tx.web.mark_seen(address_id, (1, 3, 9), NOW) == 2
        assert tx.web.mark_seen(address_id, (1, 2), NOW + IDLE) == 1
        seen = [one.seen_at for one in tx.outbox.history(address_id)]
    assert seen == [NOW, NOW + IDLE, NOW]


def test_tidying_forgets_only_what_is_over(store: Store, person_id: int) -> None:
    _start(store, person_id, "old")
    _start(store, person_id, "new", NOW + IDLE)
    with store.begin() as tx:
        tx.web.add_code("AAAAA-AAAAA", person_id=person_id, expires_at=NOW)
        assert tx.web.tidy(NOW + IDLE) == 2
        assert len(tx.web.sessions(person_id, NOW + IDLE)) == 1

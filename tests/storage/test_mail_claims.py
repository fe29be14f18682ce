"""Mail addresses that wait for their code, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage import MailClaim, Store

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)
MOST = 5


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.fixture
def person_id(store: Store) -> int:
    with store.begin() as tx:
        person = tx.people.add(handle="can-bo", name="Cán bộ", locale="vi")
        tx.mail_claims.claim(person.id, "a@b.vn", "ABCDE-FGH23", UNTIL)
        return person.id


def _use(store: Store, person_id: int, code: str, now: datetime = NOW) -> str | None:
    with store.begin() as tx:
        return tx.mail_claims.use(person_id, code, now, most_tries=MOST)


def test_the_code_proves_the_address_once_however_it_is_typed(store: Store, person_id: int) -> None:
    assert _use(store, person_id, "abcde fgh23") == "a@b.vn"
    assert _use(store, person_id, "ABCDE-FGH23") is None


def test_a_claim_is_open_for_its_time(store: Store, person_id: int) -> None:
    with store.read() as tx:
        assert tx.mail_claims.open(person_id, NOW) == MailClaim(
            address="a@b.vn", expires_at=UNTIL, tries=0
        )
        assert tx.mail_claims.open(person_id, UNTIL) is None
    assert _use(store, person_id, "ABCDE-FGH23", UNTIL) is None


def test_after_too_many_wrong_codes_the_right_one_is_wrong(store: Store, person_id: int) -> None:
    for _ in range(MOST):
        assert _use(store, person_id, "AAAAA-AAAAA") is None
    assert _use(store, person_id, "ABCDE-FGH23") is None


def test_another_persons_code_proves_nothing(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        other = tx.people.add(handle="nguoi-la", name="Người lạ", locale="vi")
    assert _use(store, other.id, "ABCDE-FGH23") is None
    assert _use(store, person_id, "ABCDE-FGH23") == "a@b.vn"


def test_a_new_claim_takes_the_place_of_the_one_before(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        tx.mail_claims.claim(person_id, "c@d.vn", "BBBBB-BBBBB", UNTIL)
    assert _use(store, person_id, "ABCDE-FGH23") is None
    assert _use(store, person_id, "BBBBB-BBBBB") == "c@d.vn"


def test_what_is_over_is_forgotten(store: Store, person_id: int) -> None:
    with store.begin() as tx:
        assert tx.mail_claims.tidy(NOW) == 0
        assert tx.mail_claims.tidy(UNTIL) == 1
        assert tx.mail_claims.open(person_id, NOW) is None

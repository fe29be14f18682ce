"""Concurrency: one answer wins, each message is sent once and in order, duties come due once."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from typing import TypeVar

import pytest

from domain.answers import Answer, FieldName
from domain.cards import saying
from domain.messages import Lane, Outgoing
from domain.people import Post, Role
from storage import Conflict, Store
from tests.storage.test_plans import DUE, REPORT
from tests.storage.world import COMMUNE, NOW, PROVINCE, World

OFFICERS = 8
SENDERS = 3
ADDRESSES = 5
MESSAGES = 6

Result = TypeVar("Result")


def _at_once(task: Callable[[int], Result], many: int) -> list[Result]:
    """The results of `many` threads that began the task, each with its number, at the same
    moment.
    """
    start = threading.Barrier(many)

    def run(number: int) -> Result:
        start.wait(timeout=10)
        return task(number)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


@pytest.fixture
def processes(store: Store) -> Iterator[list[Store]]:
    """Stores with their own connections, like separate processes."""
    with ExitStack() as stack:
        yield [stack.enter_context(Store(store.url)) for _ in range(SENDERS)]


def test_of_eight_answers_to_one_question_exactly_one_wins(store: Store, world: World) -> None:
    def answer(number: int) -> bool:
        given = Answer().adding(FieldName.COUNT, number)
        try:
            with store.begin() as tx:
                tx.assessments.save_answer(world.assessment, "I.5.b", given, world.officer.id, NOW)
        except Conflict:
            return False
        return True

    won = _at_once(answer, OFFICERS)
    assert won.count(True) == 1
    with store.read() as tx:
        assert tx.assessments.answers(world.assessment.id) == {
            "I.5.b": Answer().adding(FieldName.COUNT, won.index(True))
        }
        after = tx.assessments.get(world.assessment.id)
        assert after is not None
        assert after.version == world.assessment.version + 1
        assert len(tx.assessments.history(after.id, "I.5.b")) == 1


def test_losers_that_load_again_all_get_through(store: Store, world: World) -> None:
    def insist(number: int) -> int:
        for tries in range(1, OFFICERS * 4):
            try:
                with store.begin() as tx:
                    now = tx.assessments.get(world.assessment.id)
                    assert now is not None
                    given = Answer().adding(FieldName.COUNT, number)
                    tx.assessments.save_answer(now, "I.5.b", given, world.officer.id, NOW)
            except Conflict:
                continue
            return tries
        return 0

    assert all(_at_once(insist, OFFICERS))
    with store.read() as tx:
        versions = tx.assessments.history(world.assessment.id, "I.5.b")
    assert [one.version for one in versions] == list(range(1, OFFICERS + 1))
    assert [one.superseded_at is None for one in versions] == [False] * (OFFICERS - 1) + [True]


def test_a_delivery_that_comes_eight_times_at_once_is_handled_once(store: Store) -> None:
    def deliver(_number: int) -> bool:
        with store.begin() as tx:
            return tx.inbox.record("telegram", "bot", "17", NOW)

    assert _at_once(deliver, OFFICERS).count(True) == 1


def test_a_code_opens_for_one_of_eight(store: Store, world: World) -> None:
    with store.begin() as tx:
        post = Post(role=Role.OFFICER, unit=COMMUNE)
        hashed = tx.invitations.hash("ABCDEFGHIJ")
        invitation = tx.invitations.invite(world.stranger.id, post, hashed, NOW + timedelta(days=1))

    def use(_number: int) -> bool:
        with store.begin() as tx:
            return tx.invitations.use(invitation, NOW)

    assert _at_once(use, OFFICERS).count(True) == 1


def test_an_address_linked_by_several_at_once_is_one_persons(store: Store, world: World) -> None:
    people = (world.officer, world.colleague, world.head)

    def link(number: int) -> bool:
        try:
            with store.begin() as tx:
                tx.addresses.link("web", "", "new", people[number].id, NOW)
        except Conflict:
            return False
        return True

    assert any(_at_once(link, len(people)))
    with store.read() as tx:
        in_use = tx.addresses.of_people(person.id for person in people)
    assert len([one for one in in_use if one.address == "new"]) == 1


def test_three_senders_send_each_message_once_and_in_order(
    store: Store, world: World, processes: list[Store]
) -> None:
    with store.begin() as tx:
        addresses = [
            tx.addresses.link("web", "", str(number), world.officer.id, NOW)
            for number in range(ADDRESSES)
        ]
        for number in range(MESSAGES):
            for address in addresses:
                for lane in Lane:
                    tx.outbox.queue(address.id, lane, Outgoing(cards=saying(str(number))), NOW)
    shown: dict[tuple[int, Lane], list[str]] = defaultdict(list)
    noting = threading.Lock()

    def send(number: int) -> int:
        sent = 0
        while True:
            with processes[number].begin() as tx:
                claimed = tx.outbox.claim(NOW, 2)
                if not claimed and not tx.outbox.waiting():
                    return sent
            for leased in claimed:
                with noting:
                    shown[leased.address.id, leased.lane].append(leased.outgoing.text)
                with processes[number].begin() as tx:
                    tx.outbox.sent(leased, NOW)
                sent += 1

    total = sum(_at_once(send, SENDERS))
    assert total == ADDRESSES * MESSAGES * len(Lane)
    in_order = [str(number) for number in range(MESSAGES)]
    assert shown == {(one.id, lane): in_order for one in addresses for lane in Lane}
    with store.read() as tx:
        for address in addresses:
            positions = [one.position for one in tx.outbox.history(address.id)]
            assert positions == list(range(1, MESSAGES * len(Lane) + 1))


def test_three_tickers_take_each_duty_once(
    store: Store, world: World, processes: list[Store]
) -> None:
    with store.begin() as tx:
        person = world.administrator.id
        for year in range(2027, 2037):
            tx.plans.confirm(PROVINCE, "tra-vinh", year, [REPORT], person_id=person, now=NOW)

    def tick(number: int) -> list[int]:
        taken: list[int] = []
        while True:
            with processes[number].begin() as tx:
                due = tx.plans.occurrences_due(DUE, 3)
                tx.plans.set_next({one.id: None for one in due})
            if not due:
                return taken
            taken += [one.id for one in due]

    taken = [one for part in _at_once(tick, SENDERS) for one in part]
    assert len(taken) == len(set(taken)) == 10 * len(REPORT.units)

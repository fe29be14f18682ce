"""A person who does not open the web chat gets a reminder by mail: conversation, tick, delivery,
SMTP.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.channels.mail import MailChannel, MailCodeChannel
from bot.channels.web import WebChannel
from bot.clock import FixedClock
from bot.compose import House
from bot.turns import Handled
from domain.deadlines import VIETNAM, duties_between
from domain.messages import Incoming, Lane, Said
from domain.units import Structure, UnitId
from handlers.ground.doors import Door, set_doors
from handlers.ground.library import Library
from handlers.ground.settings import set_origin
from packs import load_pack
from packs.holidays import work_calendar
from scheduling.channel import Channel
from scheduling.tick import tick
from storage import PlannedDuty, Store
from tests.channels.mail.post_office import PostOffice, post_office

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
ORIGIN = "https://antt.example.vn"
MAILBOX = "can-bo@congan.example.vn"
MONDAY = datetime(2024, 11, 18, 16, 0, tzinfo=VIETNAM)
REMINDED = datetime(2024, 11, 19, 7, 30, tzinfo=VIETNAM)
NEXT_DAY = datetime(2024, 11, 20, 7, 30, tzinfo=VIETNAM)


@dataclass
class Town:
    """One officer with the web chat and a mailbox; only the clock is simulated."""

    house: House
    clock: FixedClock
    office: PostOffice
    numbers: "count[int]"

    async def says(self, text: str) -> str:
        """Send this; returns the reply on the web."""
        incoming = Incoming(
            channel="web",
            address=str(self.person_id),
            delivery_id=f"d-{next(self.numbers)}",
            at=self.clock.now(),
            content=Said(text=text),
        )
        assert isinstance(await self.house.turns.take(incoming), Handled)
        await self.house.deliverer.once()
        return self.on_the_web(Lane.REPLY)[-1]

    def on_the_web(self, lane: Lane) -> list[str]:
        """The messages in the officer's web chat."""
        with self.house.store.read() as tx:
            address = tx.web.address_id(self.person_id)
            assert address is not None
            return [
                one.outgoing.text
                for one in tx.outbox.history(address)
                if one.lane is lane and one.author.value == "us"
            ]

    async def tick(self, at: datetime) -> None:
        """Set the clock to this moment."""
        self.clock.at = at
        tick(self.house.store, self.house.library, at)
        # A message that one channel gives up moves to another: each round runs every channel once.
        for _ in self.house.deliverer.channels:
            await self.house.deliverer.once()

    @property
    def person_id(self) -> int:
        """The officer."""
        with self.house.store.read() as tx:
            person = tx.people.by_handle("can-bo")
        assert person is not None
        return person.id


@pytest.fixture
async def town(demo_file: Path) -> AsyncIterator[Town]:
    clock = FixedClock(MONDAY)
    store = Store(str(demo_file))
    with store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        for address in tx.addresses.of_person(person.id):
            tx.addresses.retire(address.id, "test", MONDAY)
        tx.addresses.link("web", "", str(person.id), person.id, MONDAY)
        set_doors(tx, (Door(channel="web", link=ORIGIN), Door(channel="mail")))
        set_origin(tx, ORIGIN)
        _plan(tx.plans.confirm, tx.people.by_handle("quan-tri"))
    async with post_office() as office:
        mail = MailChannel(office.settings(), clock.now)
        everything: tuple[Channel, ...] = (WebChannel(), mail, MailCodeChannel(mail))
        channels = {one.name: one for one in everything}
        with House.build(store, clock, channels, Library()) as house:
            yield Town(house=house, clock=clock, office=office, numbers=count(1))


def _plan(confirm: object, administrator: object) -> None:
    """One duty of Mỹ Long Bắc in 2024, whose first reminder is sent on 19/11."""
    found = duties_between(
        load_pack("tra-vinh-1672-2022").document,
        date(2024, 1, 1),
        date(2024, 12, 31),
        work_calendar(2023, 2025),
    )
    duty = next(one for one in found if one.obligation.id == "O-TV-3")
    planned = PlannedDuty(
        obligation_id=duty.obligation.id,
        clause=duty.obligation.clause,
        what=duty.obligation.what,
        verbatim=duty.obligation.verbatim,
        to_whom=duty.obligation.to_whom,
        limits=duty.limits,
        stages=duty.stages,
        units=(MY_LONG_BAC,),
        trace=duty.obligation.who,
        next_at=duty.stages[0].at,
    )
    confirm(  # type: ignore[operator]
        administrator.posts[0].unit,  # type: ignore[attr-defined]
        "tra-vinh-1672-2022",
        2024,
        [planned],
        person_id=administrator.id,  # type: ignore[attr-defined]
        now=MONDAY,
    )


async def _link_mail(town: Town) -> None:
    """The code arrives by mail; the person types it on the web."""
    assert MAILBOX in await town.says(f"thư {MAILBOX}")
    (mail,) = town.office.mails
    assert mail["To"] == MAILBOX
    body = mail.get_content()
    code = next(word for word in body.split() if len(word) == 11 and word[5] == "-")
    assert "Đã nối thư" in await town.says(f"mã {code}")


async def test_a_reminder_that_nobody_opened_is_told_by_mail_once(town: Town) -> None:
    await _link_mail(town)
    await town.tick(REMINDED)
    assert "Nhắc việc N1" in town.on_the_web(Lane.NOTICE)[-1]
    assert len(town.office.mails) == 1, "he hears of it on the web first"
    for minute in (0, 1, 2):
        await town.tick(NEXT_DAY.replace(minute=30 + minute))
    _, told = town.office.mails
    assert told["To"] == MAILBOX
    assert ORIGIN in told.get_content()
    for secret in ("N1", "Diễn đàn", "Mỹ Long Bắc"):
        assert secret not in str(told)
        assert secret not in told.get_content()
    with town.house.store.read() as tx:
        (mailbox,) = [
            one for one in tx.addresses.of_person(town.person_id) if one.channel == "mail"
        ]
        assert tx.outbox.waiting(mailbox.id) == 0


async def test_a_reminder_that_was_seen_is_not_told_again(town: Town) -> None:
    await _link_mail(town)
    await town.tick(REMINDED)
    with town.house.store.begin() as tx:
        address = tx.web.address_id(town.person_id)
        assert address is not None
        last = tx.outbox.history(address)[-1].position
        assert last is not None
        tx.web.mark_seen(address, [last], REMINDED)
    await town.tick(NEXT_DAY)
    assert len(town.office.mails) == 1


async def test_a_mailbox_that_is_gone_retires_only_itself_and_replies_never_go_there(
    town: Town,
) -> None:
    await _link_mail(town)
    await town.says("nhắc qua thư")
    town.office.at_recipient = "550 5.1.1 no such user"
    await town.tick(REMINDED)
    assert "Nhắc việc N1" in town.on_the_web(Lane.NOTICE)[-1], "it went on to the next channel"
    with town.house.store.read() as tx:
        left = [one.channel for one in tx.addresses.of_person(town.person_id)]
    assert left == ["web"]
    assert "Việc phải nộp" in await town.says("hạn")
    assert len(town.office.mails) == 1, "the code's; no reply"

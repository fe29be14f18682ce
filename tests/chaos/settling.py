"""A database with empty checklists, people on both services, and a writer of notices."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bot.clock import Clock
from domain.cards import saying
from domain.messages import Lane, Outgoing
from domain.people import Post, Role
from domain.units import Structure, UnitId, UnitKind
from handlers.ground.settings import set_documents
from packs import criteria_to_json, load_pack
from packs.units import load_units
from storage import Store, ToQueue, Unavailable, migrate
from tests.chaos.folk import NOTICE, Officer, OnTelegram, OnZalo
from tests.chaos.servers import Telegram, TroubledBot, Zalo
from tests.zalo_server import Human

PROVINCE: Final = UnitId(Structure.Y2021, "84")
PACK: Final = "tra-vinh-1672-2022"
YEAR: Final = 2024
BUSY_S: Final = 0.5
"""Delay before a retry after the database was too busy."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A person's address, and their id on that service."""

    id: int
    handle: str
    chat: str


def settle(
    database: Path,
    telegram: Telegram,
    zalo: Zalo,
    bots: dict[str, TroubledBot],
    *,
    each: int,
    dice: Random,
    clock: Clock,
) -> tuple[list[Officer], list[Place]]:
    """This many officers on Telegram and on each Zalo bot, each in their own commune."""
    migrate(str(database))
    phones: list[tuple[str, str, str, OnTelegram | OnZalo]] = []
    for number in range(each):
        person = telegram.person(5_000_000 + number)
        there = OnTelegram(person=person, dice=Random(dice.random()))
        phones.append(("telegram", "", str(person.number), there))
    for name, bot in bots.items():
        for number in range(each):
            human = _with_zalo(zalo, bot, f"{name}-{number}")
            phones.append(("zalo", name, human.chat_id, OnZalo(human=human)))
    officers, places = [], []
    with Store(str(database)) as store, store.begin() as tx:
        now = clock.now()
        # A program may be given its time on a demo only.
        tx.about.mark_demo()
        book = load_units(Structure.Y2021)
        communes = [one for one in book.communes("84") if one.kind is UnitKind.COMMUNE]
        tx.units.add_many((book.get(PROVINCE), *book.districts("84"), *book.communes("84")))
        set_documents(tx, PROVINCE, (PACK,))
        criteria = load_pack(PACK).criteria
        assert criteria is not None
        tx.sets.stamp(criteria.id, criteria.content_hash, criteria_to_json(criteria), now)
        for unit, (channel, bot_name, chat, phone) in zip(communes, phones, strict=False):
            handle = f"{channel}-{chat}"
            tx.assessments.open(unit.id, criteria.id, criteria.content_hash, YEAR, now)
            post = Post(role=Role.OFFICER, unit=unit.id)
            someone = tx.people.add(handle=handle, name=handle, locale="vi", posts=(post,))
            address = tx.addresses.link(channel, bot_name, chat, someone.id, now)
            officers.append(Officer(handle=handle, phone=phone, dice=Random(dice.random())))
            places.append(Place(id=address.id, handle=handle, chat=chat))
    return officers, places


def _with_zalo(zalo: Zalo, bot: TroubledBot, name: str) -> Human:
    human = zalo.human(bot, name)
    bot.known_chats.add(human.chat_id)
    return human


async def writes(database: Path, places: list[Place], dice: Random, clock: Clock) -> None:
    """Notices from another process, numbered for each address, until cancelled."""
    numbers = dict.fromkeys(places, 0)
    with Store(str(database)) as store:
        while True:
            await asyncio.sleep(dice.expovariate(1 / 2))
            some = dice.sample(places, dice.randint(1, 3))
            for place in some:
                numbers[place] += 1
            queued = [
                ToQueue(
                    address_id=place.id,
                    lane=Lane.NOTICE,
                    outgoing=Outgoing(
                        cards=saying(f"{NOTICE}{numbers[place]} gửi {place.handle}.")
                    ),
                )
                for place in some
            ]
            while not _are_queued(store, queued, clock):  # noqa: ASYNC110  another process has it
                await asyncio.sleep(BUSY_S)


def _are_queued(store: Store, queued: list[ToQueue], clock: Clock) -> bool:
    """Whether they were queued; on a busy machine the others may lock the database for too long."""
    try:
        with store.begin() as tx:
            tx.outbox.queue_many(queued, clock.now())
    except Unavailable:
        return False
    return True

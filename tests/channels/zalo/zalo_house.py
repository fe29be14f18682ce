"""The whole assistant with Zalo as its only channel, on a demo database and a mock Zalo."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import aiohttp

from bot.channels.zalo import Bot, Front, Mode, Zalo, ZaloSettings
from bot.channels.zalo.polling import Poller
from bot.clock import FixedClock
from bot.compose import House
from bot.hooks import HooksServer
from bot.hooks_settings import HooksSettings
from domain.deadlines import duties_between
from domain.people import Post, Role
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from packs import load_pack
from packs.holidays import work_calendar
from scheduling.channel import Rates
from scheduling.tick import tick
from storage import Store
from tests.conversations.player import _planned as planned
from tests.zalo_server import BotState, Human, ZaloServer

PUBLIC = "https://antt.example.vn"
SECRET = "a-secret-of-the-webhook"
MY_LONG_BAC = UnitId(Structure.Y2021, "29422")


@dataclass(kw_only=True)
class ZaloHouse:
    """The parts that tests run step by step: only the webhook's listener runs by itself."""

    server: ZaloServer
    house: House
    front: Front
    clock: FixedClock
    pollers: dict[str, Poller]

    @property
    def settings(self) -> ZaloSettings:
        return self.front.zalo.settings

    async def comes_in(self) -> None:
        """Fetch everything that waits at Zalo, and send the replies."""
        for poller in self.pollers.values():
            while self.bot(poller.bot).waiting:
                await poller.once()
        await self.goes_out()

    async def goes_out(self) -> int:
        """Send everything that is due."""
        return await self.house.deliverer.once()

    async def says(self, human: Human, *texts: str) -> str:
        """The replies after the last of these texts."""
        for text in texts:
            human.sees_now()
            await human.says(text)
            await self.comes_in()
        return "\n\n".join(human.sees_now())

    def bot(self, name: str) -> BotState:
        """The server's side of one of our bots."""
        bot = self.settings.bot(name)
        assert bot is not None
        return self.server.bots[bot.token]

    def human(self, name: str = "Ba", *, bot: str = "chinh") -> Human:
        """A person with a telephone."""
        return self.server.human(self.bot(bot), name)

    def link(self, human: Human, handle: str, *, bot: str = "chinh") -> None:
        """Link the person with this short name to this telephone."""
        human.bot.known_chats.add(human.chat_id)
        with self.house.store.begin() as tx:
            person = tx.people.by_handle(handle)
            assert person is not None
            tx.addresses.link("zalo", bot, human.chat_id, person.id, self.clock.now())

    def invite(self, handle: str, code: str) -> None:
        """Invite a new person as officer of xã Mỹ Long Bắc."""
        post = Post(role=Role.OFFICER, unit=MY_LONG_BAC)
        with self.house.store.begin() as tx:
            known = tx.people.by_handle(handle)
            person = known or tx.people.add(handle=handle, name="Lê Văn Năm", locale="vi")
            expires = self.clock.now() + timedelta(days=7)
            tx.invitations.invite(person.id, post, tx.invitations.hash(code), expires)

    def plan(self) -> None:
        """The province's administrator confirms one duty of the year for xã Mỹ Long Bắc."""
        document, now = "tra-vinh-1672-2022", self.clock.now()
        days = date(now.year, 1, 1), date(now.year, 12, 31)
        calendar = work_calendar(now.year - 1, now.year + 1)
        found = duties_between(load_pack(document).document, *days, calendar)
        with self.house.store.begin() as tx:
            administrator = tx.people.by_handle("quan-tri")
            assert administrator is not None
            tx.plans.confirm(
                administrator.posts[0].unit,
                document,
                now.year,
                [planned(duty) for duty in found if duty.obligation.id == "O-TV-3"],
                person_id=administrator.id,
                now=now,
            )

    def tick(self) -> None:
        """Queue the messages that are due by now."""
        tick(self.house.store, self.house.library, self.clock.now())

    def addresses(self) -> list[tuple[str, str]]:
        """(bot, chat) of every person on Zalo."""
        with self.house.store.read() as tx:
            people = [person.id for person in tx.people.all()]
            found = tx.addresses.of_people(people)
        return [(one.bot, one.address) for one in found if one.channel == "zalo"]


@contextlib.asynccontextmanager
async def zalo_house(
    server: ZaloServer,
    store: Store,
    clock: FixedClock,
    library: Library,
    *,
    mode: Mode = Mode.POLLING,
    bots: tuple[str, ...] = ("chinh",),
    users: int = 50,
    monthly: int = 3_000,
) -> AsyncIterator[ZaloHouse]:
    """An assistant over an open store; with webhooks it listens and is registered at Zalo."""
    ours = tuple(Bot(name=name, token=f"47110081508{at}:{name}") for at, name in enumerate(bots))
    for bot in ours:
        server.bot(bot.token, bot.name)
    settings = ZaloSettings(
        bots=ours,
        mode=mode,
        secret=SECRET if mode is Mode.WEBHOOK else "",
        api=server.base,
        users=users,
        monthly=monthly,
        public_url=PUBLIC if mode is Mode.WEBHOOK else None,
    )
    zalo = Zalo.of(settings)
    # Delivery keeps the rate limit and has its own tests; these tests do not wait.
    zalo.channel.rates = Rates(a_month=monthly)
    house = House.build(store, clock, {zalo.channel.name: zalo.channel}, library)
    front = zalo.front(house)
    await front.intake.take_up()
    made = ZaloHouse(server=server, house=house, front=front, clock=clock, pollers={})
    try:
        async with _listening(made) if mode is Mode.WEBHOOK else _polling(made):
            yield made
    finally:
        await front.close()
        house.worker.close()


@contextlib.asynccontextmanager
async def _polling(made: ZaloHouse) -> AsyncIterator[None]:
    made.pollers = {poller.bot: replace(poller, poll_s=1) for poller in made.front._pollers()}
    yield


@contextlib.asynccontextmanager
async def _listening(made: ZaloHouse) -> AsyncIterator[None]:
    server = HooksServer(HooksSettings(port=0), made.front.hooks, Well(), Page())
    made.server.routes[PUBLIC] = await server.start()
    for registration in made.front._registrations():
        await registration.run()
    try:
        yield
    finally:
        await server.stop()


class Well:
    """A ready process."""

    async def reasons(self) -> Sequence[str]:
        return ()


class Page:
    """No counters."""

    async def page(self) -> bytes:
        return b""


async def post(house: ZaloHouse, body: bytes, *, path: str = "", **headers: str) -> int:
    """Any call of the webhook; returns the status."""
    url = house.server.routes[PUBLIC] + (path or "/hooks/zalo/chinh")
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as a,
    ):
        return a.status

"""One person's conversation in a terminal, message by message."""

import uuid
from collections.abc import Callable

from bot.channels.terminal import NAME, Terminal
from bot.compose import House
from bot.turns import Busy, Handled, SetAside
from domain.cards import saying
from domain.messages import Incoming, Outgoing, Said
from domain.people import Person
from handlers.ground.menus import MenuKind, parse_menu
from scheduling.channel import Recipient
from scheduling.fit import fit


def new_delivery_id() -> str:
    """A terminal has no delivery ids of its own, so each line gets one."""
    return str(uuid.uuid4())


class Chat:
    """Talks as the owner of the terminal address `address`; a stranger has no such address yet.

    `channel` replaces the terminal's word if a conversation is played as on another channel.
    """

    def __init__(
        self,
        house: House,
        terminal: Terminal,
        address: str,
        *,
        channel: str = NAME,
        delivery_id: Callable[[], str] = new_delivery_id,
    ) -> None:
        self._house = house
        self._terminal = terminal
        self._address = address
        self._channel = channel
        self._delivery_id = delivery_id

    def connect(self, handle: str) -> Person | None:
        """Link the person with this short name to this address; None if there is no such person.

        Everybody who may open the database may do that: a terminal belongs to the administrator.
        """
        with self._house.store.begin() as tx:
            person = tx.people.by_handle(handle)
            if person is not None:
                now = self._house.clock.now()
                tx.addresses.link(self._channel, "", self._address, person.id, now)
        return person

    def person(self) -> Person | None:
        """The person of this address, if they hold a post; None for a stranger."""
        with self._house.store.begin() as tx:
            address = tx.addresses.lock(self._channel, "", self._address)
            if address is None or address.retired_at is not None:
                return None
            person = tx.people.get(address.person_id)
        return person if person is not None and person.posts else None

    async def open(self) -> None:
        """Show the current place of the conversation: the open question, else the main menu."""
        with self._house.store.begin() as tx:
            address = tx.addresses.lock(self._channel, "", self._address)
        menu = parse_menu(address.menu) if address is not None else None
        if menu is not None and menu.kind in (MenuKind.QUESTION, MenuKind.PAGE):
            await self.say("làm tiếp")
        elif menu is None or menu.kind is MenuKind.MAIN:
            await self.say("menu")

    async def begin(self) -> None:
        """Start of a session: print what waits, also what was queued under another clock."""
        address_id = self._address_id()
        if address_id is not None:
            with self._house.store.begin() as tx:
                tx.outbox.reader_came(address_id, self._house.clock.now())
        await self.show_waiting()

    async def show_waiting(self) -> None:
        """Print what waits for this address: unread replies, then notices."""
        address_id = self._address_id()
        if address_id is not None:
            await self._house.deliverer.to(address_id)

    async def say(self, text: str) -> None:
        """Handle one message and print all replies."""
        now = self._house.clock.now()
        taken = await self._house.turns.take(
            Incoming(
                channel=self._channel,
                address=self._address,
                delivery_id=self._delivery_id(),
                at=now,
                content=Said(text=text),
            )
        )
        match taken:
            case Handled(to_stranger=Outgoing() as outgoing):
                await self._print(outgoing)
            case Busy():
                await self._tell("delivery.busy")
            case SetAside(error_id=error_id) if self._address_id() is None:
                await self._tell("delivery.sorry", error_id=error_id)
        await self.show_waiting()

    def _address_id(self) -> int | None:
        with self._house.store.begin() as tx:
            address = tx.addresses.lock(self._channel, "", self._address)
        return None if address is None or address.retired_at is not None else address.id

    async def _tell(self, key: str, **values: object) -> None:
        await self._print(
            Outgoing(cards=saying(self._house.library.words("vi").say(key, **values)))
        )

    async def _print(self, outgoing: Outgoing) -> None:
        for piece in fit(outgoing, self._terminal.abilities, self._house.library.words("vi")):
            await self._terminal.send(Recipient(address=self._address), piece, 0)

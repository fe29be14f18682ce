"""The command menu: the list behind the button next to the input field."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.channels.telegram.api import TelegramApi, Took
from bot.clock import Clock
from domain.people import ANSWERING_ROLES, Person, Role
from handlers.ground.library import Library
from locales import LOCALES
from scheduling.worker import Worker
from storage import Store

LOOKED_AFTER: Final = timedelta(minutes=10)
"""A post or a language changes a few times a year; a delay of this length is acceptable."""

REMEMBERED: Final = 20_000
"""Chats: twice the people of the largest installation, a few megabytes."""

EVERYBODY: Final = ("menu", "help")

_log = logging.getLogger("antt.telegram")


def commands_for(person: Person) -> tuple[str, ...]:
    """The commands that are useful for this person's posts, in display order."""
    roles = {post.role for post in person.posts}
    found = ["menu"]
    if roles & ANSWERING_ROLES:
        found += ["lamtiep", "ketqua"]
    if Role.HEAD in roles:
        found.append("nop")
    found.append("han")
    if Role.ADMINISTRATOR in roles:
        found.append("caidat")
    if len(person.posts) > 1:
        found.append("doivai")
    return (*found, "ngonngu", "help")


@dataclass(kw_only=True)
class Menus:
    """Sets the menus and caches them, so that a chat needs one request, not one per turn; after a
    restart one more.
    """

    api: TelegramApi
    store: Store
    worker: Worker
    library: Library
    clock: Clock
    _set: OrderedDict[str, tuple[datetime, tuple[str, tuple[str, ...]]]] = field(
        default_factory=OrderedDict
    )

    async def for_everybody(self) -> None:
        """The menu for strangers, in the app's language; Vietnamese if we do not have that
        language.
        """
        for locale in LOCALES:
            told = self._told(locale, EVERYBODY)
            await self.api.set_commands(told, language=None if locale == LOCALES[0] else locale)

    async def after_turn(self, chat: str, person_id: int) -> None:
        """Check whether this chat's menu is still right, and set it if not."""
        now = self.clock.now()
        before = self._set.get(chat)
        if before is not None and now - before[0] < LOOKED_AFTER:
            return
        person = await self.worker.run(lambda: self._person(person_id))
        if person is None:
            return
        wanted = (person.locale, commands_for(person))
        if before is None or before[1] != wanted:
            answer = await self.api.set_commands(self._told(*wanted), chat=chat)
            if not isinstance(answer, Took):
                _log.info("not taken", extra={"action": "commands", "outcome": answer.reason})
                return
        self._set[chat] = (now, wanted)
        self._set.move_to_end(chat)
        while len(self._set) > REMEMBERED:
            self._set.popitem(last=False)

    def _person(self, person_id: int) -> Person | None:
        with self.store.read() as tx:
            return tx.people.get(person_id)

    def _told(self, locale: str, commands: tuple[str, ...]) -> Mapping[str, str]:
        words = self.library.words(locale)
        return {command: words.say(f"telegram.command_{command}") for command in commands}

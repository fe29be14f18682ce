"""Officers who fill in the checklist on their telephones, and know only what they see.

A person who gets no reply repeats after a while, as people do: the same text or tap again, or "làm
tiếp".
"""

import asyncio
import re
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

import httpx

from tests.telegram_server import Person
from tests.zalo_server import Human

ASKED: Final = re.compile(r"^Câu \d+/\d+ · (\S+)$", re.MULTILINE)
ACKNOWLEDGED: Final = re.compile(r"^\S+ (I\.\S+): ", re.MULTILINE)
NOTICE: Final = "Tin báo số "
DONE: Final = "đã trả lời đủ"
ONE_BY_ONE: Final = "hỏi từng câu"
ON: Final = "làm tiếp"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message on a screen; `labels` are those of its buttons or numbered lines."""

    text: str
    labels: tuple[str, ...] = ()

    @property
    def question(self) -> str | None:
        """The requirement that it asks about."""
        found = ASKED.findall(self.text)
        return found[-1] if found else None


class Phone(Protocol):
    """One person's telephone with one channel on it."""

    @property
    def replies(self) -> list[Shown]:
        """The messages from us on the screen, oldest first."""

    async def says(self, text: str) -> None:
        """Type it."""

    async def answers(self, shown: Shown, text: str) -> None:
        """Give this answer to that message, by a tap if there are buttons."""


@dataclass(kw_only=True)
class OnTelegram:
    """Mostly taps, sometimes types. `acts`: the numbers of the person's updates."""

    person: Person
    dice: Random
    acts: list[int] = field(default_factory=list)

    @property
    def replies(self) -> list[Shown]:
        """As they are after all edits."""
        return [
            Shown(text=one.text, labels=tuple(one.labels))
            for one in self.person.chat.messages.values()
            if one.ours and NOTICE not in one.text
        ]

    async def says(self, text: str) -> None:
        """Type it."""
        self._note(self.person.says(text))

    async def answers(self, shown: Shown, text: str) -> None:
        """Tap the button with this label; type it if there is none."""
        label = next((one for one in shown.labels if text == one.partition(". ")[0]), None)
        if label is None or self.dice.random() < 0.2:
            await self.says(text)
        else:
            self._note(self.person.taps(label))

    def _note(self, update: int | None) -> None:
        assert update is not None
        self.acts.append(update)


@dataclass(kw_only=True)
class OnZalo:
    """Types everything."""

    human: Human

    @property
    def replies(self) -> list[Shown]:
        """Everything except notices."""
        return [
            Shown(text=text, labels=tuple(re.findall(r"^\d\. .*$", text, re.MULTILINE)))
            for text in self.human.sees
            if NOTICE not in text
        ]

    async def says(self, text: str) -> None:
        """Type it. If no process receives the webhook, Zalo must retry, and later we."""
        try:
            await self.human.says(text)
        except httpx.HTTPError:
            return

    async def answers(self, shown: Shown, text: str) -> None:  # noqa: ARG002  no buttons
        """Type it."""
        await self.says(text)


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as the person meant it: to `question`, the last one on their screen."""

    question: str
    text: str


@dataclass(kw_only=True)
class Officer:
    """One person at work. `given` is everything that the person meant as an answer."""

    handle: str
    phone: Phone
    dice: Random
    given: list[Given] = field(default_factory=list)
    repeated: int = 0
    _documents: int = 0

    async def works(self) -> None:
        """Until the checklist is complete, or the run tells the person to stop."""
        await self.phone.says(ONE_BY_ONE)
        screen: list[Shown] = []
        waited, patience = 0.0, self._patience()
        while True:
            pause = self.dice.uniform(0.02, 0.3)
            await asyncio.sleep(pause)
            waited += pause
            now = self.phone.replies
            if now != screen:
                screen = now
                if DONE in now[-1].text:
                    return
                await self._goes_on(now[-1])
            elif waited > patience:
                self.repeated += 1
                await self._repeats(now)
            else:
                continue
            waited, patience = 0.0, self._patience()

    def _patience(self) -> float:
        return self.dice.uniform(3.0, 10.0)

    async def _goes_on(self, shown: Shown) -> None:
        if shown.question is None:
            await self.phone.says(ON)
            return
        text = self._answer(shown)
        self.given.append(Given(question=shown.question, text=text))
        await self.phone.answers(shown, text)

    async def _repeats(self, screen: list[Shown]) -> None:
        if not screen:
            await self.phone.says(ONE_BY_ONE)
        elif self.given and self.dice.random() < 0.5:
            # The last text again: it may not have arrived.
            await self.phone.answers(screen[-1], self.given[-1].text)
        else:
            await self.phone.says(ON)

    def _answer(self, shown: Shown) -> str:
        """A valid answer to any question; each document has its own number."""
        if any(label.startswith("1. ") for label in shown.labels):
            return "1"
        if "ký hiệu văn bản" in shown.text:
            self._documents += 1
            return f"{self._documents}-NQ/ĐU"
        if "ký ngày nào" in shown.text:
            return "05/03/2024"
        return "3"

"""Both services, the people, and the program between them."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from bot.clock import Clock, StartedClock
from tests.chaos.chance import LONG
from tests.chaos.folk import Officer
from tests.chaos.program import Program, free_port
from tests.chaos.servers import Telegram, Trouble, TroubledBot, Zalo
from tests.chaos.settling import Place, settle
from tests.telegram_server import SECRET, TOKEN

START: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""09:00 of a Tuesday in Viet Nam: no night and no holiday comes during a run."""

PUBLIC: Final = "https://antt.example.vn"
ZALO_TOKENS: Final = {"mot": "987654321:invented-zalo-token-1", "hai": "987654321:invented-2"}


@dataclass(kw_only=True)
class City:
    """Both services, the people, and the program between them."""

    dice: Random
    clock: Clock
    folder: Path
    modes: dict[str, str]
    trouble: Trouble
    telegram: Telegram
    zalo: Zalo
    bots: dict[str, TroubledBot]
    officers: list[Officer] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    kills: int = 0

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "antt.db"

    @property
    def url(self) -> str:
        """The file, for checks of its content."""
        return f"sqlite:///{self.database}"


@contextlib.asynccontextmanager
async def city(
    folder: Path, seed: int, modes: dict[str, str], *, each: int
) -> AsyncIterator[tuple[City, Program]]:
    """Everything is set up, and the program is not yet started; it ends with the block."""
    dice, clock = Random(seed), StartedClock(START)
    trouble = Trouble(dice=Random(dice.random()), stalls=LONG)
    zalo = Zalo(trouble, clock.now)
    async with Telegram(trouble, lambda: clock.now().timestamp()) as telegram:
        base = await zalo.start()
        try:
            bots = {name: zalo.troubled(token, name) for name, token in ZALO_TOKENS.items()}
            made = City(
                dice=dice,
                clock=clock,
                folder=folder,
                modes=modes,
                trouble=trouble,
                telegram=telegram,
                zalo=zalo,
                bots=bots,
            )
            # It loads during the set-up of the people.
            program = Program(folder, made.database, _settings(made, base), clock)
            try:
                made.officers, made.places = settle(
                    made.database, telegram, zalo, bots, each=each, dice=dice, clock=clock
                )
                yield made, program
            finally:
                program.close()
        finally:
            await zalo.stop()


def _settings(city: City, zalo: str) -> dict[str, str]:
    hooks_port = free_port()
    here = f"http://127.0.0.1:{hooks_port}"
    city.telegram.bringer.route = lambda url: url.replace(PUBLIC, here)
    city.zalo.routes[PUBLIC] = here
    called = {
        "hooks_public_url": PUBLIC,
        "telegram_secret": SECRET,
        "zalo_secret": SECRET,
    }
    return {
        "web_port": str(free_port()),
        "hooks_port": str(hooks_port),
        "telegram_token": TOKEN,
        "telegram_mode": city.modes["telegram"],
        "telegram_api": city.telegram.url,
        "zalo_bots": ",".join(f"{name}={token}" for name, token in ZALO_TOKENS.items()),
        "zalo_mode": city.modes["zalo"],
        "zalo_api": zalo,
        **(called if "webhook" in city.modes.values() else {}),
    }

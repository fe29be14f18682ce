"""What `antt channels test` says about Zalo: asked without sending anything to anybody."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.zalo.client import (
    AuthError,
    NotFoundError,
    TransientError,
    ZaloClient,
    ZaloError,
)
from bot.channels.zalo.settings import Bot, Mode, ZaloSettings
from locales import Words


class Fact(StrEnum):
    """What was found about a bot; `zalo.finding` has a sentence for each."""

    KNOWN = "known"
    TOKEN_REFUSED = "token_refused"  # noqa: S105
    NOT_REACHED = "not_reached"
    WRONG_ADDRESS = "wrong_address"
    STRANGE = "strange"
    POLLS = "polls"
    CALLED = "called"
    WEBHOOK_IN_THE_WAY = "webhook_in_the_way"
    NOT_CALLED = "not_called"
    CALLED_ELSEWHERE = "called_elsewhere"


_GOOD = frozenset({Fact.KNOWN, Fact.POLLS, Fact.CALLED})


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fact about one bot. `detail` is its name in Zalo, or what Zalo said; no token."""

    bot: str
    fact: Fact
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is as it should be."""
        return self.fact in _GOOD

    def said(self, words: Words) -> str:
        """The sentence for the operator."""
        return words.say("zalo.finding", fact=self.fact.value, bot=self.bot, detail=self.detail)


def client_of(settings: ZaloSettings, bot: Bot) -> ZaloClient:
    """A client for one bot."""
    return ZaloClient(settings.api, bot)


async def check(
    settings: ZaloSettings,
    open_client: Callable[[ZaloSettings, Bot], ZaloClient] = client_of,
) -> tuple[Finding, ...]:
    """Ask Zalo about every bot: who it is, and whether its webhook fits the settings.

    A webhook that is missing while the assistant is stopped is set by its next start.
    """
    findings: list[Finding] = []
    for bot in settings.bots:
        client = open_client(settings, bot)
        try:
            findings += [finding async for finding in _of_bot(settings, bot, client)]
        finally:
            await client.close()
    return tuple(findings)


async def _of_bot(settings: ZaloSettings, bot: Bot, client: ZaloClient) -> AsyncIterator[Finding]:
    try:
        me = await client.get_me()
        yield Finding(bot=bot.name, fact=Fact.KNOWN, detail=me.display_name)
        webhook = await client.get_webhook()
    except ZaloError as error:
        yield Finding(bot=bot.name, fact=_fault(error), detail=str(error))
        return
    url = webhook.url if webhook is not None else None
    yield Finding(bot=bot.name, fact=_fits(settings, bot, url))


def _fits(settings: ZaloSettings, bot: Bot, url: str | None) -> Fact:
    if settings.mode is Mode.POLLING:
        return Fact.POLLS if url is None else Fact.WEBHOOK_IN_THE_WAY
    if url is None:
        return Fact.NOT_CALLED
    return Fact.CALLED if url == settings.hook_url(bot) else Fact.CALLED_ELSEWHERE


def _fault(error: ZaloError) -> Fact:
    match error:
        case AuthError():
            return Fact.TOKEN_REFUSED
        case NotFoundError():
            return Fact.WRONG_ADDRESS
        case TransientError():
            return Fact.NOT_REACHED
        case _:
            return Fact.STRANGE

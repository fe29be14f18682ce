"""Each channel of domain/channels.py has everything that a channel needs.

To add a channel, add its traits first; each failure here names the file that lacks something. The
recipe is "Add a channel" in CONTRIBUTING.md.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from functools import partial
from importlib import import_module
from typing import Final

import pytest

from bot.configured import Configured
from bot.logs import secrets_of
from bot.services import Services
from bot.settings import Settings
from domain.channels import CHANNELS, STRICT, TERMINAL, WEB
from handlers.ground.ways_in import WaysIn
from locales import LOCALES
from tests.house import ROOT
from tests.locales import templates

OURS: Final = {
    WEB: "it runs in our own process, so there is no service to switch on or to try out",
    TERMINAL: "a command of the administrator's own machine, which the assistant does not serve",
}
"""Channel -> why it needs no configured service."""

SERVED: Final = tuple(word for word in CHANNELS if word != TERMINAL)
"""Channels of the running assistant."""
SERVICES: Final = tuple(word for word in CHANNELS if word not in OURS)
"""Channels that use another organisation's server."""
CHATS: Final = tuple(word for word in SERVICES if word in STRICT)
"""Services for conversation: people join there with a code."""

SECRET: Final = re.compile(r"_(?:token|secret|password)$")


@dataclass(frozen=True, kw_only=True)
class Need:
    """Each of `channels` needs `what` in `file`; "{}" is the channel's name."""

    file: str
    what: str
    channels: Iterable[str]
    met: Callable[[str], bool]


def _exists(file: str, what: str, channels: Iterable[str]) -> Need:
    return Need(
        file=file,
        what=what,
        channels=channels,
        met=lambda word: (ROOT / file.format(word)).exists(),
    )


def _says(file: str, what: str, channels: Iterable[str], pattern: str) -> Need:
    """The file has a match of the pattern, in which WORD is the channel's constant."""

    def met(word: str) -> bool:
        wanted = pattern.replace("WORD", word.upper()).replace("{}", re.escape(word))
        path = ROOT / file.format(word)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return re.search(wanted, text, re.IGNORECASE | re.MULTILINE) is not None

    return Need(file=file, what=what, channels=channels, met=met)


def _keys(word: str) -> list[str]:
    return [one.name for one in fields(Settings) if one.name.startswith(f"{word}_")]


def _has_field(owner: type[Configured | Services | WaysIn], word: str) -> bool:
    return word in {one.name for one in fields(owner)}


def _carries_its_word(word: str) -> bool:
    """Imported only if there is a settings file: others would import the service's library."""
    owner = import_module(f"bot.channels.{word}.settings")
    return getattr(owner, "NAME", word) == word


def _hides_secrets(word: str) -> bool:
    secrets = [key for key in _keys(word) if SECRET.search(key)]
    values = {key: f"a-secret-of-{key}" for key in secrets}
    return set(values.values()) <= set(secrets_of(replace(Settings(), **values)))


def _in_code() -> Iterable[Need]:
    yield _exists("bot/channels/{}/channel.py", "the channel", SERVED)
    yield _exists("bot/channels/{}/settings.py", "its settings", SERVED)
    yield _exists("bot/channels/{}/check.py", "what `antt channels test` tries", SERVICES)
    yield _exists("bot/channels/{}/updates.py", "what turns messages into `Incoming`", CHATS)
    yield _exists("bot/channels/terminal.py", "the terminal", (TERMINAL,))
    yield Need(
        file="bot/channels/{}/settings.py",
        what="NAME, which is not the word of domain/channels.py",
        channels=SERVED,
        met=_carries_its_word,
    )
    yield Need(
        file="bot/settings.py", what="keys {}_…", channels=SERVED, met=lambda w: bool(_keys(w))
    )
    yield Need(
        file="bot/logs.py",
        what="the keys {}_… that are secret, in secrets_of",
        channels=SERVICES,
        met=_hides_secrets,
    )
    for file, owner, channels in (
        ("bot/configured.py", Configured, SERVED),
        ("bot/services.py", Services, SERVICES),
        ("the file of handlers that has WaysIn", WaysIn, CHATS),
    ):
        yield Need(
            file=file,
            what=f"a field of {owner.__name__} for it",
            channels=channels,
            met=partial(_has_field, owner),
        )
    yield _says("bot/assistant.py", "its part of the process", CHATS, r"services\.{}")
    yield _says("bot/services.py", "its channel", SERVICES, r"from bot\.channels\.{}\b.* import")
    yield _says("bot/commands/channels.py", "its check", SERVICES, r"bot\.channels\.{}\b.* import")
    yield _says("domain/channels.py", "a constant for its word", CHANNELS, r'^WORD: Final = "{}"$')


def _in_sentences() -> Iterable[Need]:
    for locale in LOCALES:
        home = f"locales/{locale}"

        def asks(key: str, locale: str = locale) -> Callable[[str], bool]:
            return lambda word: word in templates.sentences(locale)[key].arguments

        def explained(word: str, locale: str = locale) -> bool:
            return f"setup.about_{word}" in templates.sentences(locale)

        def way_said(word: str, locale: str = locale) -> bool:
            return f"channels.way_{word}" in templates.sentences(locale)

        yield _says(f"{home}/roles.j2", "its name in `channel`", CHANNELS, r'"{}": "[^"]+"')
        yield _says(f"{home}/channel_check.j2", "its name in `name`", SERVED, r'"{}": "[^"]+"')
        yield Need(
            file=f"{home}/setup.j2", what="the macro about_{}", channels=STRICT, met=explained
        )
        yield Need(
            file=f"{home}/channels.j2",
            what="the macro way_{}, which says how to link it",
            channels=SERVED,
            met=way_said,
        )
        yield Need(
            file=f"{home}/setup_people.j2",
            what="the way in for newcomers in `code`, with an argument {}",
            channels=CHATS,
            met=asks("setup_people.code"),
        )
        yield Need(
            file=f"{home}/workbooks.j2",
            what="its bot on the printed slips in `slip_bots`, with an argument {}",
            channels=CHATS,
            met=asks("workbooks.slip_bots"),
        )


def _in_papers() -> Iterable[Need]:
    yield _says("docs/deploy/settings.md", "the rows of its keys", SERVED, r"^\| `{}_")
    yield _says("README.md", "what switches it on, under Running it", SERVED, r"^\|.*`{}_")
    yield _exists("docs/deploy/{}.md", "how an operator switches it on", CHATS)
    yield _says("docs/deploy/README.md", "the link to its page", CHATS, r"\({}\.md\)")
    guide = "docs/huong-dan/quan-tri.md"
    yield _says(guide, "how the administrator switches it on", SERVICES, r"`{}_[a-z]+`")
    yield _says("docs/decisions/README.md", "a decision about its service", SERVICES, r"\b{}\b")


def _in_tests() -> Iterable[Need]:
    yield _exists("tests/channels/{}", "the tests of the channel", SERVED)
    yield _exists("tests/channels/{}/test_settings.py", "the tests of its settings", SERVED)
    yield _says("tests/channels/test_contract.py", "its line in CHANNELS", CHANNELS, r'^ +"{}": ')
    media = "tests/conversations/test_on_every_channel.py"
    yield _says(media, "its medium in MEDIA", STRICT, r'^(?:MEDIA.*| +)"{}": ')
    yield _exists("tests/conversations/far/{}.py", "its medium", STRICT)
    doors = "tests/conversations/player.py"
    yield _says(doors, "its door in DOORS", SERVED, r'Door\(channel="{}"')


NEEDS: Final = [
    pytest.param(need, word, id=f"{need.file.format(word)}-{number}-{word}")
    for number, need in enumerate(
        (*_in_code(), *_in_sentences(), *_in_papers(), *_in_tests()), start=1
    )
    for word in need.channels
]


@pytest.mark.parametrize(("need", "word"), NEEDS)
def test_a_channel_has_what_it_needs(need: Need, word: str) -> None:
    missing = f"{need.file.format(word)}: {need.what.format(word)}"
    assert need.met(word), f"the channel {word!r} lacks, in {missing}; see CONTRIBUTING.md"


def test_no_folder_of_a_channel_is_without_traits() -> None:
    found = {path.parent.name for path in (ROOT / "bot" / "channels").glob("*/__init__.py")}
    assert found == set(SERVED), "domain/channels.py: the traits of each folder of bot/channels"

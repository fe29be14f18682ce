"""Messages written before cards existed: read unchanged, and sent in the same pieces.

`bodies_before_cards.jsonl` was written by the version before cards: bodies of the outbox, of every
kind and of a demo conversation, each with the pieces that were sent on Zalo and Telegram. A long
piece is stored there as its length and digest.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.zalo.channel import ABILITIES
from domain.messages import Lane, Outgoing, RecipeKind
from domain.text_pieces import units
from handlers.ground.library import Library
from locales import Words
from scheduling.deliver import Deliverer
from scheduling.fit import fit
from storage import Store
from storage.encoding import decode_outgoing, encode_outgoing
from tests.scheduling.world import START, Service, people, play, until

BODIES = [
    json.loads(line)
    for line in Path(__file__).with_name("bodies_before_cards.jsonl").read_text().splitlines()
]
CHANNELS = {"zalo": ABILITIES, "telegram": TelegramChannel.abilities}
LONG = 600  # characters; longer pieces are in the file as their digest


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("stored", BODIES, ids=lambda stored: stored["name"])
def test_an_old_body_is_sent_in_the_pieces_it_had(stored: dict[str, Any], channel: str) -> None:
    outgoing = decode_outgoing(stored["body"])
    pieces = fit(outgoing, CHANNELS[channel], Words("vi"))
    assert [_shown(piece) for piece in pieces] == stored["pieces"][channel]


@pytest.mark.parametrize("stored", BODIES, ids=lambda stored: stored["name"])
def test_an_old_body_is_still_written_that_way(stored: dict[str, Any]) -> None:
    assert encode_outgoing(decode_outgoing(stored["body"])) == stored["body"]


def test_an_old_message_that_was_interrupted_goes_on_at_the_piece_it_stopped_at(
    store: Store, library: Library
) -> None:
    service = Service(name="zalo", abilities=replace(ABILITIES, repeatable=True))
    (address,) = people(store, 1, channel="zalo")
    stored = next(one for one in BODIES if one["name"] == "long question")
    with store.begin() as tx:
        tx.outbox.queue(address, Lane.NOTICE, decode_outgoing(stored["body"]), START)
        (leased,) = tx.outbox.claim(START, 1)
        tx.outbox.failed(leased, START, "interrupted", retry_at=START, pieces=1)

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == len(stored["pieces"]["zalo"]) - 1, at_most_s=60)

    play(store, library, service, scene=scene)
    assert [_text(text) for text in service.texts()] == [
        {name: piece[name] for name in ("text", "units", "sha256") if name in piece}
        for piece in stored["pieces"]["zalo"][1:]
    ]


def test_there_is_a_body_of_every_kind() -> None:
    every = [decode_outgoing(stored["body"]) for stored in BODIES]
    assert {one.attachment.kind for one in every if one.attachment} == set(RecipeKind)
    assert any(one.choices for one in every)
    assert any(one.menu for one in every)
    assert any(one.progress for one in every)
    assert any(one.replaces for one in every)
    assert any(not one.text for one in every)
    for channel in CHANNELS:
        assert any(len(stored["pieces"][channel]) > 1 for stored in BODIES)


def _shown(piece: Outgoing) -> dict[str, Any]:
    """A piece in the file's format."""
    others: dict[str, Any] = {
        "menu": piece.menu,
        "keys": [choice.key for choice in piece.choices],
        "attachment": piece.attachment.kind.value if piece.attachment else None,
        "replaces": piece.replaces,
        "progress": list(piece.progress) if piece.progress else None,
    }
    return {**_text(piece.text), **{name: value for name, value in others.items() if value}}


def _text(text: str) -> dict[str, Any]:
    if len(text) <= LONG:
        return {"text": text}
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"text": None, "units": units(text), "sha256": digest}

"""Fixtures for every test of the whole assistant."""

import pytest

from bot.channels.telegram.channel import TelegramChannel
from scheduling.channel import UNLIMITED


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rate limits of the real services; these have tests of their own."""
    monkeypatch.setattr("bot.channels.zalo.polling.BETWEEN_POLLS_S", 0.01)
    monkeypatch.setattr("bot.channels.zalo.channel.EACH_CHAT_S", None)
    monkeypatch.setattr("bot.channels.zalo.channel.SENDS_A_SECOND", None)
    monkeypatch.setattr(TelegramChannel, "rates", UNLIMITED)

"""What every test of the whole assistant may ask for."""

import pytest


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zalo is asked without the pause that spares the real one."""
    monkeypatch.setattr("bot.channels.zalo.polling.BETWEEN_POLLS_S", 0.01)

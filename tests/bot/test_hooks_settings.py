"""The addresses on which the second listener may listen, and its public URL."""

import pytest

from bot.hooks_settings import HooksSettings, HooksSettingsError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104  that is refused
def test_beyond_this_machine_a_proxy_must_be_named(host: str) -> None:
    with pytest.raises(HooksSettingsError, match="web_proxies"):
        HooksSettings(host=host)
    assert HooksSettings(host=host, behind_proxy=True).host == host


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_no_machine_has_is_refused(port: int) -> None:
    with pytest.raises(HooksSettingsError, match="hooks_port"):
        HooksSettings(port=port)


@pytest.mark.parametrize(
    "url",
    ["http://antt.example.vn", "https://", "antt.example.vn", "https://a.vn/x", "https://a.vn:x"],
)
def test_a_public_address_is_https_and_a_name_only(url: str) -> None:
    with pytest.raises(HooksSettingsError, match="hooks_public_url"):
        HooksSettings(public_url=url)


def test_a_webhook_is_called_under_the_public_address() -> None:
    settings = HooksSettings(public_url="https://antt.example.vn:8443/")
    assert settings.address_of("/hooks/telegram") == "https://antt.example.vn:8443/hooks/telegram"
    assert HooksSettings().address_of("/hooks/telegram") is None

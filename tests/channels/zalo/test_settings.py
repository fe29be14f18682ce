"""Zalo settings: all mistakes at once, and never a token in their messages."""

import pytest

from bot.channels.zalo.settings import (
    MOST_BOTS,
    Bot,
    Mode,
    ZaloSettings,
    ZaloSettingsError,
)

ONE, TWO = "4711008150815:aaaa-bbbb", "1111108150815:cccc-dddd"
GOOD = {
    "bots": f"chinh={ONE}, phu = {TWO},",
    "mode": "polling",
    "secret": "",
    "api": "https://bot-api.zaloplatforms.com",
    "users": "50",
    "monthly": "3000",
    "images": "off",
    "public_url": "",
}


def test_bots_are_read_in_order_with_their_limits() -> None:
    settings = ZaloSettings.read(**GOOD)
    assert settings.bots == (Bot(name="chinh", token=ONE), Bot(name="phu", token=TWO))
    assert (settings.mode, settings.users, settings.monthly) == (Mode.POLLING, 50, 3000)
    assert not settings.images
    assert settings.bot("phu") == Bot(name="phu", token=TWO)
    assert settings.bot("nobody") is None
    assert settings.hook_url(settings.bots[0]) is None


def test_a_webhook_has_an_address_for_each_bot() -> None:
    settings = ZaloSettings.read(
        **(
            GOOD
            | {
                "mode": "webhook",
                "secret": "0123456789abcdef",
                "images": "on",
                "public_url": "https://antt.example.vn/",
            }
        )
    )
    assert settings.hook_url(settings.bots[1]) == "https://antt.example.vn/hooks/zalo/phu"
    assert settings.images


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("bots", " , ", "no bot is named"),
        ("bots", ONE, "entry 1 has no '='"),
        ("bots", f"Chính={ONE}", "name of entry 1 must be a short word"),
        ("bots", f"a={ONE}, a={TWO}", "the same name"),
        ("bots", f"a={ONE}, b={ONE}", "the same token"),
        ("bots", "a=", "entry 1 has no token"),
        ("bots", "a=../../getMe?x=", "entry 1 has no token"),
        ("bots", ", ".join(f"b{n}={ONE}{n}" for n in range(MOST_BOTS + 1)), "21 bots, at most 20"),
        ("mode", "push", "zalo_mode = 'push': must be polling or webhook"),
        ("mode", "webhook", "zalo_mode = webhook needs zalo_secret"),
        ("mode", "webhook", "needs hooks_public_url"),
        ("secret", "fifteen-letters", "zalo_secret: must have 16 to 256"),
        ("secret", "x" * 257, "zalo_secret: must have 16 to 256"),
        ("secret", "0123456789 abcdef", "without blanks"),
        ("secret", "bí-mật-bí-mật-bí", "of ASCII"),
        ("api", "http://zalo.example", "zalo_api: must begin with https://"),
        ("api", "https://zalo.example/bot?x=1", "zalo_api: must begin with https://"),
        ("api", "https://[", "zalo_api: must begin with https://"),
        ("users", "0", "zalo_users = 0: must be 1 to"),
        ("users", "fifty", "zalo_users = 'fifty': must be a whole number"),
        ("monthly", "-1", "zalo_monthly = '-1': must be a whole number"),
        ("monthly", "9" * 5000, "must be a whole number"),
        ("images", "yes", "zalo_images = 'yes': must be off or on"),
        ("public_url", "http://antt.example.vn", "hooks_public_url: must begin with https://"),
    ],
)
def test_what_cannot_be_used_has_a_sentence(key: str, value: str, sentence: str) -> None:
    with pytest.raises(ZaloSettingsError) as raised:
        ZaloSettings.read(**(GOOD | {key: value}))
    assert any(sentence in problem for problem in raised.value.problems), raised.value.problems
    said = str(raised.value)
    assert not any(secret in said for secret in (ONE, TWO, "getMe", "bí-mật", "fifteen"))


def test_everything_wrong_is_said_at_once() -> None:
    wrong = {"bots": ONE, "mode": "x", "users": "x", "monthly": "0", "images": "x", "api": "x"}
    with pytest.raises(ZaloSettingsError) as raised:
        ZaloSettings.read(**(GOOD | wrong))
    assert len(raised.value.problems) == len(wrong)


def test_a_server_of_ones_own_may_be_on_this_machine() -> None:
    settings = ZaloSettings.read(**(GOOD | {"api": "http://127.0.0.1:8090"}))
    assert settings.api == "http://127.0.0.1:8090"


def test_neither_tokens_nor_the_secret_are_shown() -> None:
    settings = ZaloSettings(bots=(Bot(name="a", token=ONE),), secret="0123456789abcdef")
    assert ONE not in repr(settings)
    assert "0123456789abcdef" not in repr(settings)

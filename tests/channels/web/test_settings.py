import pytest

from bot.channels.web.settings import WebSettings, WebSettingsError, networks

PUBLIC = "https://antt.example.vn"
PROXY = networks("127.0.0.1")


def test_only_this_machine_is_served_unless_told_otherwise() -> None:
    assert WebSettings().host == "127.0.0.1"


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "192.168.1.5", "::", "antt.example.vn"],  # noqa: S104  that is what is refused
)
def test_an_address_that_others_reach_needs_a_proxy_with_https(host: str) -> None:
    with pytest.raises(WebSettingsError, match="web_public_url"):
        WebSettings(host=host)
    assert WebSettings(host=host, public_url=PUBLIC, proxies=PROXY).secure


@pytest.mark.parametrize(
    "url",
    [
        "http://antt.example.vn",
        "https://",
        "antt.example.vn",
        "https://antt.example.vn/chat",
        "https://antt.example.vn/?a",
        "https://nguoi@antt.example.vn",
    ],
)
def test_a_public_address_is_https_and_a_name_only(url: str) -> None:
    with pytest.raises(WebSettingsError, match="web_public_url"):
        WebSettings(public_url=url, proxies=PROXY)


def test_a_public_address_without_a_named_proxy_is_refused() -> None:
    with pytest.raises(WebSettingsError, match="web_proxies"):
        WebSettings(public_url=PUBLIC)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_no_machine_has_is_refused(port: int) -> None:
    with pytest.raises(WebSettingsError, match="web_port"):
        WebSettings(port=port)


def test_what_is_no_address_is_no_proxy() -> None:
    with pytest.raises(WebSettingsError, match="web_proxies"):
        networks("127.0.0.1, nginx")
    assert [str(one) for one in networks(" 10.0.0.0/8, ::1 ")] == ["10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8080", True),
        ("localhost", True),
        ("LOCALHOST:80", True),
        ("[::1]:8080", True),
        ("rebound.example:8080", False),
        ("localhost.example", False),
        ("", False),
    ],
)
def test_a_foreign_name_for_this_machine_is_not_ours(host: str, ours: bool) -> None:
    assert WebSettings().is_ours(host) is ours


def test_behind_a_proxy_only_the_public_name_is_ours() -> None:
    settings = WebSettings(public_url=PUBLIC, proxies=PROXY)
    assert settings.is_ours("antt.example.vn")
    assert not settings.is_ours("127.0.0.1:8080")
    assert settings.origin("antt.example.vn") == PUBLIC


def test_the_cookie_is_bound_to_https_where_there_is_https() -> None:
    assert WebSettings(public_url=PUBLIC, proxies=PROXY).cookie == "__Host-antt"
    assert WebSettings().cookie == "antt"

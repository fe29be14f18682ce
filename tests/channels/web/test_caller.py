import pytest
from aiohttp.test_utils import make_mocked_request

from bot.channels.web import caller
from bot.channels.web.settings import WebSettings, networks

BEHIND = WebSettings(public_url="https://antt.example.vn", proxies=networks("10.0.0.1, 10.0.0.2"))


def _address(settings: WebSettings, peer: str, *forwarded: str) -> str:
    headers = [("X-Forwarded-For", value) for value in forwarded]
    request = make_mocked_request("GET", "/", headers=dict(headers[-1:]))
    return caller.address_of(request.clone(remote=peer), settings)


def test_without_a_proxy_nobody_may_say_where_he_comes_from() -> None:
    assert _address(WebSettings(), "127.0.0.1", "8.8.8.8") == "127.0.0.1"


def test_a_stranger_is_not_a_proxy() -> None:
    assert _address(BEHIND, "203.0.113.9", "8.8.8.8") == "203.0.113.9"


def test_a_proxy_is_believed_its_last_entry_only() -> None:
    assert _address(BEHIND, "10.0.0.1", "1.1.1.1, 203.0.113.9") == "203.0.113.9"


def test_proxies_behind_one_another_are_passed_over() -> None:
    assert _address(BEHIND, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2") == "203.0.113.9"


@pytest.mark.parametrize("forwarded", ["", "unknown", "203.0.113.9:80", "<script>"])
def test_what_is_no_address_becomes_nothing(forwarded: str) -> None:
    assert _address(BEHIND, "10.0.0.1", forwarded) == ""


def test_an_ipv6_caller_is_his_whole_network() -> None:
    one = _address(BEHIND, "10.0.0.1", "2001:db8:1:2:aaaa::1")
    assert one == _address(BEHIND, "10.0.0.1", "2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert one != _address(BEHIND, "10.0.0.1", "2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
            "Cốc Cốc · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.5.0", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(user_agent: str, device: str) -> None:
    assert caller.device_of(user_agent) == device

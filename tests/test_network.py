"""No test uses the network; these tests show that the guard works."""

import asyncio
import socket

import httpx
import pytest

from tests.network import NetworkGuard, NetworkUsed, is_local

# Reserved for documentation: no host has it, if the guard ever fails.
ELSEWHERE = "192.0.2.1"


@pytest.fixture
def expected_attempts(network: NetworkGuard) -> list[str]:
    """Attempts that the test makes on purpose; it removes them after checking."""
    return network.attempts


def test_connecting_elsewhere_is_refused_and_remembered(expected_attempts: list[str]) -> None:
    with socket.socket() as connection, pytest.raises(NetworkUsed, match=ELSEWHERE):
        connection.connect((ELSEWHERE, 80))
    assert len(expected_attempts) == 1
    expected_attempts.clear()


def test_looking_up_a_foreign_name_is_refused(expected_attempts: list[str]) -> None:
    with pytest.raises(NetworkUsed, match=r"example\.invalid"):
        httpx.get("http://example.invalid/", trust_env=False)
    assert expected_attempts
    expected_attempts.clear()


async def test_the_event_loop_is_guarded_too(expected_attempts: list[str]) -> None:
    with pytest.raises(NetworkUsed, match=ELSEWHERE):
        await asyncio.open_connection(ELSEWHERE, 80)
    assert expected_attempts
    expected_attempts.clear()


def test_loopback_is_allowed(network: NetworkGuard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=5):
            assert network.attempts == []


@pytest.mark.parametrize("host", [None, "", "localhost", b"localhost", "127.0.0.53", "::1"])
def test_this_machine_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "10.0.0.1", "localhost.example.invalid", "2001:db8::1", 7]
)
def test_any_other_machine_is_not(host: object) -> None:
    assert not is_local(host)

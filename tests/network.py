"""Limits the tests to this machine: only loopback and Unix sockets.

An audit hook sees every use of Python's sockets, also by libraries and by the event loop, which a
patch of one class would miss. It sees neither child processes nor libpq: those get only loopback
addresses and socket folders.
"""

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LOCAL_NAMES: Final = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
LOOKUPS: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
SENDS: Final = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class NetworkUsed(Exception):
    """A test tried to use the network."""


class NetworkGuard:
    """Refuses every address outside this machine, and records the attempts.

    They are recorded because code under test may swallow the exception and try again.
    """

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self._enforced = False

    def install(self) -> None:
        """Start watching. An audit hook cannot be removed: call this once per process."""
        sys.addaudithook(self._audit)

    @contextmanager
    def enforced(self) -> Iterator[None]:
        """Refuse while the block runs; outside it sockets are not checked."""
        self._enforced = True
        try:
            yield
        finally:
            self._enforced = False

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._enforced:
            return
        if event in LOOKUPS:
            host = arguments[0]
        elif event in SENDS:
            connection, address = arguments[0], arguments[1]
            if not isinstance(connection, socket.socket) or not _is_internet(connection):
                return
            host = address[0] if isinstance(address, tuple) else None
        else:
            return
        if not is_local(host):
            self.attempts.append(f"{event} {host!r}")
            raise NetworkUsed(f"Tests stay on this machine, but one asked for {host!r} ({event})")


def _is_internet(connection: socket.socket) -> bool:
    return connection.family in {socket.AF_INET, socket.AF_INET6}


def is_local(host: object) -> bool:
    """Whether a host, in the form that sockets use, is this machine. None is the wildcard: here."""
    if host is None:
        return True
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    if host.lower().rstrip(".") in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    # A listening socket is bound to 0.0.0.0; a client that uses it reaches this machine.
    return address.is_loopback or address.is_unspecified

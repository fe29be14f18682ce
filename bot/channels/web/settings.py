"""Settings: where the web chat listens, and its public address."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8080
_LAST_PORT = 65_535

Network = IPv4Network | IPv6Network


class WebSettingsError(ValueError):
    """Invalid settings of the web chat: `problems` has a sentence for each, which names the setting
    and a valid value.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """The addresses of the web chat. Raises `WebSettingsError` for unsafe settings.

    `public_url` is the address in front of the proxy ("https://antt.example.vn"), None if people
    use this machine itself. Only the `proxies` are trusted to name the caller's address.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str | None = None
    proxies: tuple[Network, ...] = ()

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise WebSettingsError(*problems)

    def _problems(self) -> Iterator[str]:
        if not 0 <= self.port <= _LAST_PORT:
            yield f"web_port = {self.port}: must be 0 to {_LAST_PORT}"
        if self.public_url is None:
            if self.host not in LOOPBACK_NAMES:
                yield (
                    f"web_host = {self.host}: others can reach this address, so web_public_url "
                    "must name the https:// address of the proxy in front of it"
                )
            return
        yield from _of_public_url(self.public_url)
        if not self.proxies:
            yield "web_public_url needs web_proxies: the address of the proxy, such as 127.0.0.1"

    @property
    def secure(self) -> bool:
        """Whether cookies are sent over HTTPS only."""
        return self.public_url is not None

    @property
    def cookie(self) -> str:
        """`__Host-` binds a cookie to HTTPS, this host and the whole site. A browser refuses it on
        plain HTTP, on which only this machine can connect.
        """
        return "__Host-antt" if self.secure else "antt"

    def origin(self, host: str) -> str:
        """The Origin header of a browser on our page; `host` is the Host header."""
        return self.public_url.rstrip("/") if self.public_url else f"http://{host}"

    def is_ours(self, host: str) -> bool:
        """Whether a Host header is one of our names. An attacker can point a domain at 127.0.0.1; a
        page under that domain must not count as ours (DNS rebinding).
        """
        if self.public_url is not None:
            return host.lower() == urlsplit(self.public_url).netloc.lower()
        return _name_of(host) in LOOPBACK_NAMES

    def trusts(self, peer: str) -> bool:
        """Whether the client of a connection is one of our proxies."""
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.proxies)


def networks(text: str) -> tuple[Network, ...]:
    """The addresses and networks in `text`, separated by commas. Raises `WebSettingsError`."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise WebSettingsError(f"web_proxies = {text!r}: {error}") from error


def _of_public_url(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        named = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        yield f"web_public_url = {url!r}: must begin with https:// and a name"
    elif parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        yield f"web_public_url = {url!r}: only https:// and a name, no path"


def _name_of(host: str) -> str:
    name, _, port = host.rpartition(":")
    if not name or not port.isdigit():
        name = host
    return name.removeprefix("[").removesuffix("]").lower()

"""Where webhooks, /health, /ready and /metrics listen, and under which address they are called."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8081
_LAST_PORT: Final = 65_535


class HooksSettingsError(ValueError):
    """A setting of the second listener that cannot be used; the text says which and why."""


@dataclass(frozen=True, kw_only=True)
class HooksSettings:
    """Raises `HooksSettingsError` for what cannot work or would be unsafe.

    `public_url` is the https:// address in front of it, without a path, None where no service
    calls. `behind_proxy`: a proxy is named, so that it may listen beyond this machine.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str | None = None
    behind_proxy: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.port <= _LAST_PORT:
            raise HooksSettingsError(f"hooks_port = {self.port}: must be 0 to {_LAST_PORT}")
        if self.host not in LOOPBACK and not self.behind_proxy:
            raise HooksSettingsError(
                f"hooks_host = {self.host}: others can reach this address, so web_proxies must "
                "name the proxy in front of it; 127.0.0.1 needs none"
            )
        if self.public_url is not None:
            _check_public_url(self.public_url)

    def address_of(self, path: str) -> str | None:
        """Under which address a service calls the webhook at `path`; None where none can."""
        return None if self.public_url is None else self.public_url.rstrip("/") + path


def _check_public_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        named = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        raise HooksSettingsError(f"hooks_public_url = {url!r}: must begin with https:// and a name")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise HooksSettingsError(
            f"hooks_public_url = {url!r}: only https:// and a name, the path is ours"
        )

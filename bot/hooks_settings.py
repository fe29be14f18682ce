"""Settings: where webhooks, /health, /ready and /metrics listen, and their public address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8081
_LAST_PORT: Final = 65_535


class HooksSettingsError(ValueError):
    """Invalid settings of the second listener: `problems` has a sentence for each, which names the
    setting and a valid value.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True, kw_only=True)
class HooksSettings:
    """Raises `HooksSettingsError` for settings that cannot work or would be unsafe.

    `public_url` is the https:// address in front of it, without a path, None if no service calls.
    `behind_proxy`: a proxy is configured, so that it may listen beyond this machine.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str | None = None
    behind_proxy: bool = False

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise HooksSettingsError(*problems)

    def _problems(self) -> Iterator[str]:
        if not 0 <= self.port <= _LAST_PORT:
            yield f"hooks_port = {self.port}: must be 0 to {_LAST_PORT}"
        if self.host not in LOOPBACK and not self.behind_proxy:
            yield (
                f"hooks_host = {self.host}: others can reach this address, so web_proxies must "
                "name the proxy in front of it; 127.0.0.1 needs none"
            )
        if self.public_url is not None:
            yield from _of_public_url(self.public_url)

    def address_of(self, path: str) -> str | None:
        """The URL at which a service calls the webhook at `path`; None if there is none."""
        return None if self.public_url is None else self.public_url.rstrip("/") + path


def _of_public_url(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        named = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        yield f"hooks_public_url = {url!r}: must begin with https:// and a name"
    elif parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        yield f"hooks_public_url = {url!r}: only https:// and a name, the path is ours"

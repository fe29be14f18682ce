"""Settings of the SMTP server and of the account that sends mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self

from handlers.understanding.channel_orders import mail_address

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
DEFAULT_PORT: Final = 587
"""For mail submission (RFC 6409)."""
_LAST_PORT: Final = 65_535
_LONGEST: Final = 256
"""Characters of a user name or password: the most that servers accept."""

_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:\-]{0,252}[A-Za-z0-9])?|::1")


class MailSettingsError(ValueError):
    """Invalid settings: `problems` has a sentence for each, without the password."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Security(StrEnum):
    """STARTTLS connects unencrypted and switches to TLS before it sends anything else; TLS is
    encrypted from the start; NONE is for a server on this machine only.
    """

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """Raises `MailSettingsError` with everything that is wrong or unsafe.

    If `user` is empty, the client does not sign in. `sender` is the address that mails come from.
    """

    host: str
    port: int = DEFAULT_PORT
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise MailSettingsError(problems)

    @classmethod
    def read(
        cls, *, host: str, port: str, security: str, user: str, password: str, sender: str
    ) -> Self:
        """From the texts of the settings. Raises `MailSettingsError`."""
        problems: list[str] = []
        number = DEFAULT_PORT
        if port.isascii() and port.isdigit() and len(port) <= len(str(_LAST_PORT)):
            number = int(port)
        else:
            problems.append(f"mail_port = {port[:20]!r}: must be a number")
        if security not in tuple(Security):
            allowed = ", ".join(Security)
            problems.append(f"mail_security = {security[:20]!r}: must be one of {allowed}")
        try:
            settings = cls(
                host=host.strip(),
                # A value that cannot be parsed is reported once; the others are checked as well.
                port=number,
                security=Security(security) if security in tuple(Security) else Security.STARTTLS,
                user=user,
                password=password,
                sender=sender.strip(),
            )
        except MailSettingsError as error:
            raise MailSettingsError((*problems, *error.problems)) from None
        if problems:
            raise MailSettingsError(tuple(problems))
        return settings

    @property
    def domain(self) -> str:
        """The domain of the sender's address, after the @."""
        return self.sender.rpartition("@")[2]

    def _problems(self) -> Iterator[str]:
        if not _HOST.fullmatch(self.host):
            yield f"mail_host = {self.host[:80]!r}: must be the name or address of a server"
        if not 1 <= self.port <= _LAST_PORT:
            yield f"mail_port = {self.port}: must be 1 to {_LAST_PORT}"
        if self.security is Security.NONE and self.host not in LOOPBACK:
            yield (
                "mail_security = none: only for a server on this machine (127.0.0.1), or others "
                "could read along; choose starttls or tls"
            )
        if bool(self.user) is not bool(self.password):
            yield "mail_user and mail_password: set both, or none for a server without signing in"
        for key, value in (("mail_user", self.user), ("mail_password", self.password)):
            if len(value) > _LONGEST or not value.isprintable():
                yield f"{key}: at most {_LONGEST} letters on one line"
        if mail_address(self.sender) is None:
            yield f"mail_from = {self.sender[:80]!r}: must be an address such as antt@example.vn"

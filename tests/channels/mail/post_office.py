"""A real SMTP server on loopback with configurable replies."""

import asyncio
import contextlib
import ssl
import subprocess
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.channels.mail import MailSettings, Security

USER, PASSWORD = "antt", "mat-khau-thu"
SENDER = "antt@congan.example.vn"
HERE = "127.0.0.1"


@dataclass
class PostOffice:
    """The mails it accepted, and the replies it gives instead of accepting ("550 5.1.1 nobody").

    `stalls` at "RCPT" or "DATA": no reply comes until the client disconnects. `hangs_up` at "DATA":
    the connection ends after the mail was accepted, before the reply.
    """

    port: int = 0
    at_sender: str = ""
    at_recipient: str = ""
    at_content: str = ""
    stalls: str = ""
    hangs_up: str = ""
    envelopes: list[Envelope] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    servers: list[SMTP] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """The accepted mails, oldest first."""
        return [message_from_bytes(raw, policy=default) for raw in self.raw]

    def settings(self, **others: Any) -> MailSettings:
        """Settings for this server."""
        values = {"host": HERE, "port": self.port, "security": Security.NONE, "sender": SENDER}
        return MailSettings(**{**values, **others})

    # The names of the hooks are aiosmtpd's.

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """MAIL FROM."""
        if self.at_sender:
            return self.at_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """RCPT TO."""
        await self._stall("RCPT")
        if self.at_recipient:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """The mail itself."""
        if self.at_content:
            return self.at_content
        self.envelopes.append(envelope)
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        await self._stall("DATA")
        if self.hangs_up == "DATA" and server.transport is not None:
            server.transport.abort()  # type: ignore[attr-defined]
        return "250 OK"

    async def _stall(self, where: str) -> None:
        if self.stalls == where:
            await asyncio.Event().wait()


def _authenticated(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
) -> AuthResult:
    right = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=right, handled=False)


@contextlib.asynccontextmanager
async def post_office(
    *, tls: ssl.SSLContext | None = None, implicit: bool = False, signs_in: bool = False
) -> AsyncIterator[PostOffice]:
    """A server that listens until the block ends. `tls`: STARTTLS, or TLS from the first byte if
    `implicit`. `signs_in`: USER and PASSWORD are required.
    """
    office = PostOffice()
    loop = asyncio.get_running_loop()

    def made() -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd warns about unencrypted passwords; this is loopback.
            warnings.simplefilter("ignore")
            server = _server()
        office.servers.append(server)
        return server

    def _server() -> SMTP:
        return SMTP(
            office,
            hostname="post.example",
            loop=loop,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            auth_required=signs_in,
            auth_require_tls=not signs_in,
            authenticator=_authenticated,
        )

    listening = await loop.create_server(made, HERE, 0, ssl=tls if implicit else None)
    office.port = listening.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        listening.close()
        for server in office.servers:
            if server.transport is not None:
                server.transport.abort()  # type: ignore[attr-defined]
            if (handling := server._handler_coroutine) is not None:
                handling.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await handling


def certificate(folder: Path, openssl: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS context with a certificate for 127.0.0.1, and a client's that trusts it."""
    pem, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-keyout", str(key), "-out", str(pem), "-days", "2", "-subj", "/CN=post",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem, key)
    return serving, ssl.create_default_context(cafile=str(pem))

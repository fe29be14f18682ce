"""Whether the settings of mail work, tried out for `antt channels test`; no mail is sent."""

import asyncio
import ssl
from collections.abc import Coroutine
from dataclasses import dataclass

from aiosmtplib import SMTP, SMTPException, SMTPNotSupported, SMTPResponseException

from bot.channels.mail.settings import MailSettings
from bot.channels.mail.wire import ENVELOPE_S, client_of, is_of_trust, sign_in


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing tried: `about` is "connection", "sign_in" or "sending".

    `what` names the outcome for the sentence about it: "works" | "unreachable" |
    "certificate" | "no_security" | "refused" (detail: the server's number).
    """

    about: str
    ok: bool
    what: str
    detail: str = ""


async def check(settings: MailSettings, tls: ssl.SSLContext | None = None) -> tuple[Finding, ...]:
    """Connect and change to TLS, sign in, and ask whether the sender may send; then leave."""
    client = client_of(settings, tls)
    findings: list[Finding] = []
    try:
        async with asyncio.timeout(ENVELOPE_S):
            for about, trying in (
                ("connection", _connect),
                ("sign_in", sign_in),
                ("sending", _sending),
            ):
                found = await _tried(about, trying(client, settings))
                findings.append(found)
                if not found.ok:
                    break
    except TimeoutError:
        findings.append(Finding(about="connection", ok=False, what="unreachable"))
    finally:
        client.close()
    return tuple(findings)


async def _connect(client: SMTP, _settings: MailSettings) -> None:
    await client.connect()


async def _sending(client: SMTP, settings: MailSettings) -> None:
    await client.mail(settings.sender)
    await client.rset()


async def _tried(about: str, trying: Coroutine[object, object, None]) -> Finding:
    try:
        await trying
    except SMTPNotSupported:
        return Finding(about=about, ok=False, what="no_security")
    except SMTPResponseException as error:
        return Finding(about=about, ok=False, what="refused", detail=str(error.code))
    except (SMTPException, OSError, ValueError) as error:
        what = "certificate" if is_of_trust(error) else "unreachable"
        return Finding(about=about, ok=False, what=what)
    return Finding(about=about, ok=True, what="works")

"""The SMTP conversation with the mail server, and the meaning of its replies."""

import asyncio
import contextlib
import re
import ssl
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.channels.mail.settings import MailSettings, Security
from scheduling.channel import Delivered, Delivery, Refused, Unknown

ENVELOPE_S: Final = 25.0
"""Seconds for connecting, signing in and naming the recipient: servers that delay unknown clients
do so for at most twenty seconds.
"""

CONTENT_S: Final = 25.0
"""Seconds for the mail itself, about a kilobyte; the sum of both limits is below the time that
delivery gives a channel.
"""

GOODBYE_S: Final = 2.0
"""Seconds for QUIT; the server already has the mail, so its reply does not matter."""

_PERMANENT: Final = 500
_MAILBOX_FULL: Final = 552
_DETAILED: Final = re.compile(r"^[245]\.(\d{1,3})\.(\d{1,3})\b")
_OF_POLICY: Final = "7"
_FULL: Final = ("2", "2")


def client_of(settings: MailSettings, tls: ssl.SSLContext | None = None) -> SMTP:
    """A client for one conversation. `tls` replaces the system's certificate authorities."""
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        # A fixed name, because a lookup of the machine's name may take long.
        local_hostname=settings.domain,
        use_tls=settings.security is Security.TLS,
        start_tls=settings.security is Security.STARTTLS,
        tls_context=tls,
        timeout=ENVELOPE_S,
    )


async def send(
    settings: MailSettings, to: str, mail: bytes, tls: ssl.SSLContext | None = None
) -> Delivery:
    """Hand one mail to the server."""
    client = client_of(settings, tls)
    try:
        refused = await _envelope(client, settings, to)
        return refused or await _content(client, mail)
    finally:
        client.close()


async def sign_in(client: SMTP, settings: MailSettings) -> None:
    """Sign in, if the settings have a user."""
    if not settings.user:
        return
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if not client.supports_extension("auth"):
        raise SMTPNotSupported("the server takes no names")
    await client.login(settings.user, settings.password)


async def _envelope(client: SMTP, settings: MailSettings, to: str) -> Refused | None:
    """Everything before the mail itself: a failure here means that nothing was delivered."""
    try:
        async with asyncio.timeout(ENVELOPE_S):
            await client.connect()
            await sign_in(client, settings)
            await client.mail(settings.sender)
            await client.rcpt(to)
    except SMTPRecipientRefused as error:
        return of_recipient(error.code, error.message)
    except (SMTPException, OSError, ValueError) as error:
        return of_failure(error)
    return None


async def _content(client: SMTP, mail: bytes) -> Delivery:
    """Send the mail itself: without a reply it is unknown whether the server has it."""
    try:
        async with asyncio.timeout(CONTENT_S):
            await client.data(mail)
    except SMTPDataError as error:
        permanent = error.code >= _PERMANENT
        return Refused(permanent=permanent, ours=permanent, error=f"content refused {error.code}")
    except (SMTPException, OSError) as error:
        return Unknown(error=type(error).__name__)
    with contextlib.suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(GOODBYE_S):
            await client.quit()
    return Delivered()


def of_recipient(code: int, text: str) -> Refused:
    """What a refused recipient means. Only a missing mailbox is a fault of the address; a full one
    may be emptied, and a policy error (5.7) concerns the server and us.
    """
    found = _DETAILED.match(text)
    subject, detail = (found[1], found[2]) if found else ("", "")
    error = f"recipient refused {code}{' ' + found[0] if found else ''}"
    full = code == _MAILBOX_FULL or (subject, detail) == _FULL
    if code < _PERMANENT or full:
        return Refused(permanent=False, ours=False, error=error)
    return Refused(permanent=True, ours=subject == _OF_POLICY, error=error)


def of_failure(error: Exception) -> Refused:
    """What went wrong before any recipient was named. Never quotes the server, because its text may
    contain names.
    """
    match error:
        case SMTPAuthenticationError(code=code):
            return Refused(permanent=False, ours=True, error=f"signing in refused {code}")
        case SMTPNotSupported():
            return Refused(permanent=False, ours=True, error="the server lacks STARTTLS or AUTH")
        case SMTPSenderRefused(code=code):
            ours = code >= _PERMANENT
            return Refused(permanent=False, ours=ours, error=f"sender refused {code}")
        case SMTPResponseException(code=code):
            return Refused(permanent=False, ours=False, error=f"server answered {code}")
        case _ if is_of_trust(error):
            return Refused(permanent=False, ours=True, error="the server's certificate")
        case _:
            return Refused(permanent=False, ours=False, error=type(error).__name__)


def is_of_trust(error: BaseException | None) -> bool:
    """Whether it failed because the server's certificate is not valid."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False

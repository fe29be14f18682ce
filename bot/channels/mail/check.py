"""Tests the mail settings for `antt channels test`; sends no mail."""

import asyncio
import ssl
from collections.abc import Coroutine, Mapping
from typing import Final

from aiosmtplib import SMTP, SMTPException, SMTPNotSupported, SMTPResponseException

from bot.channels.mail.settings import MailSettings
from bot.channels.mail.wire import ENVELOPE_S, client_of, is_of_trust, sign_in
from bot.trying import About, Tried, What
from domain.channels import MAIL

_SETTINGS: Final[Mapping[tuple[About, What], str]] = {
    (About.CONNECTION, What.UNREACHABLE): "mail_host, mail_port",
    (About.CONNECTION, What.CERTIFICATE): "mail_host",
    (About.CONNECTION, What.NO_SECURITY): "mail_security",
    (About.SIGN_IN, What.NO_SECURITY): "mail_security, mail_user",
    (About.SIGN_IN, What.REFUSED): "mail_user, mail_password",
    (About.SENDING, What.REFUSED): "mail_from",
}
"""Result -> the settings to check."""


async def check(settings: MailSettings, tls: ssl.SSLContext | None = None) -> tuple[Tried, ...]:
    """Connect and switch to TLS, sign in, ask whether the sender may send, then disconnect.

    The test stops at the first failure; the detail of a refusal is the server's number.
    """
    client = client_of(settings, tls)
    tried: list[Tried] = []
    about = About.CONNECTION
    try:
        async with asyncio.timeout(ENVELOPE_S):
            for about, trying in (
                (About.CONNECTION, _connect),
                (About.SIGN_IN, sign_in),
                (About.SENDING, _sending),
            ):
                tried.append(await _outcome(about, trying(client, settings)))
                if not tried[-1].ok:
                    break
    except TimeoutError:
        tried.append(_tried(about, What.UNREACHABLE))
    finally:
        client.close()
    return tuple(tried)


async def _connect(client: SMTP, _settings: MailSettings) -> None:
    await client.connect()


async def _sending(client: SMTP, settings: MailSettings) -> None:
    await client.mail(settings.sender)
    await client.rset()


async def _outcome(about: About, trying: Coroutine[object, object, None]) -> Tried:
    try:
        await trying
    except SMTPNotSupported:
        return _tried(about, What.NO_SECURITY)
    except SMTPResponseException as error:
        return _tried(about, What.REFUSED, str(error.code))
    except (SMTPException, OSError, ValueError) as error:
        return _tried(about, What.CERTIFICATE if is_of_trust(error) else What.UNREACHABLE)
    return _tried(about, What.WORKS)


def _tried(about: About, what: What, detail: str = "") -> Tried:
    settings = _SETTINGS.get((about, what), "")
    return Tried(channel=MAIL, about=about, what=what, detail=detail, settings=settings)

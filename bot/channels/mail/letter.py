"""Builds a mail: plain text, marked as written by a program."""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

_SEVEN_BIT: Final = SMTP.clone(cte_type="7bit")
"""Every server accepts this length, and no line break appears where we did not write one."""

SUBJECT_LIMIT: Final = 120
"""Characters of a subject: the most that a phone shows in its list."""


def letter(text: str, *, sender: str, to: str, outbox_id: int, at: datetime) -> bytes:
    """The mail as it is sent. The first line of `text` is the subject; the lines below it are the
    body. If there are none, the first line is also the body.

    A repetition of the same message has the same Message-ID, so that a mailbox can recognise the
    copy. `sender` and `to` are addresses that were checked before.
    """
    subject, _, body = text.partition("\n")
    mail = EmailMessage(policy=_SEVEN_BIT)
    mail["Subject"] = _one_line(subject)[:SUBJECT_LIMIT]
    mail["From"] = sender
    mail["To"] = to
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = _message_id(text, sender=sender, to=to, outbox_id=outbox_id)
    # No automatic reply or mailing list may answer us (RFC 3834; Exchange has its own header).
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_printable(body or subject))
    return mail.as_bytes()


def _message_id(text: str, *, sender: str, to: str, outbox_id: int) -> str:
    whole = "\0".join((str(outbox_id), to, text))
    digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:24]
    return f"<antt.{outbox_id}.{digest}@{sender.rpartition('@')[2]}>"


def _one_line(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """The text without control characters and unpaired surrogates; line ends are kept."""
    lines = text.splitlines()
    return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in lines)

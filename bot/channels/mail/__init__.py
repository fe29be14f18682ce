"""Mail: tells people that something waits in the web chat, without its content. Takes no answers.

settings   the server and the account
letter     builds a mail
wire       the SMTP conversation with the server, and the meaning of its replies
channel    the channel adapter for delivery
check      a test of the settings
"""

from bot.channels.mail.channel import MailChannel, MailCodeChannel
from bot.channels.mail.check import check
from bot.channels.mail.settings import MailSettings, MailSettingsError, Security

__all__ = [
    "MailChannel",
    "MailCodeChannel",
    "MailSettings",
    "MailSettingsError",
    "Security",
    "check",
]

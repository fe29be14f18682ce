"""Mail: tells people that something waits in the web chat; nothing of it, and takes no answers.

settings   which server, and as whom
letter     what a mail looks like
wire       the conversation with the server, and what its answers mean
channel    how delivery sees it
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

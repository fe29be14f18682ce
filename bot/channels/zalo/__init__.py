"""Zalo, through its Bot Platform (docs/decisions/0008-zalo.md lists the open points).

settings  limits                    the settings, and every limit
client                              calls to Zalo and their results
updates  parked                     Zalo's updates, and how they are parked
message_checks  bots  answering     full bots, strangers, groups
intake  polling  webhook  images    from an update to a turn
channel                             the channel adapter for delivery
check  running                      a test of the settings, and starting it all
"""

from bot.channels.zalo.bots import Introductions
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.check import check
from bot.channels.zalo.running import Front, Zalo
from bot.channels.zalo.settings import (
    NAME,
    Bot,
    Mode,
    ZaloSettings,
    ZaloSettingsError,
)

__all__ = [
    "NAME",
    "Bot",
    "Front",
    "Introductions",
    "Mode",
    "Zalo",
    "ZaloChannel",
    "ZaloSettings",
    "ZaloSettingsError",
    "check",
]

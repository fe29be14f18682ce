"""Zalo, by its Bot Platform (docs/decisions/0008-zalo.md says what is open about it).

settings  limits                    what is configured, and every limit
client                              calls to Zalo and what may come back
updates  parked                     what Zalo brings, and how it is parked
desk  bots  answering               room in a bot, strangers, groups
intake  polling  webhook  images    on the way to a turn
channel                             how delivery sees it
check  running                      a test of the settings, and all of it run
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

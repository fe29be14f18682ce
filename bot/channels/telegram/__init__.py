"""Telegram: long polling or a webhook, buttons, edits in place.

settings  keyboard  updates  failures     values only, nothing is loaded for them
api                                       the only file that imports aiogram
channel  intake  polling  webhook         sending, taking in, and the two ways of taking in
menus  check  running                     the command menu, a test of the settings, all of it run

aiogram costs 4 s and 100 MB, so this file imports none of it: whoever switches Telegram on
imports `bot.channels.telegram.running` when its settings say so, and no sooner.
"""

from bot.channels.telegram.settings import (
    HOOK_PATH,
    NAME,
    Mode,
    TelegramSettings,
    TelegramSettingsError,
)

__all__ = ["HOOK_PATH", "NAME", "Mode", "TelegramSettings", "TelegramSettingsError"]

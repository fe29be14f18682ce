"""Telegram: long polling or a webhook, buttons, edits in place.

settings  keyboard  updates  failures     values only, they load no library
api                                       the only file that imports aiogram
channel  intake  polling  webhook         sending, receiving, and the two ways of receiving
menus  check  running                     the command menu, a test of the settings, starting it all

aiogram costs 4 s and 100 MB, so this file does not import it: code that enables Telegram imports
`bot.channels.telegram.running` only if the settings say so.
"""

from bot.channels.telegram.settings import (
    HOOK_PATH,
    NAME,
    Mode,
    TelegramSettings,
    TelegramSettingsError,
)

__all__ = ["HOOK_PATH", "NAME", "Mode", "TelegramSettings", "TelegramSettingsError"]

"""Every sentence the product says, in Vietnamese and in English. Questions live in their pack."""

from locales.render import LOCALES, NoSuchSentence, Words

__all__ = ["LOCALES", "NoSuchSentence", "Words"]

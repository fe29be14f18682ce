"""Every sentence of the product, in Vietnamese and in English. Questions are in their pack."""

from locales.render import LOCALES, NoSuchSentence, Words

__all__ = ["LOCALES", "NoSuchSentence", "Words"]

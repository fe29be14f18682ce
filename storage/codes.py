"""Hashes of what must not be kept readable: one-time codes and strangers' addresses."""

import hashlib
import hmac
from typing import Final

# What people write for a letter that base32 has, beside blanks and dashes.
_MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B", " ": None, "-": None, "_": None})


def normal_code(code: str) -> str:
    """A code as it was made, however it was typed: "abcd e-f0h1" is "ABCDEFOHI"."""
    return code.strip().upper().translate(_MISREAD)


def hash_code(code: str, pepper: bytes) -> str:
    """The hash of a one-time code (ten base32 characters, fifty bits of chance), hex."""
    return hmac.new(pepper, b"code:" + normal_code(code).encode(), hashlib.sha256).hexdigest()


def hash_address(channel: str, bot: str, address: str, pepper: bytes) -> str:
    """The hash under which a stranger is recognised again, hex."""
    place = "\0".join(("address:", channel, bot, address))
    return hmac.new(pepper, place.encode(), hashlib.sha256).hexdigest()

"""Hashes of what must not be kept readable: one-time codes and strangers' addresses."""

import base64
import hashlib
import hmac
from typing import Final

CODE_LENGTH: Final = 10
"""Letters of a code: fifty bits, which limited attempts cannot guess."""

# What people write for a letter that base32 has, beside blanks and dashes.
_MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B", " ": None, "-": None, "_": None})


def normal_code(code: str) -> str:
    """A code as it was made, however it was typed: "abcd e-f0h1" is "ABCDEFOHI"."""
    return code.strip().upper().translate(_MISREAD)


def hash_code(code: str, pepper: bytes) -> str:
    """The hash of a one-time code (ten base32 characters, fifty bits of chance), hex."""
    return hmac.new(pepper, b"code:" + normal_code(code).encode(), hashlib.sha256).hexdigest()


def batch_code(batch: str, person_id: int, pepper: bytes) -> str:
    """The code of one person in a batch of codes, ten base32 letters.

    A batch is a name made by chance. Its codes can be made again from it and the pepper, so
    that a sheet of codes can be printed and no code need be kept anywhere.
    """
    name = f"batch:{batch}:{person_id}".encode()
    digest = hmac.new(pepper, name, hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:CODE_LENGTH]


def hash_address(channel: str, bot: str, address: str, pepper: bytes) -> str:
    """The hash under which a stranger is recognised again, hex."""
    place = "\0".join(("address:", channel, bot, address))
    return hmac.new(pepper, place.encode(), hashlib.sha256).hexdigest()

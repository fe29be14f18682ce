"""Hashes of values that must not be stored readable: one-time codes and strangers' addresses."""

import base64
import hashlib
import hmac
from typing import Final

from domain.one_time_codes import LENGTH, NUMBER, spelled

# What people type instead of a base32 letter; they also type blanks and dashes.
_MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B", " ": None, "-": None, "_": None})


def normal_code(code: str) -> str:
    """The code in its original form, however it was typed: "abcd e-f0h1" is "ABCDEFOHI"."""
    return code.strip().upper().translate(_MISREAD)


def hash_code(code: str, pepper: bytes) -> str:
    """The hash of a one-time code (ten letters, at least forty random bits), hex."""
    return hmac.new(pepper, b"code:" + normal_code(code).encode(), hashlib.sha256).hexdigest()


def batch_code(batch: str, person_id: int, pepper: bytes) -> str:
    """The code of one person in a batch of codes.

    A batch is a random name. Its codes can be derived again from it and the pepper, so a sheet of
    codes can be printed without storing any code.
    """
    return spelled(int.from_bytes(_batch_digest(batch, person_id, pepper)) % NUMBER)


def base32_batch_code(batch: str, person_id: int, pepper: bytes) -> str:
    """The same for a batch made when codes were base32: its sheet may be downloaded again."""
    return base64.b32encode(_batch_digest(batch, person_id, pepper)).decode()[:LENGTH]


def _batch_digest(batch: str, person_id: int, pepper: bytes) -> bytes:
    name = f"batch:{batch}:{person_id}".encode()
    return hmac.new(pepper, name, hashlib.sha256).digest()


def hash_address(channel: str, bot: str, address: str, pepper: bytes) -> str:
    """The hash by which a stranger's address is recognised again, hex."""
    place = "\0".join(("address:", channel, bot, address))
    return hmac.new(pepper, place.encode(), hashlib.sha256).hexdigest()

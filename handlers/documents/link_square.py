"""A link as a QR code that a phone's camera reads."""

from io import BytesIO
from typing import Final

import segno

from domain.messages import Recipe

PNG: Final = "image/png"

_LINK: Final = "link"
_ERROR: Final = "m"
"""Readable with a sixth of it covered by a reflection on the screen."""

_SCALE: Final = 8
"""Pixels a module: about 300 in all, which fits the smallest phone and can be read by another
phone.
"""


def made(recipe: Recipe) -> bytes:
    """The PNG of a recipe of kind LINK_QR."""
    stream = BytesIO()
    link = dict(recipe.figures)[_LINK]
    segno.make_qr(link, error=_ERROR).save(stream, kind="png", scale=_SCALE, border=4)
    return stream.getvalue()

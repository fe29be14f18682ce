"""The QR code of a link contains exactly that link."""

import segno

from domain.messages import Recipe, RecipeKind
from handlers.documents.link_square import made

LINK = "https://t.me/antt_bot?start=ABCDE-FGH23"


def _made(link: str) -> bytes:
    return made(Recipe(kind=RecipeKind.LINK_QR, name="x.png", figures=(("link", link),)))


def test_it_is_a_png_of_this_link_and_of_no_other() -> None:
    assert _made(LINK).startswith(b"\x89PNG\r\n")
    assert _made(LINK) == _made(LINK)
    assert _made(LINK) != _made(LINK.replace("ABCDE", "ABCDF"))


def test_it_is_large_enough_to_be_read_from_another_screen() -> None:
    width = int.from_bytes(_made(LINK)[16:20], "big")
    assert width == (segno.make_qr(LINK, error="m").symbol_size(border=4)[0]) * 8
    assert 250 <= width <= 450

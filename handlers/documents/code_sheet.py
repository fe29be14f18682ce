"""The printed sheet of one-time codes: one slip for each person, eight slips on a page of A4.

It is one HTML document without external resources, scripts or style attributes. All its style is
one fixed <style> element, whose hash is in `CODE_SHEET_POLICY`, so that it opens under a strict
policy, both as a file and from a browser's memory. The document contains the same policy. The
squares are SVG within the page. Send it with `Cache-Control: no-store`: it is the only place where
the codes can be read.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from typing import Final

import segno

from domain.one_time_codes import grouped
from domain.people import Role
from locales import Words

SLIPS_PER_PAGE: Final = 8
"""Two by four: 95 x 69 mm each, enough for a square that old cameras can read."""

_QR_ERROR: Final = "m"
"""Readable with a sixth of it creased or stained."""
_ORIGIN: Final = re.compile(r"https?://[^\s/?#@]+", re.ASCII)

_STYLE: Final = """
@page { size: A4 portrait; margin: 10mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { color: #000; background: #e9eeec; color-scheme: light; }
body { font: 9pt/1.35 "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
.hint { max-width: 190mm; margin: 6mm auto; padding: 4mm; background: #fff6d6; font-size: 11pt; }
.page { display: grid; grid-template-columns: 95mm 95mm; grid-auto-rows: 69mm; width: 190mm;
  height: 276mm; break-after: page; overflow: hidden; }
.page:last-of-type { break-after: auto; }
.slip { display: grid; grid-template: auto auto 1fr auto / 1fr 30mm; column-gap: 3mm;
  padding: 3.5mm 4mm 3mm; border: 0 dashed #777; overflow: hidden; break-inside: avoid; }
.slip:nth-child(odd) { border-right-width: 0.3mm; }
.slip:nth-child(n+3) { border-top-width: 0.3mm; }
.who { grid-column: 1 / 3; overflow-wrap: anywhere; }
.product { font-size: 7pt; line-height: 1.2; letter-spacing: 0.04em;
  text-transform: uppercase; color: #333; }
.unit { font-size: 12pt; font-weight: 700; line-height: 1.25; }
.unit, .name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
  overflow: hidden; }
.name { font-size: 10pt; line-height: 1.25; }
.role { font-size: 9pt; line-height: 1.25; color: #333; }
.role::first-letter { text-transform: uppercase; }
.key { margin-top: 1.2mm; }
.label { font-size: 8pt; color: #333; }
.code { font: 700 15pt/1.25 "Consolas", "DejaVu Sans Mono", "Liberation Mono", monospace;
  white-space: nowrap; }
.qr { align-self: center; justify-self: end; width: 30mm; height: 30mm; grid-row: 2 / 4;
  grid-column: 2; }
.how { font-size: 7.2pt; line-height: 1.25; align-self: end; }
.link { grid-column: 1 / 3; margin-top: 1mm; font-size: 7.5pt; line-height: 1.25; font-weight: 600;
  overflow-wrap: anywhere; }
.bots { grid-column: 1 / 3; font-size: 7.2pt; line-height: 1.25; }
@media screen {
  .page { margin: 6mm auto; background: #fff; outline: 10mm solid #fff; margin-block: 16mm; }
}
@media print {
  html { background: #fff; }
  .hint { display: none; }
}
"""


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


CODE_SHEET_POLICY: Final = (
    f"default-src 'none'; style-src '{_hash(_STYLE)}'; base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy header for the sheet (add frame-ancestors as on other pages)."""


class BadOrigin(ValueError):
    """The web address of the installation cannot be printed on a slip."""


@dataclass(frozen=True, kw_only=True)
class CodeSlip:
    """One slip. `unit` is its label; `code` has ten letters with or without a dash; `expires_at` is
    aware.
    """

    unit: str
    role: Role
    name: str
    code: str
    expires_at: datetime


def join_link(origin: str, code: str) -> str:
    """The one-time link for a code. The code stands after "#": a browser never sends that part, so
    no server or proxy has it in its log.
    """
    return f"{origin}/join#{code}"


def code_sheet(slips: Iterable[CodeSlip], base_url: str, words: Words, *, bots: str = "") -> str:
    """The HTML document, with the slips in the given order.

    `base_url` is the public origin of the web chat ("https://antt.example"). `bots` is a line about
    the bots that also accept the code. Raises `BadOrigin` if `base_url` is not an origin.
    """
    origin = base_url.rstrip("/")
    if _ORIGIN.fullmatch(origin) is None:
        raise BadOrigin(f"{base_url!r} is no address of a web site: http(s)://host[:port]")
    made = [_slip(slip, origin, bots, words) for slip in slips]
    pages = [made[at : at + SLIPS_PER_PAGE] for at in range(0, len(made), SLIPS_PER_PAGE)]
    hint = words.say("workbooks.slips_on_screen", count=len(made), pages=len(pages))
    return _DOCUMENT.format(
        locale=escape(words.locale),
        policy=escape(CODE_SHEET_POLICY),
        title=escape(words.say("workbooks.slips_title")),
        style=_STYLE,
        hint=escape(hint),
        pages="\n".join(_page(page) for page in pages),
    )


_DOCUMENT: Final = """<!doctype html>
<html lang="{locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<p class="hint">{hint}</p>
{pages}
</body>
</html>
"""


def _page(slips: Sequence[str]) -> str:
    return '<section class="page">\n' + "\n".join(slips) + "\n</section>"


def _slip(slip: CodeSlip, origin: str, bots: str, words: Words) -> str:
    code = grouped(slip.code)
    role = words.say("common.role", role=slip.role)
    expires = words.say("workbooks.slip_expires", at=slip.expires_at)
    return "\n".join(
        (
            '<article class="slip">',
            '<div class="who">',
            f'<p class="product">{escape(words.say("workbooks.slip_product"))}</p>',
            f'<p class="unit">{escape(slip.unit[:1].upper() + slip.unit[1:])}</p>',
            f'<p class="name">{escape(slip.name)}</p>',
            f'<p class="role">{escape(role)}</p>',
            "</div>",
            '<div class="key">',
            f'<p class="label">{escape(words.say("workbooks.slip_code"))}</p>',
            f'<p class="code">{escape(code)}</p>',
            f'<p class="label">{escape(expires)}</p>',
            "</div>",
            _square(join_link(origin, code), words.say("workbooks.slip_qr")),
            f'<p class="how">{escape(words.say("workbooks.slip_how"))}</p>',
            f'<p class="link">{escape(f"{origin}/join")}</p>',
            *((f'<p class="bots">{escape(bots)}</p>',) if bots else ()),
            "</article>",
        )
    )


def _square(link: str, title: str) -> str:
    # Presentation attributes only: a style attribute would violate the policy.
    stream = BytesIO()
    segno.make_qr(link, error=_QR_ERROR).save(
        stream,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=title,
        border=2,
    )
    return stream.getvalue().decode()

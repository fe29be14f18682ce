"""The page and its files: read once, sent from memory, revalidated at each visit.

There is no build step, so a file keeps its name when it changes; browsers ask each time and get
"not changed" by the ETag. There is no service worker: the page can be installed without one, and a
worker that cached pages or messages would leave them on shared machines.
"""

import gzip
import hashlib
import html
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import hdrs, web

from bot.channels.web import words

STATIC: Final = Path(__file__).with_name("static")

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
}
_PAGE: Final = "index.html"


@dataclass(frozen=True, kw_only=True)
class File:
    """One file as it is sent."""

    content_type: str
    body: bytes
    zipped: bytes | None
    etag: str


def _file(content_type: str, body: bytes) -> File:
    # Pictures are already compressed.
    zipped = None if content_type == _TYPES[".png"] else gzip.compress(body, mtime=0)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return File(content_type=content_type, body=body, zipped=zipped, etag=etag)


@cache
def files() -> dict[str, File]:
    """Every file that may be fetched, by name; no other file can be."""
    return {
        path.name: _file(_TYPES[path.suffix], path.read_bytes())
        for path in STATIC.iterdir()
        if path.suffix in _TYPES and path.name != _PAGE
    }


@cache
def page(language: str) -> File:
    """The page, the same for everybody: its script asks who is signed in."""
    said = words.sentences(language)
    text = Template((STATIC / _PAGE).read_text(encoding="utf-8")).substitute(
        lang=language,
        title=html.escape(said["app.title"]),
        short=html.escape(said["app.short"]),
        description=html.escape(said["app.description"]),
        needs_script=html.escape(said["app.needs_script"]),
        loading=html.escape(said["app.loading"]),
        broken=html.escape(said["app.broken"]),
        failed=html.escape(said["app.failed"]),
        too_old=html.escape(said["app.too_old"]),
    )
    return _file(_TYPES[".html"], text.encode())


@cache
def manifest(language: str) -> File:
    """The data that a browser needs to install the page as an app."""
    said = words.sentences(language)
    icons = [
        {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": f"/static/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ),
        {
            "src": "/static/icon-mask-512.png",
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    body = {
        "id": "/",
        "name": said["app.title"],
        "short_name": said["app.short"],
        "description": said["app.description"],
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#edf2ef",
        "theme_color": "#0b4a3f",
        "icons": icons,
    }
    return _file(
        "application/manifest+json", json.dumps(body, ensure_ascii=False, indent=1).encode()
    )


async def get_page(request: web.Request) -> web.StreamResponse:
    """GET / and GET /join/…: opening a link does not use up its code."""
    return _answer(request, page(words.FIRST))


async def get_manifest(request: web.Request) -> web.StreamResponse:
    """GET /manifest.webmanifest"""
    return _answer(request, manifest(words.FIRST))


async def get_file(request: web.Request) -> web.StreamResponse:
    """GET /static/{name}"""
    found = files().get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    return _answer(request, found)


def language_of(request: web.Request) -> str:
    """The language of the page; its script sends it in each call."""
    return words.known(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))


def _answer(request: web.Request, file: File) -> web.Response:
    headers = {
        hdrs.ETAG: file.etag,
        hdrs.CACHE_CONTROL: "no-cache",
        hdrs.VARY: "Accept-Encoding",
    }
    if file.etag in request.headers.get(hdrs.IF_NONE_MATCH, ""):
        return web.Response(status=304, headers=headers)
    headers[hdrs.CONTENT_TYPE] = file.content_type
    if file.zipped is not None and "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
        headers[hdrs.CONTENT_ENCODING] = "gzip"
        return web.Response(body=file.zipped, headers=headers)
    return web.Response(body=file.body, headers=headers)

"""Signing in, signing out, and the list of signed-in devices."""

import secrets
from datetime import datetime, timedelta
from typing import Final

import segno
from aiohttp import hdrs, web

from bot.channels.web import limits
from bot.channels.web.admission import Admitted, Declined, Duty
from bot.channels.web.caller import device_of
from bot.channels.web.site import (
    IDLE,
    Refusal,
    Site,
    find_session,
    json_of,
    limit,
    limit_address,
    session_of,
    site_of,
)
from bot.channels.web.wire import NAME_LIMIT, BadRequest, iso, number_of, text_of
from domain.messages import TEXT_LIMIT
from handlers.ground.new_codes import new_code
from storage import Tx, WebSession, token_hash

LIFETIME: Final = timedelta(days=180)
"""A session always ends after this time, because people change posts."""

LINK_LIFETIME: Final = timedelta(minutes=10)
"""Long enough to fetch the other device, short enough for an unattended screen."""

_TOKEN_BYTES: Final = 32
"""256 bits: a session cannot be guessed."""

_QR_ERROR: Final = "m"
"""Error correction for a fingerprint on the screen; a higher level makes the squares smaller."""


def join_link(origin: str, code: str) -> str:
    """The one-time link for a code. The code is in the fragment (after "#"): a browser never sends
    it, so that no log of a server, proxy or link scanner contains it.
    """
    return f"{origin}/join#{code}"


async def get_session(request: web.Request) -> web.Response:
    """GET /api/session: the person who is signed in here."""
    session = await session_of(request)
    site = site_of(request)
    now = site.clock.now()
    who = await site.admission.who(session.person_id, now)
    if who is None:
        raise Refusal(401, "error.not_signed_in")
    return web.json_response(
        {
            "person": {"id": session.person_id, "name": who.name},
            "heading": who.heading,
            "role": who.role,
            "roles": list(who.roles),
            "locale": who.locale,
            "text_limit": TEXT_LIMIT,
            "own_device": session.own_device,
            "now": iso(now),
        }
    )


async def post_join(request: web.Request) -> web.Response:
    """POST /api/join {"code", "own_device"} or with "mine" too: sign in with a code.

    Returns {} with a session if the code opens one. For an invitation it first returns {"duty":
    {"text", "yes", "no"}}, the duty it is for, and the code stays valid; then `mine` says whether
    the duty is the caller's: true signs in; false gives the code back and returns {"said"}. Wrong,
    used and expired codes get the same answer. A session that was open in this browser ends, so
    that one window never shows two persons. `own_device`, false if absent: nobody else uses this
    device.
    """
    site = site_of(request)
    limit_address(request, site.joins)
    limit(site.all_joins, "")
    body = await json_of(request)
    code, mine = text_of(body, "code", NAME_LIMIT), body.get("mine")
    own_device = body.get("own_device", False)
    if mine is not None and not isinstance(mine, bool):
        raise BadRequest("mine")
    if not isinstance(own_device, bool):
        raise BadRequest("own_device")
    now = site.clock.now()
    match await site.admission.come(code, mine, now):
        case Admitted(person_id=person_id):
            return await _sign_in(request, site, person_id, now, own_device=own_device)
        case Duty(text=text, yes=yes, no=no):
            return web.json_response({"duty": {"text": text, "yes": yes, "no": no}})
        case Declined(text=text):
            return web.json_response({"said": text})
        case None:
            raise Refusal(403, "sign_in.refused")


async def post_sign_out(request: web.Request) -> web.Response:
    """POST /api/sign-out: end this session."""
    session = await session_of(request)
    site = site_of(request)
    await _end(site, session.person_id, session.id)
    response = web.json_response({})
    response.del_cookie(site.settings.cookie, path="/", secure=site.settings.secure)
    # The browser's local data is deleted too, except the choice of colours.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


async def get_sessions(request: web.Request) -> web.Response:
    """GET /api/sessions: the person's devices, the last used first."""
    session = await session_of(request)
    site = site_of(request)
    now = site.clock.now()
    found = await site.database.read(lambda tx: tx.web.sessions(session.person_id, now))
    listed = [
        {
            "id": one.id,
            "device": one.device,
            "since": iso(one.created_at),
            "last_used": iso(one.last_used_at),
            "this": one.id == session.id,
        }
        for one in found
    ]
    return web.json_response({"sessions": listed})


async def post_end(request: web.Request) -> web.Response:
    """POST /api/sessions/{id}/end: end one of the caller's own sessions; may be repeated."""
    session = await session_of(request)
    await json_of(request)
    await _end(site_of(request), session.person_id, number_of(request.match_info["id"]))
    return web.json_response({})


async def post_links(request: web.Request) -> web.Response:
    """POST /api/links: a one-time link for another device of the same person, with a QR code."""
    session = await session_of(request)
    await json_of(request)
    site = site_of(request)
    limit(site.links, str(session.id))
    code, expires = new_code(), site.clock.now() + LINK_LIFETIME
    await site.database.write(
        lambda tx: tx.web.add_code(code, person_id=session.person_id, expires_at=expires)
    )
    link = join_link(site.settings.origin(request.headers[hdrs.HOST]), code)
    matrix = segno.make_qr(link, error=_QR_ERROR).matrix
    rows = ["".join("1" if module else "0" for module in row) for row in matrix]
    return web.json_response({"link": link, "code": code, "qr": rows, "expires": iso(expires)})


async def _sign_in(
    request: web.Request, site: Site, person_id: int, now: datetime, *, own_device: bool
) -> web.Response:
    before = await find_session(request)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    device = device_of(request.headers.get(hdrs.USER_AGENT, ""))

    def start(tx: Tx) -> WebSession:
        if before is not None:
            tx.web.end_session(before.person_id, before.id)
        return tx.web.start_session(
            token_hash(token),
            person_id=person_id,
            device=device,
            now=now,
            idle=IDLE,
            lifetime=LIFETIME,
            most=limits.SESSIONS_PER_PERSON,
            own_device=own_device,
        )

    await site.database.write(start)
    if before is not None:
        site.hub.end(session_id=before.id)
    response = web.json_response({})
    response.set_cookie(
        site.settings.cookie,
        token,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        httponly=True,
        secure=site.settings.secure,
        # SameSite=Strict costs nothing here: the page is the same for all, so a person who follows
        # a link from another site needs no cookie until the script asks.
        samesite="Strict",
    )
    return response


async def _end(site: Site, person_id: int, session_id: int) -> None:
    ended = await site.database.write(lambda tx: tx.web.end_session(person_id, session_id))
    if ended:
        site.hub.end(session_id=session_id)

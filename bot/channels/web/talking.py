"""Messages from the person, and the history of the conversation."""

from urllib.parse import quote

from aiohttp import hdrs, web

from bot.channels.web import limits
from bot.channels.web.contracts import CannotMake
from bot.channels.web.site import Refusal, json_of, session_of, site_of
from bot.channels.web.wire import as_json, incoming_of, number_of, numbers_of
from bot.turns import Busy, Handled
from domain.messages import Incoming, Outgoing, Said
from storage import Message, Tx


async def post_message(request: web.Request) -> web.Response:
    """POST /api/messages {"id", "at", "said"}, with "asked" and "repeated" if the page shows a
    question, or {"id", "at", "tap": {"menu", "choice"}}.

    202 {"id", "upto"}: the turn is committed, and its replies are among the messages up to `upto`.
    The id is an idempotency key: a repeated request changes nothing and gets the same kind of
    answer. 409: a text at a question that is answered with buttons only; it is kept nowhere.
    """
    session = await session_of(request)
    site, now = site_of(request), site_of(request).clock.now()
    incoming = incoming_of(await json_of(request), session.person_id, now)
    if isinstance(said := incoming.content, Said):
        refused = await site.database.read(
            lambda tx: site.admission.refuses(tx, session.person_id, said, now)
        )
        if refused:
            raise Refusal(409, "error.taps_only")
    return await take(request, incoming)


async def take(request: web.Request, incoming: Incoming) -> web.Response:
    """Run the turn of a signed-in person and return the position of its last message."""
    site, person_id = site_of(request), int(incoming.address)
    match await site.turns.take(incoming):
        case Busy(retry_after=seconds):
            raise Refusal(503, "error.busy", wait=seconds)
        case Handled(to_stranger=Outgoing()):
            raise Refusal(401, "error.not_signed_in")  # the posts were removed meanwhile
    positions = await site.database.read(lambda tx: tx.web.positions((person_id,)))
    site.hub.look()
    upto = positions.get(person_id, 0)
    return web.json_response({"id": incoming.delivery_id, "upto": upto}, status=202)


async def get_history(request: web.Request) -> web.Response:
    """GET /api/history?before=ID or ?after=ID: a page of messages, oldest first.

    Without either: the newest. `more` says whether there are others outside the page.
    """
    session = await session_of(request)
    after, before = (
        number_of(request.query[name]) if name in request.query else None
        for name in ("after", "before")
    )
    site, now = site_of(request), site_of(request).clock.now()
    found = await site.database.read(
        lambda tx: site.admission.with_wanted(
            tx,
            session.person_id,
            history(tx, session.person_id, after=after, before=before, extra=1),
            now,
        )
    )
    more = len(found) > limits.HISTORY_PAGE
    if more:
        # The extra one is the farthest from the reader's position.
        found = found[1:] if after is None else found[:-1]
    return web.json_response({"messages": [as_json(*one) for one in found], "more": more})


async def post_seen(request: web.Request) -> web.Response:
    """POST /api/seen {"ids": […]}: these messages were on the person's screen."""
    session = await session_of(request)
    positions = numbers_of(await json_of(request), "ids", limits.SEEN_IDS)
    site, now = site_of(request), site_of(request).clock.now()

    def mark(tx: Tx) -> int:
        address_id = tx.web.address_id(session.person_id)
        return 0 if address_id is None else tx.web.mark_seen(address_id, positions, now)

    if await site.database.write(mark):
        site.hub.saw(session.person_id, positions)
    return web.json_response({})


async def get_attachment(request: web.Request) -> web.Response:
    """GET /api/attachments/{id}: the file or picture of the person's own message, made now."""
    session = await session_of(request)
    site = site_of(request)
    position = number_of(request.match_info["id"])
    found = await site.database.read(
        lambda tx: history(tx, session.person_id, after=max(position - 1, 0))
    )
    recipe = found[0].outgoing.attachment if found and found[0].position == position else None
    if recipe is None:
        raise Refusal(404, "error.no_attachment")
    try:
        made = await site.maker.make(recipe)
    except CannotMake as error:
        raise Refusal(410, "error.no_attachment") from error
    kind = "inline" if made.media_type.startswith("image/") else "attachment"
    response = web.Response(body=made.body, content_type=made.media_type)
    name = quote(made.name, safe="")
    response.headers[hdrs.CONTENT_DISPOSITION] = f"{kind}; filename*=UTF-8''{name}"
    # Sandboxed: in a tab of its own the file can run no script.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def history(
    tx: Tx,
    person_id: int,
    *,
    after: int | None = None,
    before: int | None = None,
    extra: int = 0,
) -> tuple[Message, ...]:
    """A page of the messages shown to a person on the web, and `extra` more."""
    address_id = tx.web.address_id(person_id)
    if address_id is None:
        return ()
    most = limits.HISTORY_PAGE + extra
    return tx.outbox.history(address_id, after=after, before=before, limit=most)

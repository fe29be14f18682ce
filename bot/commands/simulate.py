"""`antt simulate`: the messages that would be sent, simulated over a copy."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from bot.chat import new_delivery_id
from bot.clock import FixedClock
from bot.commands.database import KNOWN_SHOWN, database_of, opened, sentence
from bot.commands.parser import Misuse, Parser, day, existing, moment
from bot.compose import House, open_store
from bot.settings import Settings
from domain.channels import TERMINAL
from domain.deadlines import VIETNAM
from domain.messages import Incoming, Said
from handlers.ground.library import Library
from locales import Words
from scheduling.simulate import Event, Noted, Simulation, noting_channels
from storage import StorageError, Store, copy_sqlite

CHANNEL = TERMINAL
"""The channel on which people of an events file write."""

LONGEST_SPAN = 5
"""Most years in one simulation: plans are confirmed for one year at a time."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001
    """Declare the options."""
    parser.option("--db", key="db", metavar="DB")
    parser.option("--from", key="from", required=True, dest="first", metavar="D")
    parser.option("--to", key="to", required=True, dest="last", metavar="D")
    parser.option("--events", key="events", type=Path, metavar="FILE")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Simulate and print."""
    first, last = _span(options, words)
    events = _events(options.events, first, last, words) if options.events else ()
    with opened(options, settings, words) as store:
        if not store.url.startswith("sqlite"):
            instead = words.say("cli.simulate_postgresql")
            raise Misuse(words.say("cli.only_sqlite", command="antt simulate", instead=instead))
    with tempfile.TemporaryDirectory(prefix="antt-simulate-") as folder:
        copy = Path(folder) / "copy.db"
        try:
            copy_sqlite(database_of(options, settings, words), copy)
        except StorageError as error:
            raise Misuse(sentence(error, words)) from None
        _play(copy, first, last, events, words, as_json=options.json)
    return 0


def _span(options: argparse.Namespace, words: Words) -> tuple[datetime, datetime]:
    first, last = day(options.first, words), day(options.last, words)
    if first > last:
        raise Misuse(words.say("cli.span_reversed", first=first, last=last))
    if last.year - first.year >= LONGEST_SPAN:
        raise Misuse(words.say("cli.span_too_long", years=LONGEST_SPAN))
    begin = datetime.combine(first, time.min, VIETNAM)
    end = datetime.combine(last, time.max, VIETNAM)
    return begin.astimezone(UTC), end.astimezone(UTC)


def _events(path: Path, first: datetime, last: datetime, words: Words) -> tuple[Event, ...]:
    text = existing(path, words).read_text(encoding="utf-8", errors="replace")
    events = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        event = _event(line, words)
        if event is None:
            reason = words.say("cli.event_not_json")
        elif not first <= event.at <= last:
            reason = words.say("cli.event_outside")
        else:
            events.append(event)
            continue
        raise Misuse(words.say("cli.event_wrong", path=str(path), line=number, reason=reason))
    return tuple(events)


def _event(line: str, words: Words) -> Event | None:
    """An event, or None if the line is not a valid one."""
    try:
        row = json.loads(line)
        at = moment(row["at"], words)
    except (ValueError, RecursionError, TypeError, KeyError, Misuse):
        return None
    if not all(isinstance(row.get(key), str) for key in ("as", "text")):
        return None
    return Event(at=at, who=row["as"], text=row["text"])


def _play(
    copy: Path,
    first: datetime,
    last: datetime,
    events: Iterable[Event],
    words: Words,
    *,
    as_json: bool,
) -> None:
    clock = FixedClock(first)
    noted: list[Noted] = []
    store = open_store(str(copy), first)
    channels = noting_channels(clock.now, noted)
    with House.build(store, clock, channels, Library()) as house:
        _introduce(store, events, clock, words)
        played = Simulation(
            store=store,
            library=house.library,
            deliverer=house.deliverer,
            set_clock=lambda now: setattr(clock, "at", now),
        )
        with asyncio.Runner() as runner:
            for now, said in played.moments(first, last, events):
                runner.run(played.pass_moment(now))
                for event in said:
                    runner.run(_say(house, event))
        _show(store, noted, words, as_json=as_json)
    if not as_json and not noted:
        local = (moment.astimezone(VIETNAM).date() for moment in (first, last))
        print(words.say("cli.simulated_none", first=next(local), last=next(local)))
    unreached = {one.occurrence.unit for one in played.ticked.unreached}
    if unreached:
        print(words.say("cli.simulated_unreached", count=len(unreached)), file=sys.stderr)


def _introduce(store: Store, events: Iterable[Event], clock: FixedClock, words: Words) -> None:
    """Check that everybody who will write exists and has an address."""
    with store.begin() as tx:
        for handle in sorted({event.who for event in events}):
            person = tx.people.by_handle(handle)
            if person is None:
                known = [one.handle for one in tx.people.all()[:KNOWN_SHOWN]]
                raise Misuse(words.say("cli.no_such_person", handle=handle, known=known))
            tx.addresses.link(CHANNEL, "", handle, person.id, clock.now())


async def _say(house: House, event: Event) -> None:
    await house.turns.take(
        Incoming(
            channel=CHANNEL,
            address=event.who,
            delivery_id=new_delivery_id(),
            at=event.at,
            content=Said(text=event.text),
        )
    )
    await house.deliverer.once()


def _show(store: Store, noted: Iterable[Noted], words: Words, *, as_json: bool) -> None:
    with store.begin() as tx:
        rows = []
        for one in noted:
            address = tx.addresses.lock(one.channel, "", one.address)
            person = tx.people.get(address.person_id) if address is not None else None
            rows.append((one, person.handle if person is not None else one.address))
    if as_json:
        print(json.dumps([_as_json(*row) for row in rows], ensure_ascii=False, indent=2))
        return
    for one, handle in rows:
        text = one.outgoing.text
        print(words.say("cli.simulated", at=one.at, addressee=handle, text=text) + "\n")


def _as_json(one: Noted, handle: str) -> dict[str, object]:
    return {
        "at": one.at.astimezone(VIETNAM).isoformat(),
        "to": handle,
        "channel": one.channel,
        "text": one.outgoing.text,
    }

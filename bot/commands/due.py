"""`antt due`: the dated duties of a document in a period."""

import argparse
import json
from datetime import date

from bot.commands.parser import Misuse, Parser, day
from bot.settings import Settings
from domain.deadlines import DatedDuty, duties_between
from locales import Words
from packs import PackError, UnknownPackError, load_pack
from packs.holidays import FIRST_YEAR, LAST_YEAR, work_calendar

LONGEST_SPAN = 10
"""Years: a plan is made for one, and rest days are unknown long before ten years from now."""


def arguments(parser: Parser, words: Words) -> None:  # noqa: ARG001  every command has both
    """Declare the options."""
    parser.option("--pack", key="pack", required=True, metavar="ID")
    parser.option("--from", key="from", required=True, dest="first", metavar="D")
    parser.option("--to", key="to", required=True, dest="last", metavar="D")
    parser.option("--json", key="json", action="store_true")


def run(options: argparse.Namespace, settings: Settings, words: Words) -> int:  # noqa: ARG001
    """Print the duties, ordered by their limits."""
    first, last = _span(options, words)
    duties = _duties(options.pack, first, last, words)
    if options.json:
        print(json.dumps([_as_json(duty) for duty in duties], ensure_ascii=False, indent=2))
    elif duties:
        print("\n\n".join(_as_text(duty, words) for duty in duties))
    else:
        print(words.say("cli.due_none", pack=options.pack, first=first, last=last))
    return 0


def _span(options: argparse.Namespace, words: Words) -> tuple[date, date]:
    first, last = day(options.first, words), day(options.last, words)
    if first > last:
        raise Misuse(words.say("cli.span_reversed", first=first, last=last))
    if last.year - first.year >= LONGEST_SPAN:
        raise Misuse(words.say("cli.span_too_long", years=LONGEST_SPAN))
    # Reminders may fall in the year before, and the day after the limit in the next year.
    if not FIRST_YEAR < first.year <= last.year < LAST_YEAR:
        raise Misuse(words.say("cli.year_unknown", first=FIRST_YEAR + 1, last=LAST_YEAR - 1))
    return first, last


def _duties(pack_id: str, first: date, last: date, words: Words) -> tuple[DatedDuty, ...]:
    try:
        document = load_pack(pack_id).document
    except UnknownPackError as error:
        raise Misuse(words.say("cli.no_such_pack", pack=pack_id, known=error.known)) from None
    except PackError as error:
        raise Misuse(words.say("cli.pack_broken", pack=pack_id, reason=str(error))) from None
    return duties_between(document, first, last, work_calendar(first.year - 1, last.year + 1))


def _as_json(duty: DatedDuty) -> dict[str, object]:
    obligation = duty.obligation
    return {
        "id": obligation.id,
        "clause": obligation.clause,
        "verbatim": obligation.verbatim,
        "what": obligation.what,
        "who": obligation.who,
        "to_whom": obligation.to_whom,
        "hard_limit": duty.limits.hard_limit.isoformat(),
        "last_working_day": duty.limits.last_working_day.isoformat(),
        "stages": [{"stage": s.stage.value, "on": s.on.isoformat()} for s in duty.stages],
        "projected": duty.projected,
    }


def _as_text(duty: DatedDuty, words: Words) -> str:
    return words.say(
        "cli.due_duty",
        duty=duty,
        obligation=duty.obligation,
        limits=duty.limits,
        stages=duty.stages,
    )

"""What must be true after every run of the program, whatever happened in it."""

import json
import re
import unicodedata
from collections import Counter
from typing import Final

from sqlalchemy import create_engine, func, select

from bot import checks
from domain.answers import FieldName
from handlers.ground.library import Library
from locales import Words
from storage import SendState, Store
from storage.tables.messages import ADDRESS, INBOX, INBOX_ASIDE, INBOX_PENDING
from tests.chaos.city import ZALO_TOKENS, City
from tests.chaos.folk import ACKNOWLEDGED, NOTICE, Officer, OnTelegram
from tests.chaos.marks import Row, by_state, rows
from tests.chaos.order import explained, shown
from tests.chaos.program import Program
from tests.telegram_server import SECRET, TOKEN

CROSSED_OF: Final = 50
"""At most one answer in this many may be sent at the same time as a new question, because people
repeat themselves after seconds.
"""

AGAIN: Final = "(Nhắc lại) "
NUMBER: Final = re.compile(r"^.*?(\d+)")


def checked(city: City, program: Program, today: dict[str, int]) -> Counter[str]:
    """All checks, and the statistics. `today`: how many messages each Zalo bot had sent before the
    days passed after which a notice may be repeated.
    """
    library = Library()
    found = rows(city.url)
    figures = _what_came_in(city) + _answers(city) + _what_went_out(city, found, library)
    _zalo_repeats_after_days_only(city, today)
    _nobody_was_retired(city)
    _the_log_is_clean(program)
    assert city.telegram.limits.refused == 0
    return figures + Counter(
        messages=len(found),
        attempts=sum(len(row.outcomes) for row in found),
        unknown=sum(row.unknowns for row in found),
        faults=city.trouble.counted.total(),
        kills=city.kills,
        people_repeated=sum(one.repeated for one in city.officers),
        **by_state(found),
    )


def _what_came_in(city: City) -> Counter[str]:
    """Each update that its service will not deliver again was handled, and only once per key."""
    engine = create_engine(city.url)
    with engine.connect() as connection:
        handled = {
            (channel, number)
            for channel, number in connection.execute(select(INBOX.c.channel, INBOX.c.delivery_id))
        }
        assert connection.execute(select(func.count()).select_from(INBOX_ASIDE)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(INBOX_PENDING)).scalar() == 0
    engine.dispose()
    acts = {str(act) for one in city.officers for act in _acts(one)}
    assert {number for channel, number in handled if channel == "telegram"} == acts
    brought = {_id(update) for bot in city.bots.values() for update in bot.brought}
    polled = {_id(update) for bot in city.bots.values() for update in bot.given}
    on_zalo = {number for channel, number in handled if channel == "zalo"}
    assert brought <= on_zalo
    # Zalo does not keep what it gave to a poll: updates held by a killed process are lost, and
    # people say them again.
    lost = polled - on_zalo
    answers_lost = sum(
        count
        for fault, count in city.trouble.counted.items()
        if fault.startswith("zalo getUpdates acted")
    )
    assert len(lost) <= answers_lost + city.kills * len(city.bots)
    return Counter(updates=len(handled), lost_in_a_poll_of_zalo=len(lost))


def _acts(officer: Officer) -> list[int]:
    return officer.phone.acts if isinstance(officer.phone, OnTelegram) else []


def _id(update: dict[str, object]) -> str:
    message = update["message"]
    assert isinstance(message, dict)
    return str(message["message_id"])


def _answers(city: City) -> Counter[str]:
    """Every answer once, no acknowledged answer missing, and no answer that was not given."""
    figures: Counter[str] = Counter()
    with Store(str(city.database)) as store:
        with store.read() as tx:
            for officer, place in zip(city.officers, city.places, strict=True):
                person = tx.people.by_handle(officer.handle)
                assert person is not None
                (assessment,) = tx.assessments.of_unit(person.posts[0].unit, 2024)
                kept = tx.assessments.answers(assessment.id)
                told = {
                    row for text in _got(city, place.chat) for row in ACKNOWLEDGED.findall(text)
                }
                assert told <= set(kept), (officer.handle, told - set(kept))
                for requirement, answer in kept.items():
                    versions = tx.assessments.history(assessment.id, requirement)
                    assert len(versions) == 1, (officer.handle, versions)
                    given = {one.text for one in officer.given if one.question == requirement}
                    number = answer.get(FieldName.NUMBER)
                    meant = number in given if number is not None else bool(given)
                    figures["unseen_answered"] += not meant
                audited = tx.audit.listing(person_id=person.id, action="answered", limit=1_000)
                assert len(audited) == len(kept)
                figures["answers"] += len(kept)
        assert not list(checks.verdicts(store, Library(), Words("vi")))
    # A repeated text may arrive just after the next question was sent; one that took longer is not
    # accepted as an answer.
    assert figures["unseen_answered"] <= 1 + figures["answers"] // CROSSED_OF, figures
    return figures


def _got(city: City, chat: str) -> list[str]:
    """Every copy that a person received, in order."""
    there = [one.text for one in city.telegram.sent if one.chat == chat]
    for bot in city.bots.values():
        there += [one.text for one in bot.sent if one.chat_id == chat]
    return [unicodedata.normalize("NFC", text) for text in there]


def _what_went_out(city: City, found: list[Row], library: Library) -> Counter[str]:
    """In order within each lane, at least once, and twice only after an unknown result."""
    figures: Counter[str] = Counter()
    for place in city.places:
        got = _got(city, place.chat)
        for lane in ("reply", "notice"):
            mine = [row for row in found if (row.address, row.lane) == (place.chat, lane)]
            there = [text for text in got if (NOTICE in text) == (lane == "notice")]
            texts = [shown(row, library) for row in mine]
            known = explained(there, mine, texts)
            assert known == len(there), (place, lane, there[max(0, known - 2) : known + 2], mine)
            doubled = len(there) - sum(row.fewest for row in mine)
            channel = mine[0].channel if mine else ""
            figures[f"{channel} {lane} beyond the sent"] += max(0, doubled)
            if channel == "zalo" and lane == "reply":
                assert all(row.most <= 1 for row in mine), mine
            if channel == "zalo" and lane == "notice":
                copies = Counter(NUMBER.findall(text)[0] for text in there)
                assert max(copies.values(), default=0) <= 2, copies
    for row in found:
        assert row.state in (SendState.SENT, SendState.FAILED), row
        assert row.state is SendState.SENT or row.error, row
    return figures


def _zalo_repeats_after_days_only(city: City, today: dict[str, int]) -> None:
    for name, bot in city.bots.items():
        texts = [one.text for one in bot.sent[: today[name]] if NOTICE in one.text]
        assert not [text for text in texts if text.startswith(AGAIN)]
        assert len(set(texts)) == len(texts)


def _nobody_was_retired(city: City) -> None:
    engine = create_engine(city.url)
    with engine.connect() as connection:
        retired = select(func.count()).where(ADDRESS.c.retired_at.is_not(None))
        assert connection.execute(retired).scalar() == 0
    engine.dispose()


def _the_log_is_clean(program: Program) -> None:
    """No bug of ours, and nothing secret."""
    log = program.log.read_text(encoding="utf-8")
    for secret in (TOKEN, SECRET, *ZALO_TOKENS.values()):
        assert secret not in log
        assert secret.rpartition(":")[2] not in log
    assert "Traceback" not in log
    # A killed process may have written an incomplete line.
    records = [json.loads(line) for line in log.splitlines() if line.endswith("}")]
    bad = [one for one in records if one.get("level") in ("error", "ERROR", "critical")]
    assert not bad, bad
    assert program.errors.read_text(encoding="utf-8") == ""

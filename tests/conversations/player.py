"""Runs a transcript: real store, real handlers, the output of a terminal; see bot/transcript.py.

The store is opened again for every line, so nothing is kept in memory. Apart from "> text":

    ! as giam-sat                     another person uses the terminal; waiting messages are shown
    ! on zalo                         the same person changes to another channel, where they are
                                      unknown unless they were linked; waiting messages are shown
    ! doors                           web, Telegram, Zalo and mail are switched on
    ! at 2024-11-21 08:00             the clock is set
    ! tick 2027-06-10 07:30           the clock is set, what is due is queued, and shown if it
                                      is for the person at the terminal
    ! waiting                         waiting messages are shown
    ! restart                         the process ends and starts again
    ! ruling zero_both_years met 12/QĐ-UBND 2024-01-05 [I.5.b …]
                                      the province's administrator sets a standing ruling
    ! invite can-bo-2 officer 2021:29416 ABCDEFGH23
                                      a person is invited with this code
    ! plan tra-vinh-1672-2022 2024 O-TV-3
                                      the administrator confirms these duties for Mỹ Long Bắc
    ! filled                          Mỹ Long Bắc has answered everything, and all of it is met
"""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from bot.channels.terminal import NAME, Terminal
from bot.chat import Chat
from bot.clock import FixedClock
from bot.compose import House
from bot.demo.invented import GOOD, invented
from bot.transcript import Step, Transcript, local_moment
from domain.assessments import find
from domain.criteria import Undecided
from domain.deadlines import DatedDuty, duties_between
from domain.people import Post, Role
from domain.units import Structure, UnitId
from domain.verdicts import Verdict
from handlers.ground.doors import Door, set_doors
from handlers.ground.library import Library
from packs import load_pack
from packs.holidays import work_calendar
from scheduling.tick import tick
from storage import PlannedDuty, Store, Tx

ADMINISTRATOR = "quan-tri"
MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
INVITED_FOR = timedelta(days=7)
DOORS = (
    Door(channel="web", link="https://antt.example.vn"),
    Door(channel="telegram", name="@antt_bot", link="https://t.me/antt_bot"),
    Door(channel="zalo", name="Bot An ninh trật tự"),
    Door(channel="mail"),
)


@dataclass(kw_only=True)
class Player:
    """Runs transcripts on one database, which it changes."""

    database: str
    library: Library
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _channel: str = NAME

    def play(self, transcript: Transcript) -> Transcript:
        """The same transcript with the actual replies."""
        self._clock = FixedClock(transcript.at)
        self._address = transcript.person
        with asyncio.Runner() as runner:
            self._runner = runner
            try:
                self._arrive(transcript.person)
                steps = tuple(self._step(step) for step in transcript.steps)
            finally:
                self._leave()
        return replace(transcript, steps=steps)

    def _step(self, step: Step) -> Step:
        if step.typed is not None:
            return replace(step, came_back=self._show(step.typed))
        if step.directive is not None:
            return replace(step, came_back=self._do(*step.directive))
        return step

    def _do(self, word: str, rest: str) -> str:
        match word, rest.split():
            case "as", [handle]:
                self._channel = NAME
                self._arrive(handle)
            case "on", [channel]:
                self._channel = channel
            case "doors", []:
                with self._tx() as tx:
                    set_doors(tx, DOORS)
                return ""
            case "at", [*_]:
                self._clock.at = local_moment(rest)
                return ""
            case "tick", [*_]:
                self._clock.at = local_moment(rest)
                with Store(self.database) as store:
                    tick(store, self.library, self._clock.now())
            case "waiting", []:
                pass
            case "restart", []:
                self.library = Library(self.library.new_code)
                return ""
            case "ruling", [undecided, verdict, number, day, *requirements]:
                self._rule(undecided, verdict, number, day, requirements)
                return ""
            case "invite", [handle, role, unit, code]:
                self._invite(handle, Post(role=Role(role), unit=UnitId.parse(unit)), code)
                return ""
            case "filled", []:
                self._fill()
                return ""
            case "plan", [document, year, *obligations]:
                self._plan(document, int(year), frozenset(obligations))
                return ""
            case _:
                raise ValueError(f"the player does not know: ! {word} {rest}")
        return self._show(None)

    def _arrive(self, handle: str) -> None:
        """A person sits down at the terminal; an unknown name is a stranger."""
        self._address = handle
        with self._house(Terminal(io.StringIO())) as (_, chat):
            chat.connect(handle)

    def _leave(self) -> None:
        """The transcript has ended."""

    def _show(self, typed: str | None) -> str:
        terminal = Terminal(io.StringIO())
        # A service dates texts in seconds; what arrives within one was not read before.
        self._clock.at += timedelta(seconds=0 if typed is None else 1)
        with self._house(terminal) as (_, chat):
            self._runner.run(chat.show_waiting() if typed is None else chat.say(typed))
        return terminal.taken()

    @contextmanager
    def _house(self, terminal: Terminal) -> Iterator[tuple[House, Chat]]:
        store = Store(self.database)
        channel = terminal.name = self._channel
        with House.build(store, self._clock, {channel: terminal}, self.library) as house:
            ids = (f"played-{number}" for number in self._ids)
            yield (
                house,
                Chat(house, terminal, self._address, channel=channel, delivery_id=ids.__next__),
            )

    @contextmanager
    def _tx(self) -> Iterator[Tx]:
        with Store(self.database) as store, store.begin() as tx:
            yield tx

    def _rule(
        self, undecided: str, verdict: str, number: str, day: str, requirements: list[str]
    ) -> None:
        issued = date.fromisoformat(day)
        with self._tx() as tx:
            administrator = tx.people.by_handle(ADMINISTRATOR)
            assert administrator is not None
            tx.rulings.add(
                administrator.posts[0].unit,
                "tra-vinh-1672-2022",
                undecided=Undecided(undecided),
                verdict=Verdict(verdict),
                number=number,
                issued_on=issued,
                valid_from=issued,
                valid_to=None,
                requirements=frozenset(requirements),
                person_id=administrator.id,
                now=self._clock.now(),
            )

    def _plan(self, document: str, year: int, obligations: frozenset[str]) -> None:
        found = duties_between(
            load_pack(document).document,
            date(year, 1, 1),
            date(year, 12, 31),
            work_calendar(year - 1, year + 1),
        )
        with self._tx() as tx:
            administrator = tx.people.by_handle(ADMINISTRATOR)
            assert administrator is not None
            tx.plans.confirm(
                administrator.posts[0].unit,
                document,
                year,
                [_planned(duty) for duty in found if duty.obligation.id in obligations],
                person_id=administrator.id,
                now=self._clock.now(),
            )

    def _fill(self) -> None:
        """All of Mỹ Long Bắc's checklist answered so that everything is met."""
        with self._tx() as tx:
            officer = tx.people.by_handle("can-bo")
            assert officer is not None
            loaded = tx.assessments.load(MY_LONG_BAC, officer.id)
            unit = tx.units.get(MY_LONG_BAC)
            assert loaded is not None
            assert unit is not None
            now, assessment = self._clock.now(), loaded.assessment
            criteria = self.library.criteria(assessment.set_id, assessment.set_hash, tx)
            part = criteria.parts_for(unit.kind)[0]
            answers = invented(part, unit.code, assessment.year, GOOD)
            for row, answer in answers.items():
                assessment = tx.assessments.save_answer(assessment, row, answer, officer.id, now)
            for one in criteria.parts_for(unit.kind):
                findings = find(criteria, one, answers, year=assessment.year)
                tx.assessments.save_findings(assessment.id, findings, now)

    def _invite(self, handle: str, post: Post, code: str) -> None:
        now: datetime = self._clock.now()
        with self._tx() as tx:
            person = tx.people.by_handle(handle) or tx.people.add(
                handle=handle, name=handle, locale="vi"
            )
            tx.invitations.invite(person.id, post, tx.invitations.hash(code), now + INVITED_FOR)


def _planned(duty: DatedDuty) -> PlannedDuty:
    obligation = duty.obligation
    return PlannedDuty(
        obligation_id=obligation.id,
        clause=obligation.clause,
        what=obligation.what,
        verbatim=obligation.verbatim,
        to_whom=obligation.to_whom,
        limits=duty.limits,
        stages=duty.stages,
        units=(MY_LONG_BAC,),
        trace=obligation.who,
        next_at=duty.stages[0].at,
    )

"""Entries of a register: from–to, in force in a year, judged like a list of names."""

from datetime import date

import pytest

from domain.answers import NOTHING_GIVEN
from domain.checklist import Checklist, Place
from domain.criteria import AskedAs
from domain.registers import Entries, RegisterEntry, UnreadEntries
from domain.replies import NAME_LIMIT, NAMES_LIMIT, Completed, TooLong, WrongKind, accept
from domain.rules import Case, judge
from domain.steps import StepKind, first_step
from domain.verdicts import Judgement, ReasonCode, Verdict
from tests.domain.tra_vinh import YEAR, given
from tests.every_kind import every_kind

MADE = next(one for one in every_kind() if one.kind.asked_as is AskedAs.REGISTER)
ROW = MADE.rows[0]


@pytest.mark.parametrize(
    ("entry", "in_force"),
    [
        (RegisterEntry(name="a"), True),
        (RegisterEntry(name="a", since_year=2024), True),
        (RegisterEntry(name="a", since_year=2024, since_on=date(2024, 12, 31)), True),
        (RegisterEntry(name="a", since_year=2025), False),
        (RegisterEntry(name="a", ended_on=date(2024, 1, 1)), True),
        (RegisterEntry(name="a", ended_on=date(2023, 12, 31)), False),
        (RegisterEntry(name="a", since_year=2020, ended_on=date(2025, 1, 1)), True),
    ],
)
def test_an_entry_is_in_force_from_its_first_to_its_last_year(
    entry: RegisterEntry, in_force: bool
) -> None:
    assert entry.in_force(2024) is in_force


@pytest.mark.parametrize(
    "wrong",
    [
        {"since_year": 2023, "since_on": date(2024, 1, 1)},
        {"since_on": date(2024, 1, 1)},
        {"since_year": 2024, "ended_on": date(2023, 12, 31)},
        {"since_year": 2024, "since_on": date(2024, 3, 2), "ended_on": date(2024, 3, 1)},
    ],
)
def test_an_entry_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="an entry"):
        RegisterEntry(name="a", **wrong)  # type: ignore[arg-type]


def _judged(*entries: RegisterEntry) -> Judgement:
    answer = given(entries=Entries(items=entries))
    return judge(ROW, Case(year=YEAR, answers={ROW.id: answer}))


OLD = RegisterEntry(name="Cũ", ended_on=date(YEAR - 1, 5, 1))
LIVING = RegisterEntry(name="Camera")


@pytest.mark.parametrize(
    ("entries", "verdict", "code", "figures"),
    [
        ((), Verdict.NOT_MET, ReasonCode.NONE_NAMED, (0,)),
        ((OLD,), Verdict.NOT_MET, ReasonCode.NONE_IN_FORCE, (1, YEAR)),
        ((OLD, LIVING), Verdict.MET, ReasonCode.NAMED, (1, "Camera")),
        ((LIVING, LIVING), Verdict.MET, ReasonCode.NAMED, (2, "Camera", "Camera")),
    ],
)
def test_one_entry_in_force_is_enough(
    entries: tuple[RegisterEntry, ...],
    verdict: Verdict,
    code: ReasonCode,
    figures: tuple[object, ...],
) -> None:
    found = _judged(*entries)
    assert (found.verdict, found.reason.code, found.reason.figures) == (verdict, code, figures)


def test_entries_that_were_not_read_are_never_judged() -> None:
    with pytest.raises(UnreadEntries, match="entry 7 was not read"):
        _judged(RegisterEntry(id=7))


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (("Camera",), WrongKind(kind=StepKind.ENTRIES)),
        (Entries(items=(RegisterEntry(name=" "),)), WrongKind(kind=StepKind.ENTRIES)),
        (Entries(items=(LIVING,) * (NAMES_LIMIT + 1)), TooLong(limit=NAMES_LIMIT)),
        (
            Entries(items=(RegisterEntry(name="x" * (NAME_LIMIT + 1)),)),
            TooLong(limit=NAME_LIMIT),
        ),
        (
            Entries(items=(LIVING,)),
            Completed(requirement=ROW, answer=given(entries=Entries(items=(LIVING,)))),
        ),
        (Entries(), Completed(requirement=ROW, answer=given(entries=Entries()))),
    ],
)
def test_what_is_no_register_is_refused(value: object, outcome: object) -> None:
    checklist = Checklist(part=MADE.criteria.parts[0], year=YEAR, answers={})
    place = Place(requirement=ROW, step=first_step(ROW), draft=NOTHING_GIVEN, revisiting=False)
    assert accept(checklist, place, value, today=date(2024, 12, 1)) == outcome  # type: ignore[arg-type]

"""Entries of a register of the unit: models with their beginning, end and decision."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName
from domain.kinds.case import Case, Found, found
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import Step, StepKind
from domain.registers import Entries, RegisterEntry
from domain.verdicts import ReasonCode, Verdict


def _steps(_requirement: Requirement, _answer: Answer) -> tuple[Step, ...]:
    return (Step(field=FieldName.ENTRIES, kind=StepKind.ENTRIES),)


def entries_of(answer: Answer) -> Entries:
    """The entries that an answer names; none if it has no such field."""
    value = answer.get(FieldName.ENTRIES)
    return value if isinstance(value, Entries) else Entries()


def _listed(_requirement: Requirement, answer: Answer, case: Case) -> Found:
    """At least one entry in force in the year under review."""
    entries = entries_of(answer)
    in_force = entries.in_force(case.year)
    if in_force:
        names = (one.name for one in in_force)
        return found(Verdict.MET, ReasonCode.NAMED, len(in_force), *names)
    if entries.items:
        figures = (len(entries.items), case.year)
        return found(Verdict.NOT_MET, ReasonCode.NONE_IN_FORCE, *figures)
    return found(Verdict.NOT_MET, ReasonCode.NONE_NAMED, 0)


REGISTER: Final = Kind(
    asked_as=AskedAs.REGISTER,
    natures=frozenset({AnswerKind.LIST}),
    steps=_steps,
    rules=(Rule(name=RuleName.LISTED, judge=_listed),),
    counted=True,
    free_text=True,
    sample={
        FieldName.ENTRIES: Entries(
            items=(
                RegisterEntry(name="Tổ tự quản ấp 1", since_year=2021),
                RegisterEntry(name="Camera an ninh"),
            )
        )
    },
)

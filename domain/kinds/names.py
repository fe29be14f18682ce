"""Names of models, groups and the like: the kind "list".

A register (`domain.kinds.register`) is the better way to ask for models. This kind stays, because
criteria sets with which assessments were stamped use it.
"""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName
from domain.kinds.case import Case, Found, passes
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import Step, StepKind
from domain.verdicts import ReasonCode


def _steps(_requirement: Requirement, _answer: Answer) -> tuple[Step, ...]:
    return (Step(field=FieldName.NAMES, kind=StepKind.NAMES),)


def _listed(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """At least one name in the list (I.6.d, II.4.a)."""
    names = answer.get(FieldName.NAMES)
    told = tuple(map(str, names)) if isinstance(names, tuple) else ()
    return passes(len(told) > 0, ReasonCode.NAMED, ReasonCode.NONE_NAMED, len(told), *told)


NAMES: Final = Kind(
    asked_as=AskedAs.LIST,
    natures=frozenset({AnswerKind.LIST}),
    steps=_steps,
    rules=(Rule(name=RuleName.LISTED, judge=_listed),),
    counted=True,
    free_text=True,
    sample={FieldName.NAMES: ("Tổ tự quản ấp 1", "Camera an ninh")},
)

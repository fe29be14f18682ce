"""A criteria set for each kind of question and each of its rules, made from the table of kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.criteria import (
    AskedAs,
    CriteriaSet,
    Item,
    Part,
    PassRule,
    Requirement,
    RuleName,
    Sensitivity,
    Undecided,
)
from domain.kinds import KINDS, Kind, Rule
from domain.units import UnitKind

CHOICES: Final[Mapping[AskedAs, tuple[str, ...]]] = {
    AskedAs.NONE_OR_SOME: ("Không có", "Có"),
    AskedAs.DOCUMENT: ("Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", "Chưa có"),
    AskedAs.RATING: ("Vững mạnh", "Trung bình", "Yếu"),
}
"""Where the passing choice is not simply the first of "Có" and "Chưa"."""

PARAMETERS: Final[Mapping[str, object]] = {"minimum": 1, "percent": 80, "refs": ("K.1.a",)}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A kind, one of its rules, and a set of one item with two rows of both."""

    kind: Kind
    rule: Rule
    criteria: CriteriaSet

    @property
    def rows(self) -> tuple[Requirement, ...]:
        """The two rows."""
        return self.criteria.parts[0].items[0].requirements

    @property
    def name(self) -> str:
        """Names the case in the list of tests."""
        return f"{self.kind.asked_as}-{self.rule.name}"


def every_kind(*, asked: bool = True) -> list[Made]:
    """One for each rule of each kind. `asked`: only kinds that a person is asked."""
    kinds = [one for one in KINDS.values() if not asked or one.asked_as is not AskedAs.NOT_ASKED]
    return [
        Made(kind=kind, rule=rule, criteria=_criteria(kind, rule))
        for kind in kinds
        for rule in kind.rules
        # It is asked only after another kind of question was answered.
        if rule.name is not RuleName.CONVERTED_IF_LISTED
    ]


def _criteria(kind: Kind, rule: Rule) -> CriteriaSet:
    item = Item(id="K.1", title="Mọi kiểu câu hỏi", requirements=tuple(_rows(kind, rule)))
    part = Part(
        id="K",
        indicator="19.2",
        title="Xã thử",
        criterion="An ninh",
        unit_kinds=frozenset({UnitKind.COMMUNE}),
        items=(item,),
    )
    return CriteriaSet(
        id="tra-vinh-1672-2022",
        content_hash="",
        parts=(part,),
        valid_from=date(2022, 1, 1),
        valid_to=None,
    )


def _rows(kind: Kind, rule: Rule) -> Iterator[Requirement]:
    for letter in "ab":
        given = {name: PARAMETERS[name] for name in rule.needs}
        if "casualties" in rule.takes:
            given["casualties"] = True
        weighs = rule.open_with_casualties if "casualties" in rule.takes else frozenset()
        yield Requirement(
            id=f"K.1.{letter}",
            clause="mục 1",
            verbatim="nguyên văn",
            label=f"Tên câu {letter}",
            question=f"Câu hỏi {letter}?",
            help="Cách tính.",
            kind=min(kind.natures),
            asked_as=kind.asked_as,
            rule=PassRule(name=rule.name, **given),  # type: ignore[arg-type]
            sensitivity=Sensitivity.GREEN,
            choices=CHOICES.get(kind.asked_as, ("Có", "Chưa")[: kind.choices[0]]),
            counted="đối tượng đếm" if kind.counted else "",
            evidence="Báo cáo",
            recurrence="hằng năm",
            force_majeure=kind.asked_as in (AskedAs.COUNT, AskedAs.YEAR_ON_YEAR),
            undecided=tuple(sorted(rule.leaves_open | rule.open_where_named | weighs | _CLAIMED)),
        )


_CLAIMED: Final = frozenset({Undecided.FORCE_MAJEURE})

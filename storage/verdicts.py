"""Verdicts as last saved, one row for each item and part; roll-ups count these rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select

from domain.verdicts import Finding, Verdict, combine
from storage.records import KeptVerdict
from storage.statements import AnyRow, Repository, on_both
from storage.tables.assessments import VERDICT

COLUMNS: Final = (
    VERDICT.c.assessment_id,
    VERDICT.c.subject,
    VERDICT.c.verdict,
    *(VERDICT.c[one.value] for one in Verdict),
    VERDICT.c.with_evidence,
    VERDICT.c.rulings,
)
_OF_ASSESSMENT: Final = (
    select(*COLUMNS)
    .where(VERDICT.c.assessment_id == bindparam("assessment"))
    .order_by(VERDICT.c.subject)
)


def kept(assessment_id: int, finding: Finding) -> KeptVerdict:
    """The stored part of a finding; compare it with the stored row to see whether it changed."""
    counts = Counter(one.verdict for one in finding.judgements)
    rulings = {one.reason.ruling.id for one in finding.judgements if one.reason.ruling}
    return KeptVerdict(
        assessment_id=assessment_id,
        subject=finding.subject,
        verdict=finding.verdict,
        met=counts[Verdict.MET],
        not_met=counts[Verdict.NOT_MET],
        not_applicable=counts[Verdict.NOT_APPLICABLE],
        incomplete=counts[Verdict.INCOMPLETE],
        needs_review=counts[Verdict.NEEDS_REVIEW],
        with_evidence=finding.with_evidence,
        rulings=tuple(sorted(rulings)),
    )


def total(assessment_id: int, part_id: str, items: Sequence[KeptVerdict]) -> KeptVerdict:
    """The verdict of a part, computed from those of its items."""
    return KeptVerdict(
        assessment_id=assessment_id,
        subject=part_id,
        verdict=combine(one.verdict for one in items),
        met=sum(one.met for one in items),
        not_met=sum(one.not_met for one in items),
        not_applicable=sum(one.not_applicable for one in items),
        incomplete=sum(one.incomplete for one in items),
        needs_review=sum(one.needs_review for one in items),
        with_evidence=sum(one.with_evidence for one in items),
        rulings=tuple(sorted({ruling for one in items for ruling in one.rulings})),
    )


def moved(
    before: Mapping[str, KeptVerdict], assessment_id: int, findings: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings that are not stored yet or differ from the stored row. `before` is by
    subject.
    """
    return tuple(one for one in findings if before.get(one.subject) != kept(assessment_id, one))


def read_verdict(row: AnyRow) -> KeptVerdict:
    """A stored verdict from a row of `COLUMNS`."""
    values = dict(row._mapping)
    rulings = values.pop("rulings")
    numbers = tuple(map(int, rulings.split(","))) if rulings else ()
    return KeptVerdict(**values, rulings=numbers)


class Verdicts(Repository):
    """The part of `Assessments` for verdicts."""

    __slots__ = ()

    def save_findings(self, assessment_id: int, findings: Iterable[Finding], now: datetime) -> None:
        """Store the verdicts of these items and parts; others stay unchanged."""
        self.save_verdicts((kept(assessment_id, one) for one in findings), now)

    def save_verdicts(self, verdicts: Iterable[KeptVerdict], now: datetime) -> None:
        """Store these verdicts; others stay unchanged."""
        rows = []
        for verdict in verdicts:
            values = vars(verdict).copy()
            values["rulings"] = ",".join(map(str, values["rulings"]))
            values["found_at"] = now
            rows.append(values)
        if rows:
            # A single row, not a list of one row, which would cost half as much again.
            given = rows if len(rows) > 1 else rows[0]
            self._connection.execute(_SAVE(self._connection), given)

    def verdict_rows(self, assessment_id: int) -> tuple[KeptVerdict, ...]:
        """All stored verdicts of an assessment, by subject."""
        rows = self._connection.execute(_OF_ASSESSMENT, {"assessment": assessment_id})
        return tuple(map(read_verdict, rows))


def _build_save(insert: Any) -> Any:
    statement = insert(VERDICT)
    return statement.on_conflict_do_update(
        index_elements=[VERDICT.c.assessment_id, VERDICT.c.subject],
        set_={
            column.name: statement.excluded[column.name]
            for column in VERDICT.c
            if not column.primary_key
        },
    )


_SAVE: Final = on_both(_build_save)

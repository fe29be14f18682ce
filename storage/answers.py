"""Answers: every version is kept, the newest is the current one."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from domain.answers import Answer
from domain.assessments import Assessment, AssessmentState
from storage.encoding import ENTRIES_MARK, decode_answer, encode_answer
from storage.errors import AssessmentLocked, Conflict
from storage.records import AnswerVersion
from storage.registers import copy_entries, filled_for
from storage.statements import Repository
from storage.tables.assessments import ANSWER, ASSESSMENT, SUBMISSION, SubmissionKind

_CURRENT: Final = (
    select(ANSWER.c.requirement_id, ANSWER.c.version, ANSWER.c.body)
    .where(ANSWER.c.assessment_id == bindparam("assessment"))
    .where(ANSWER.c.superseded_at.is_(None))
)
# Few answers name entries, and a hand-in need not read the others.
_NAMING_ENTRIES: Final = _CURRENT.where(ANSWER.c.body.contains(ENTRIES_MARK, autoescape=True))
_HISTORY: Final = (
    select(
        ANSWER.c.requirement_id,
        ANSWER.c.version,
        ANSWER.c.body,
        ANSWER.c.person_id,
        ANSWER.c.at,
        ANSWER.c.superseded_at,
        ANSWER.c.reason,
    )
    .where(ANSWER.c.assessment_id == bindparam("assessment"))
    .where(ANSWER.c.requirement_id == bindparam("requirement"))
    .order_by(ANSWER.c.version)
)
_IS_OPEN: Final = ASSESSMENT.c.state == AssessmentState.OPEN
_CHANGE: Final = (
    update(ASSESSMENT)
    .where(ASSESSMENT.c.id == bindparam("assessment"))
    .where(ASSESSMENT.c.version == bindparam("version_"))
    .where(_IS_OPEN)
    .values(version=ASSESSMENT.c.version + 1)
)
_CORRECT: Final = (
    update(ASSESSMENT)
    .where(ASSESSMENT.c.id == bindparam("assessment"))
    .where(ASSESSMENT.c.version == bindparam("version_"))
    .where(~_IS_OPEN)
    .values(version=ASSESSMENT.c.version + 1, corrected_at=bindparam("now"))
)
_SUPERSEDE: Final = (
    update(ANSWER)
    .where(ANSWER.c.assessment_id == bindparam("assessment"))
    .where(ANSWER.c.requirement_id == bindparam("requirement"))
    .where(ANSWER.c.superseded_at.is_(None))
    .values(superseded_at=bindparam("now"))
    .returning(ANSWER.c.version)
)
_INSERT: Final = insert(ANSWER)


class Answers(Repository):
    """The part of `Assessments` that reads and writes single answers."""

    __slots__ = ()

    def answers(self, assessment_id: int) -> dict[str, Answer]:
        """The current answers by requirement id."""
        rows = self._connection.execute(_CURRENT, {"assessment": assessment_id})
        answers = {requirement: decode_answer(body) for requirement, _, body in rows}
        return filled_for(self._connection, assessment_id, answers)

    def answer_versions(self, assessment_id: int) -> dict[str, int]:
        """The version of each current answer by requirement id, from 1."""
        rows = self._connection.execute(_CURRENT, {"assessment": assessment_id})
        return {requirement: version for requirement, version, _ in rows}

    def history(self, assessment_id: int, requirement_id: str) -> tuple[AnswerVersion, ...]:
        """All versions of one answer, oldest first."""
        values = {"assessment": assessment_id, "requirement": requirement_id}
        return tuple(
            AnswerVersion(
                requirement_id=row.requirement_id,
                version=row.version,
                answer=self._filled(assessment_id, decode_answer(row.body)),
                person_id=row.person_id,
                at=row.at,
                superseded_at=row.superseded_at,
                reason=row.reason,
            )
            for row in self._connection.execute(_HISTORY, values)
        )

    def _copy_entries(self, assessment: Assessment) -> None:
        """Keep the register entries that the current answers name, under this version."""
        rows = self._connection.execute(_NAMING_ENTRIES, {"assessment": assessment.id})
        answers = {requirement: decode_answer(body) for requirement, _, body in rows}
        copy_entries(self._connection, assessment, answers)

    def _filled(self, assessment_id: int, answer: Answer) -> Answer:
        return filled_for(self._connection, assessment_id, {"": answer})[""]

    def save_answer(
        self,
        assessment: Assessment,
        requirement_id: str,
        answer: Answer,
        person_id: int,
        now: datetime,
        *,
        reason: str | None = None,
    ) -> Assessment:
        """Add a new version of one answer; returns the assessment after the change.

        `assessment` is the value as loaded: raises Conflict if it was changed since then, and
        AssessmentLocked if it was handed in and there is no `reason`. A correction with a reason
        sets `corrected_at` and is kept as a separate submission.
        """
        changed = self._change(assessment, person_id, now, reason)
        key = {"assessment": assessment.id, "requirement": requirement_id, "now": now}
        before: int = self._connection.execute(_SUPERSEDE, key).scalar() or 0
        values = {
            "assessment_id": assessment.id,
            "requirement_id": requirement_id,
            "version": before + 1,
            "body": encode_answer(answer),
            "person_id": person_id,
            "at": now,
            "reason": reason,
        }
        self._connection.execute(_INSERT, values)
        if assessment.state is not AssessmentState.OPEN:
            copy_entries(self._connection, changed, {requirement_id: answer})
        return changed

    def _change(
        self, assessment: Assessment, person_id: int, now: datetime, reason: str | None
    ) -> Assessment:
        """Raise the version, so that exactly one of two simultaneous changes succeeds."""
        is_open = assessment.state is AssessmentState.OPEN
        if not is_open and not reason:
            raise AssessmentLocked("the assessment was handed in: a correction needs a reason")
        key: dict[str, object] = {"assessment": assessment.id, "version_": assessment.version}
        if is_open:
            won = self._connection.execute(_CHANGE, key).rowcount == 1
        else:
            won = self._connection.execute(_CORRECT, {**key, "now": now}).rowcount == 1
        if not won:
            raise Conflict("the assessment was changed meanwhile")
        changed = replace(assessment, version=assessment.version + 1)
        if is_open:
            return changed
        self._record(changed, SubmissionKind.CORRECTED, person_id, now, reason)
        return replace(changed, corrected_at=now)

    def _record(
        self,
        assessment: Assessment,
        kind: SubmissionKind,
        person_id: int,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        values = {
            "assessment_id": assessment.id,
            "kind": kind,
            "version": assessment.version,
            "person_id": person_id,
            "at": now,
            "reason": reason,
        }
        self._connection.execute(insert(SUBMISSION), values)

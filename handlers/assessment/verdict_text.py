"""Verdicts and reasons put into words."""

from domain.criteria import CriteriaSet
from domain.verdicts import Finding, Judgement, Verdict
from handlers.ground.turn import Turn


def reason(turn: Turn, criteria: CriteriaSet, judgement: Judgement) -> str:
    """Why, in one clause; names the standing ruling that decided, if one did."""
    row = criteria.requirement(judgement.requirement_id)
    found = judgement.reason
    text = turn.say(f"reasons.{found.code}", f=found.figures, counted=row.counted)
    if found.ruling is None:
        return text
    ruled = turn.say("reasons.by_ruling", number=found.ruling.number, day=found.ruling.issued_on)
    return f"{text}; {ruled}"


def mark(turn: Turn, verdict: Verdict) -> str:
    """The sign of a verdict, for the eye that scans a list."""
    return turn.say("common.verdict_mark", verdict=verdict)


def judgement_line(turn: Turn, criteria: CriteriaSet, judgement: Judgement) -> str:
    """One requirement with its verdict and reason; by its number only above the ceiling."""
    row = criteria.requirement(judgement.requirement_id)
    if row.sensitivity.rank > turn.ceiling.rank:
        return turn.say("status.above_ceiling", id=row.id)
    return turn.say(
        "status.judgement",
        mark=mark(turn, judgement.verdict),
        id=judgement.requirement_id,
        verdict=turn.say("common.verdict", verdict=judgement.verdict),
        reason=reason(turn, criteria, judgement),
    )


def item_line(turn: Turn, title: str, finding: Finding) -> str:
    """One item with its verdict and how many of its requirements pass."""
    scored = [one for one in finding.judgements if one.verdict is not Verdict.NOT_APPLICABLE]
    return turn.say(
        "status.item",
        mark=mark(turn, finding.verdict),
        id=finding.subject,
        title=title,
        verdict=turn.say("common.verdict", verdict=finding.verdict),
        met=len(finding.having(Verdict.MET)),
        scored=len(scored),
    )

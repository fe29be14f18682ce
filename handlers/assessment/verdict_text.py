"""Puts verdicts and reasons into words, badges and rows."""

from typing import Final

from domain.cards import Badge, Row, Tone
from domain.criteria import CriteriaSet
from domain.verdicts import Finding, Judgement, Verdict
from handlers.ground.turn import Turn
from locales import Words

TONES: Final = {
    Verdict.MET: Tone.GOOD,
    Verdict.NOT_MET: Tone.BAD,
    Verdict.INCOMPLETE: Tone.OPEN,
    Verdict.NEEDS_REVIEW: Tone.OPEN,
    Verdict.NOT_APPLICABLE: Tone.NONE,
}


def badge(turn: Turn, verdict: Verdict) -> Badge:
    """The verdict of one requirement or item: "✅ Đạt"."""
    return _badge(turn.words, verdict, turn.say("common.verdict", verdict=verdict))


def loud_badge(words: Words, verdict: Verdict, standing: str = "") -> Badge:
    """The verdict of a card's subject: "✅ ĐẠT (tạm tính)"."""
    return _badge(words, verdict, words.say("common.verdict_loud", verdict=verdict), standing)


def sign(turn: Turn, verdict: Verdict) -> Badge:
    """The sign alone, for a row whose label is the word of the verdict."""
    return _badge(turn.words, verdict, "")


def _badge(words: Words, verdict: Verdict, word: str, standing: str = "") -> Badge:
    mark = words.say("common.verdict_mark", verdict=verdict)
    return Badge(sign=mark, word=word, standing=standing, tone=TONES[verdict])


def reason(turn: Turn, criteria: CriteriaSet, judgement: Judgement) -> str:
    """The reason in one clause; names the standing ruling that decided, if one did."""
    row = criteria.requirement(judgement.requirement_id)
    found = judgement.reason
    text = turn.say(f"reasons.{found.code}", f=found.figures, counted=row.counted)
    if found.ruling is None:
        return text
    ruled = turn.say("reasons.by_ruling", number=found.ruling.number, day=found.ruling.issued_on)
    return f"{text}; {ruled}"


def judgement_row(
    turn: Turn, criteria: CriteriaSet, judgement: Judgement, *, nested: bool = False
) -> Row:
    """One requirement with its verdict and reason; only its number if it is above the channel's
    ceiling.
    """
    row = criteria.requirement(judgement.requirement_id)
    if row.sensitivity.rank > turn.ceiling.rank:
        return Row(label=row.id, value=turn.say("status.above_ceiling"), nested=nested)
    return Row(
        label=row.id,
        badge=badge(turn, judgement.verdict),
        value=reason(turn, criteria, judgement),
        nested=nested,
    )


def item_row(turn: Turn, title: str, finding: Finding) -> Row:
    """One item with its verdict and the number of its requirements that pass. A met item folds: it
    needs no action.
    """
    scored = [one for one in finding.judgements if one.verdict is not Verdict.NOT_APPLICABLE]
    met = len(finding.having(Verdict.MET))
    return Row(
        label=f"{finding.subject} {title}",
        badge=badge(turn, finding.verdict),
        value=turn.say("status.passing", met=met, scored=len(scored)),
        figures=(("met", met), ("scored", len(scored))),
        folds=finding.verdict is Verdict.MET,
    )

"""Assessments: versions of answers, exactly one winner, places, verdicts, hand-in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from domain.answers import Answer, FieldName
from domain.assessments import Assessment, AssessmentState, Bookmark
from domain.criteria import Undecided
from domain.verdicts import Finding, Judgement, Reason, ReasonCode, StandingRuling, Verdict
from storage import AssessmentLocked, Conflict, KeptVerdict, Recorded, Store
from tests.storage.world import COMMUNE, NEIGHBOUR, NOW, World

LATER = NOW + timedelta(hours=1)
YES = Answer().adding(FieldName.CHOICE, 0)
NO = Answer().adding(FieldName.CHOICE, 1)
DOCUMENT = YES.adding(FieldName.NUMBER, "12/KH-UBND").adding(FieldName.ISSUED_ON, date(2024, 2, 5))

# Opening


def test_a_set_is_stamped_once_and_its_body_kept(store: Store) -> None:
    with store.begin() as tx:
        tx.sets.stamp("tra-vinh", "hash-9", '{"parts":[]}', NOW)
        tx.sets.stamp("tra-vinh", "hash-9", "another body", LATER)
        assert tx.sets.body("hash-9") == '{"parts":[]}'
        assert tx.sets.body("hash-0") is None


def test_opening_twice_is_opening_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.sets.stamp("tra-vinh", "hash-2", "{}", NOW)
        again = tx.assessments.open(COMMUNE, "tra-vinh", "hash-2", 2024, LATER)
        assert again == world.assessment
        assert again.set_hash == "hash-1"
        assert tx.assessments.get(again.id) == again
        assert tx.assessments.get(999_999) is None


def test_an_unstamped_set_opens_nothing(store: Store, world: World) -> None:
    del world
    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.assessments.open(NEIGHBOUR, "tra-vinh", "hash-unknown", 2024, NOW)


def test_a_unit_has_one_assessment_for_each_set_and_year(store: Store, world: World) -> None:
    with store.begin() as tx:
        other = tx.assessments.open(COMMUNE, "xa-dien-hinh", "hash-1", 2024, NOW)
        newer = tx.assessments.open(COMMUNE, "tra-vinh", "hash-1", 2025, NOW)
        tx.assessments.open(NEIGHBOUR, "tra-vinh", "hash-1", 2024, NOW)
        assert tx.assessments.of_unit(COMMUNE, 2024) == (world.assessment, other)
        assert tx.assessments.of_unit(COMMUNE, 2025) == (newer,)
        assert tx.assessments.of_unit(COMMUNE, 2026) == ()


# Answers


def test_the_newest_version_of_an_answer_is_the_current_one(store: Store, world: World) -> None:
    with store.begin() as tx:
        one = tx.assessments.save_answer(world.assessment, "I.1.a", NO, world.officer.id, NOW)
        two = tx.assessments.save_answer(one, "I.1.b", YES, world.officer.id, NOW)
        three = tx.assessments.save_answer(
            two, "I.1.a", DOCUMENT, world.head.id, LATER, reason="đã có kế hoạch"
        )
        assert [one.version, two.version, three.version] == [2, 3, 4]
        assert tx.assessments.get(three.id) == three
        assert three.corrected_at is None
        assert tx.assessments.answers(three.id) == {"I.1.a": DOCUMENT, "I.1.b": YES}
        assert tx.assessments.answer_versions(three.id) == {"I.1.a": 2, "I.1.b": 1}
        first, second = tx.assessments.history(three.id, "I.1.a")
    assert (first.version, first.answer, first.superseded_at) == (1, NO, LATER)
    assert (first.person_id, first.at, first.reason) == (world.officer.id, NOW, None)
    assert (second.version, second.answer, second.superseded_at) == (2, DOCUMENT, None)
    assert (second.person_id, second.at, second.reason) == (world.head.id, LATER, "đã có kế hoạch")


def test_a_change_of_an_old_state_loses(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.assessments.save_answer(world.assessment, "I.1.a", YES, world.officer.id, NOW)
    with pytest.raises(Conflict), store.begin() as tx:
        tx.assessments.save_answer(world.assessment, "I.1.a", NO, world.colleague.id, NOW)
    with store.read() as tx:
        assert tx.assessments.answers(world.assessment.id) == {"I.1.a": YES}


# Handing in


def _hand_in(store: Store, world: World, assessment: Assessment) -> Assessment:
    with store.begin() as tx:
        return tx.assessments.hand_in(assessment, world.head.id, NOW)


def test_what_was_handed_in_is_locked(store: Store, world: World) -> None:
    after = _hand_in(store, world, world.assessment)
    assert (after.state, after.handed_in_at, after.corrected_at) == (
        AssessmentState.HANDED_IN,
        NOW,
        None,
    )
    with store.read() as tx:
        assert tx.assessments.get(after.id) == after
    with pytest.raises(AssessmentLocked), store.begin() as tx:
        tx.assessments.save_answer(after, "I.1.a", YES, world.officer.id, LATER)
    with pytest.raises(AssessmentLocked), store.begin() as tx:
        tx.assessments.hand_in(after, world.head.id, LATER)


def test_an_answer_on_the_way_while_it_is_handed_in_loses(store: Store, world: World) -> None:
    _hand_in(store, world, world.assessment)
    with pytest.raises(Conflict), store.begin() as tx:
        tx.assessments.save_answer(world.assessment, "I.1.a", YES, world.officer.id, LATER)
    with pytest.raises(Conflict), store.begin() as tx:
        tx.assessments.hand_in(world.assessment, world.head.id, LATER)


def test_a_lie_about_the_state_does_not_unlock(store: Store, world: World) -> None:
    after = _hand_in(store, world, world.assessment)
    pretended = replace(after, state=AssessmentState.OPEN)
    with pytest.raises(Conflict), store.begin() as tx:
        tx.assessments.save_answer(pretended, "I.1.a", YES, world.officer.id, LATER)


def test_a_correction_needs_a_reason_and_keeps_the_first_moment(store: Store, world: World) -> None:
    handed_in = _hand_in(store, world, world.assessment)
    with store.begin() as tx:
        corrected = tx.assessments.save_answer(
            handed_in, "I.1.a", NO, world.officer.id, LATER, reason="nhầm năm"
        )
        assert tx.assessments.get(corrected.id) == corrected
    assert corrected.state is AssessmentState.HANDED_IN
    assert (corrected.handed_in_at, corrected.corrected_at) == (NOW, LATER)
    engine = create_engine(store.url)
    with engine.connect() as connection:
        query = "SELECT kind, version, person_id, reason FROM submission ORDER BY id"
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    assert rows == [
        ("handed_in", 2, world.head.id, None),
        ("corrected", 3, world.officer.id, "nhầm năm"),
    ]


# Places


def test_skipped_ones_are_numbered_by_when(store: Store, world: World) -> None:
    this = world.assessment.id
    with store.begin() as tx:
        assert tx.assessments.skip(this, "I.2.a") == 1
        assert tx.assessments.skip(this, "I.1.a") == 2
        assert tx.assessments.skip(this, "I.2.a") == 3
        assert tx.assessments.skips(this) == {"I.1.a": 2, "I.2.a": 3}
        tx.assessments.unskip(this, "I.1.a")
        tx.assessments.unskip(this, "I.9.z")
        assert tx.assessments.skips(this) == {"I.2.a": 3}


def test_each_person_has_a_bookmark(store: Store, world: World) -> None:
    this = world.assessment.id
    bookmark = Bookmark(
        revisiting="I.1.a",
        draft_of="I.1.a",
        draft=YES,
        kept={"I.5.b": NO, "I.1.b": YES},
        trail=("", "I.3.a"),
        corrected="I.1.c",
    )
    with store.begin() as tx:
        tx.assessments.set_bookmark(this, world.officer.id, Bookmark(revisiting="I.3.a"))
        tx.assessments.set_bookmark(this, world.officer.id, bookmark)
        assert tx.assessments.bookmark(this, world.officer.id) == bookmark
        assert tx.assessments.bookmark(this, world.colleague.id) == Bookmark()
        tx.assessments.set_bookmark(this, world.officer.id, Bookmark())
        assert tx.assessments.bookmark(this, world.officer.id) == Bookmark()


# Verdicts


def _judgement(
    requirement: str, verdict: Verdict, ruling: StandingRuling | None = None
) -> Judgement:
    reason = Reason(code=ReasonCode.SAID_YES, ruling=ruling)
    return Judgement(requirement_id=requirement, verdict=verdict, reason=reason)


RULING = StandingRuling(
    id=7,
    undecided=Undecided.ZERO_BOTH_YEARS,
    verdict=Verdict.MET,
    number="12/QĐ",
    issued_on=date(2024, 1, 2),
    valid_from=date(2024, 1, 1),
)
ITEM = Finding(
    subject="I.1",
    verdict=Verdict.NOT_MET,
    judgements=(
        _judgement("I.1.a", Verdict.MET),
        _judgement("I.1.b", Verdict.MET, RULING),
        _judgement("I.1.c", Verdict.NOT_MET),
        _judgement("I.1.d", Verdict.INCOMPLETE),
        _judgement("I.1.e", Verdict.NEEDS_REVIEW),
        _judgement("I.1.f", Verdict.NOT_APPLICABLE),
    ),
    with_evidence=2,
)


def test_a_verdict_is_kept_with_its_counts(store: Store, world: World) -> None:
    this = world.assessment.id
    whole = Finding(subject="I", verdict=Verdict.INCOMPLETE, judgements=(), with_evidence=0)
    with store.begin() as tx:
        tx.assessments.save_findings(this, (ITEM, whole), NOW)
        tx.assessments.save_findings(this, (), NOW)
        kept_whole, kept_item = tx.assessments.verdict_rows(this)
    assert kept_whole.verdict is Verdict.INCOMPLETE
    assert kept_item == KeptVerdict(
        assessment_id=this,
        subject="I.1",
        verdict=Verdict.NOT_MET,
        met=2,
        not_met=1,
        not_applicable=1,
        incomplete=1,
        needs_review=1,
        with_evidence=2,
        rulings=(7,),
    )
    assert kept_item.total == 6


def test_a_new_verdict_takes_the_place_of_the_old_one(store: Store, world: World) -> None:
    this = world.assessment.id
    better = replace(ITEM, verdict=Verdict.MET, judgements=ITEM.judgements[:1])
    with store.begin() as tx:
        tx.assessments.save_findings(this, (ITEM,), NOW)
        tx.assessments.save_findings(this, (better,), LATER)
        (kept,) = tx.assessments.verdict_rows(this)
    assert (kept.verdict, kept.met, kept.total, kept.rulings) == (Verdict.MET, 1, 1, ())


# Loading


def test_a_turn_loads_everything_at_once(store: Store, world: World) -> None:
    this = world.assessment.id
    with store.begin() as tx:
        assessment = tx.assessments.save_answer(
            world.assessment, "I.1.a", NO, world.officer.id, NOW
        )
        assessment = tx.assessments.save_answer(assessment, "I.1.a", YES, world.officer.id, NOW)
        tx.assessments.skip(this, "I.2.a")
        tx.assessments.set_bookmark(this, world.officer.id, Bookmark(revisiting="I.1.a"))
        tx.assessments.save_findings(this, (ITEM,), NOW)
        loaded = tx.assessments.load(COMMUNE, world.officer.id, year=2024)
        colleague = tx.assessments.load(COMMUNE, world.colleague.id, year=2024)
        (kept,) = tx.assessments.verdict_rows(this)
    assert loaded is not None
    assert loaded.assessment == assessment
    assert loaded.answers == {"I.1.a": YES}
    assert loaded.versions == {"I.1.a": 2}
    assert loaded.recorded == {"I.1.a": Recorded(person_id=world.officer.id, at=NOW)}
    assert loaded.skips == {"I.2.a": 1}
    assert loaded.bookmark == Bookmark(revisiting="I.1.a")
    assert loaded.verdicts == {"I.1": kept}
    assert colleague == replace(loaded, bookmark=Bookmark())


def test_which_assessment_is_loaded(store: Store, world: World) -> None:
    with store.begin() as tx:
        other = tx.assessments.open(COMMUNE, "xa-dien-hinh", "hash-1", 2024, NOW)
        newer = tx.assessments.open(COMMUNE, "tra-vinh", "hash-1", 2025, NOW)

        def load(**asked: int | str) -> Assessment | None:
            loaded = tx.assessments.load(COMMUNE, world.officer.id, **asked)  # type: ignore[arg-type]
            return None if loaded is None else loaded.assessment

        assert load() == newer
        assert load(year=2024) == world.assessment
        assert load(year=2024, set_id="xa-dien-hinh") == other
        assert load(year=2023) is None
        assert load(year=2024, set_id="unknown") is None
        assert tx.assessments.load(NEIGHBOUR, world.neighbour.id) is None

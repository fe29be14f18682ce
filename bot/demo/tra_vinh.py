"""Trà Vinh in the demo: the year 2024 kept open, one commune empty, the others invented."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.demo import people
from bot.demo.invented import BEGUN, GOOD, HALFWAY, MIXED, Manner, dice, invented
from domain.answers import Answer, FieldName
from domain.assessments import Assessment, find
from domain.criteria import CriteriaSet, Part
from domain.steps import HELD
from domain.units import Structure, Unit, UnitId, UnitKind
from handlers.ground.settings import set_documents
from packs import criteria_to_json, load_pack
from packs.units import UnitBook, load_units
from storage import Tx

PACK: Final = "tra-vinh-1672-2022"
PROVINCE: Final = UnitId(Structure.Y2021, "84")
YEAR: Final = 2024
EMPTY: Final = "Mỹ Long Bắc"
"""The officer's commune, empty: the officer fills it in from the first question on."""

OPENED: Final = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
ANSWERED: Final = datetime(2024, 11, 4, 1, 0, tzinfo=UTC)
HANDED_IN: Final = datetime(2024, 12, 2, 1, 0, tzinfo=UTC)

# How many of a hundred communes fill in like this; only complete ones are handed in.
_MANNERS: Final = ((50, GOOD, True), (20, MIXED, True), (20, HALFWAY, False), (10, BEGUN, False))


def build(tx: Tx, now: datetime) -> None:
    """Units, people and assessments, in the caller's transaction."""
    book = load_units(Structure.Y2021)
    province = book.get(PROVINCE)
    tx.units.add_many((province, *book.districts(PROVINCE.code), *book.communes(PROVINCE.code)))
    commune = _empty_commune(book)
    people.let_in(people.OFFICER, commune.id, tx, now)
    people.let_in(people.HEAD, commune.id, tx, now)
    for member in people.OF_TRA_VINH:
        people.let_in(member, PROVINCE, tx, now)
    set_documents(tx, PROVINCE, (PACK,))
    handle, name = people.SOURCE
    source = tx.people.add(handle=handle, name=name, locale="vi").id
    criteria = load_pack(PACK).criteria
    if criteria is None:
        raise LookupError(f"{PACK} has no criteria")
    tx.sets.stamp(criteria.id, criteria.content_hash, criteria_to_json(criteria), OPENED)
    for unit in book.communes(PROVINCE.code):
        if unit.kind is UnitKind.COMMUNE:
            _assess(tx, unit, criteria, source, empty=unit.id == commune.id)


def _empty_commune(book: UnitBook) -> Unit:
    return next(unit for unit in book.communes(PROVINCE.code) if unit.name == EMPTY)


def _assess(tx: Tx, unit: Unit, criteria: CriteriaSet, source: int, *, empty: bool) -> None:
    assessment = tx.assessments.open(unit.id, criteria.id, criteria.content_hash, YEAR, OPENED)
    if empty:
        return
    manner, complete = _manner(unit.code)
    part = criteria.parts_for(unit.kind)[0]
    answers = invented(part, unit.code, YEAR, manner)
    at = ANSWERED + timedelta(minutes=dice(unit.code, sides=10_000))
    for requirement_id, answer in answers.items():
        assessment = tx.assessments.save_answer(assessment, requirement_id, answer, source, at)
        _keep_evidence(tx, unit, requirement_id, answer, source, at)
    _keep_verdicts(tx, assessment, criteria, criteria.parts_for(unit.kind), answers, at)
    if complete:
        tx.assessments.hand_in(assessment, source, HANDED_IN)


def _manner(commune: str) -> tuple[Manner, bool]:
    thrown = dice(commune, "manner", sides=100)
    for share, manner, complete in _MANNERS:
        if thrown < share:
            return manner, complete
        thrown -= share
    raise AssertionError("the shares make a hundred")


def _keep_evidence(
    tx: Tx, unit: Unit, requirement_id: str, answer: Answer, source: int, at: datetime
) -> None:
    number = answer.get(FieldName.NUMBER)
    if answer.choice == HELD and isinstance(number, str):
        tx.evidence.add(
            unit.id,
            YEAR,
            number=number,
            issued_on=answer.day(FieldName.ISSUED_ON),
            source=requirement_id,
            person_id=source,
            now=at,
        )


def _keep_verdicts(
    tx: Tx,
    assessment: Assessment,
    criteria: CriteriaSet,
    parts: tuple[Part, ...],
    answers: Mapping[str, Answer],
    at: datetime,
) -> None:
    for part in parts:
        tx.assessments.save_findings(assessment.id, find(criteria, part, answers, year=YEAR), at)

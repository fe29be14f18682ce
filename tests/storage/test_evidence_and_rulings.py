"""Evidence is stored once for a unit and year; rulings are added and withdrawn."""

from datetime import date

import pytest

from domain.criteria import Undecided
from domain.units import UnitId
from domain.verdicts import StandingRuling, Verdict
from storage import Store, Tx
from tests.storage.world import COMMUNE, FAR_PROVINCE, NEIGHBOUR, NOW, PROVINCE, World

SIGNED = date(2024, 2, 5)

# Evidence


def _add(
    tx: Tx,
    world: World,
    number: str | None = "12/NQ-ĐU",
    issued_on: date | None = SIGNED,
    *,
    unit: UnitId = COMMUNE,
    year: int = 2024,
    source: str = "I.1.a",
    secret: bool = False,
) -> None:
    tx.evidence.add(
        unit,
        year,
        number=number,
        issued_on=issued_on,
        source=source,
        person_id=world.officer.id,
        now=NOW,
        secret=secret,
    )


def test_a_document_entered_twice_is_one(store: Store, world: World) -> None:
    with store.begin() as tx:
        _add(tx, world)
        _add(tx, world, source="II.1.a")
        _add(tx, world, "13/NQ-ĐU")
        _add(tx, world, issued_on=date(2024, 2, 6))
        _add(tx, world, unit=NEIGHBOUR)
        _add(tx, world, year=2025)
        kept = tx.evidence.of_unit(COMMUNE, 2024)
    assert [(one.number, one.issued_on) for one in kept] == [
        ("12/NQ-ĐU", SIGNED),
        ("13/NQ-ĐU", SIGNED),
        ("12/NQ-ĐU", date(2024, 2, 6)),
    ]
    assert kept[0].requirement_id == "I.1.a"


def test_of_a_secret_document_only_its_existence_is_kept(store: Store, world: World) -> None:
    with store.begin() as tx:
        _add(tx, world, None, None, secret=True)
        _add(tx, world, None, None, secret=True)
        _add(tx, world, None, None, secret=True, source="I.1.b")
        kept = tx.evidence.of_unit(COMMUNE, 2024)
        assert [(one.number, one.issued_on, one.secret) for one in kept] == [(None, None, True)] * 2
        with pytest.raises(ValueError, match="secret document"):
            _add(tx, world, secret=True)


# Rulings


def _rule(
    tx: Tx,
    world: World,
    province: UnitId = PROVINCE,
    set_id: str = "tra-vinh",
    requirements: tuple[str, ...] = (),
    valid_to: date | None = None,
) -> StandingRuling:
    return tx.rulings.add(
        province,
        set_id,
        undecided=Undecided.ZERO_BOTH_YEARS,
        verdict=Verdict.MET,
        number="99/QĐ-CAT",
        issued_on=SIGNED,
        valid_from=date(2024, 1, 1),
        valid_to=valid_to,
        requirements=requirements,
        person_id=world.administrator.id,
        now=NOW,
    )


def test_rulings_come_back_as_they_were(store: Store, world: World) -> None:
    with store.begin() as tx:
        everywhere = _rule(tx, world)
        named = _rule(tx, world, requirements=("I.5.e", "I.5.b"), valid_to=date(2025, 12, 31))
        _rule(tx, world, province=FAR_PROVINCE)
        _rule(tx, world, set_id="another")
        assert tx.rulings.in_force(PROVINCE, "tra-vinh") == (everywhere, named)
    assert named.requirements == {"I.5.b", "I.5.e"}
    assert everywhere == StandingRuling(
        id=everywhere.id,
        undecided=Undecided.ZERO_BOTH_YEARS,
        verdict=Verdict.MET,
        number="99/QĐ-CAT",
        issued_on=SIGNED,
        valid_from=date(2024, 1, 1),
    )


def test_a_withdrawn_ruling_is_no_longer_in_force(store: Store, world: World) -> None:
    with store.begin() as tx:
        ruling = _rule(tx, world)
        assert tx.rulings.withdraw(ruling.id, NOW, world.administrator.id)
        assert not tx.rulings.withdraw(ruling.id, NOW, world.administrator.id)
        assert tx.rulings.in_force(PROVINCE, "tra-vinh") == ()

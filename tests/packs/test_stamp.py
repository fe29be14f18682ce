"""The hash of a criteria set, and the set stored as JSON with its assessments."""

import json
from dataclasses import replace

import pytest

from domain.criteria import CriteriaSet, Part
from domain.units import UnitKind
from packs import (
    StampedSetError,
    criteria_from_json,
    criteria_to_json,
    load_pack,
    parse_pack,
)
from tests.packs.samples import SOUND, damaged


def _criteria(text: str) -> CriteriaSet:
    criteria = parse_pack(text, "thu.yaml").criteria
    assert criteria is not None
    return criteria


SET = _criteria(SOUND)


def test_the_whole_of_tra_vinh_comes_back_as_it_went() -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    again = criteria_from_json(criteria_to_json(criteria))
    assert again == criteria
    assert again.content_hash == criteria.content_hash
    assert criteria_to_json(again) == criteria_to_json(criteria)
    assert again.requirement("I.5.b").rule.percent == 5


def test_the_hash_is_sha256_in_hex() -> None:
    assert len(SET.content_hash) == 64
    assert int(SET.content_hash, 16)


@pytest.mark.parametrize(
    "text",
    [
        "# ghi chú\n" + SOUND,
        SOUND.replace("question: Xã đã có", "question:   Xã   đã có"),
        damaged("question: Xã đã có kế hoạch chưa?", 'question: "Xã đã có kế hoạch chưa?"'),
        SOUND.replace("unit_kinds: [commune]", "unit_kinds:\n        - commune"),
        SOUND.replace("\n", "\r\n"),
        damaged("title: Văn bản thử", "title: Tên khác của văn bản"),
    ],
    ids=["comment", "blanks", "quotes", "block list", "windows", "title of the document"],
)
def test_the_hash_does_not_see_how_a_pack_is_laid_out(text: str) -> None:
    assert _criteria(text).content_hash == SET.content_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("question: Xã đã có", "question: Đảng ủy xã đã có"),
        ("rule: branch", "rule: yes"),
        ("date_withheld]", "date_withheld, not_applicable_claimed]"),
        ("valid_to: 31/12/2027", "valid_to: 30/12/2027"),
        ("unit_kinds: [commune]", "unit_kinds: [commune, ward]"),
    ],
)
def test_the_hash_sees_every_change_of_content(old: str, new: str) -> None:
    assert _criteria(damaged(old, new)).content_hash != SET.content_hash


def test_the_hash_sees_the_name_of_the_document() -> None:
    renamed = SOUND.replace("thu-1-2026", "thu-2-2026")
    assert _criteria(renamed).content_hash != SET.content_hash


def test_the_order_of_a_set_is_no_content_and_the_order_of_a_list_is() -> None:
    def with_kinds(*kinds: UnitKind) -> str:
        words = ", ".join(kinds)
        return _criteria(damaged("[commune]", f"[{words}]")).content_hash

    assert with_kinds(UnitKind.WARD, UnitKind.COMMUNE) == with_kinds(
        UnitKind.COMMUNE, UnitKind.WARD
    )
    turned = damaged("[Có, Không]", "[Không, Có]")
    assert _criteria(turned).content_hash != SET.content_hash


def test_fields_left_at_their_default_are_not_written() -> None:
    """So that a field added later does not change the hash of older sets."""
    written = criteria_to_json(SET)
    rows = json.loads(written)["parts"][0]["items"][0]["requirements"]
    assert "force_majeure" not in rows[0]
    assert rows[2]["force_majeure"] is True


def _changed(path: str, value: object) -> str:
    tree = json.loads(criteria_to_json(SET))
    *way, last = path.split("/")
    place = tree
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return json.dumps(tree, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        criteria_to_json(SET)[:-1],
        _changed("valid_from", "2026-02-30"),
        _changed("valid_to", 5),
        _changed("surprise", 1),
        _changed("parts", "I"),
        _changed("parts/0/unit_kinds", ["planet"]),
        _changed("parts/0/title", None),
        _changed("parts/0/title", "Tên đã bị sửa"),
        _changed("content_hash", "0" * 64),
        "[" * 100_000,
    ],
    ids=lambda text: text[-24:],
)
def test_a_stored_set_that_was_tampered_with_is_refused(text: str) -> None:
    with pytest.raises(StampedSetError, match="the stored criteria set"):
        criteria_from_json(text)


def test_a_set_made_by_hand_keeps_the_hash_it_was_given_only_if_it_is_right() -> None:
    part: Part = replace(SET.parts[0], title="Khác")
    forged = replace(SET, parts=(part,))
    with pytest.raises(StampedSetError, match="does not match its hash"):
        criteria_from_json(criteria_to_json(forged))

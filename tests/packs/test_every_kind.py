"""A pack with a row of every kind and rule is accepted, without what the kind needs it is not."""

from typing import Any

import pytest
import yaml

from domain.criteria import AskedAs, Requirement
from packs import ProblemCode, check_pack
from tests.every_kind import Made, every_kind

PACK = "vi-du-1-2026"
ALONE = [made for made in every_kind() if "refs" not in made.rule.needs]
each_kind = pytest.mark.parametrize("made", ALONE, ids=lambda made: made.name)


def _row(row: Requirement) -> dict[str, Any]:
    rule: dict[str, Any] = {"name": row.rule.name.value}
    for name in ("minimum", "percent", "casualties"):
        if value := getattr(row.rule, name):
            rule[name] = value
    words = {
        name: getattr(row, name)
        for name in ("id", "clause", "verbatim", "label", "question", "help", "evidence")
    }
    return {
        **words,
        "kind": row.kind.value,
        "asked_as": row.asked_as.value,
        "rule": rule,
        "sensitivity": row.sensitivity.value,
        "recurrence": row.recurrence,
        **({"choices": list(row.choices)} if row.choices else {}),
        **({"counted": row.counted} if row.counted else {}),
        "force_majeure": row.force_majeure,
        "undecided": [one.value for one in row.undecided],
    }


def _problems(made: Made, **changed: object) -> set[ProblemCode]:
    row = _row(made.rows[0])
    if not row["force_majeure"]:
        row["undecided"] = [one for one in row["undecided"] if one != "force_majeure"]
    for key, value in changed.items():
        if value is None:
            del row[key]
        else:
            row[key] = value
    part = {
        "id": "K",
        "indicator": "19.2",
        "title": "Xã",
        "criterion": "An ninh",
        "unit_kinds": ["commune"],
        "items": [{"id": "K.1", "title": "Mục", "requirements": [row]}],
    }
    document = {
        "id": PACK,
        "title": "Kế hoạch",
        "issuer": "UBND tỉnh",
        "province": "40",
        "structure": "2026",
        "covers_from": 2026,
        "covers_to": 2026,
    }
    pack = {
        "document": document,
        "criteria": {"valid_from": "01/01/2026", "parts": [part]},
        "end": PACK,
    }
    text = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    return {one.code for one in check_pack(text, f"{PACK}.yaml")}


@each_kind
def test_a_row_of_every_kind_and_rule_is_accepted(made: Made) -> None:
    assert _problems(made) == set()


@each_kind
def test_a_row_without_what_its_rule_needs_is_refused(made: Made) -> None:
    if made.rule.needs:
        bare = {"name": made.rule.name.value}
        assert ProblemCode.RULE_NEEDS in _problems(made, rule=bare)
    if made.kind.counted:
        assert ProblemCode.MISSING_KEY in _problems(made, counted=None)
    if made.rule.leaves_open:
        assert ProblemCode.UNDECIDED_NOT_NAMED in _problems(
            made, undecided=["force_majeure"] if made.rows[0].force_majeure else []
        )


@each_kind
def test_words_of_the_persons_own_are_for_green_rows_only(made: Made) -> None:
    refused = ProblemCode.AMBER_ASKED_OPENLY in _problems(made, sensitivity="amber")
    assert refused is made.kind.free_text
    assert refused is (made.kind.asked_as in (AskedAs.LIST, AskedAs.REGISTER))

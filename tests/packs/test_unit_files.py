"""Damage to a file of units is reported by file and line: a small valid file, one error each."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.units import Structure, UnitId
from packs.unit_files import UnitProblemCode
from packs.units import UnitDataError, load_units

SOUND = """structure,2025,units,4
code,kind,name,parent,former
84,province,Trà Vinh,,
848,rural_district,Cầu Ngang,84,
29419,township,Mỹ Long,848,
29422,commune,Mỹ Long Bắc,848,29422:commune:Mỹ Long Bắc:Cầu Ngang|~29423:commune:Cũ:Cầu Ngang
"""


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[str, str], UnitDataError]:
    def load(old: str, new: str) -> UnitDataError:
        assert old in SOUND
        (tmp_path / "2025.csv").write_text(SOUND.replace(old, new), "utf-8")
        with pytest.raises(UnitDataError) as caught:
            load_units(Structure.Y2025, tmp_path)
        return caught.value

    return load


def test_the_sound_file_loads(tmp_path: Path) -> None:
    (tmp_path / "2025.csv").write_text(SOUND, "utf-8")
    book = load_units(Structure.Y2025, tmp_path)
    assert [unit.name for unit in book.communes("84")] == ["Mỹ Long", "Mỹ Long Bắc"]
    assert [(f.name, f.whole) for f in book.formers("29422")] == [
        ("Mỹ Long Bắc", True),
        ("Cũ", False),
    ]
    assert book.find("29422") == book.get(UnitId(Structure.Y2025, "29422"))


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("structure,2025", "structure,2026", 1, UnitProblemCode.WRONG_HEAD),
        ("units,4", "units,four", 1, UnitProblemCode.WRONG_HEAD),
        ("units,4", "units,5", 1, UnitProblemCode.WRONG_COUNT),
        ("parent,former", "parent", 2, UnitProblemCode.WRONG_HEAD),
        ("29419,township,Mỹ Long,848,", "29419,township,Mỹ Long", 5, UnitProblemCode.WRONG_FIELDS),
        ("29419,township", "2941,township", 5, UnitProblemCode.BAD_CODE),
        ("29419,township", "2941x,township", 5, UnitProblemCode.BAD_CODE),
        ("29422,commune,M", "29419,commune,M", 6, UnitProblemCode.DUPLICATE_CODE),
        ("29419,township", "29419,hamlet", 5, UnitProblemCode.BAD_KIND),
        ("29419,township", "29419,province", 5, UnitProblemCode.BAD_KIND),
        ("29419,township", "29419,department", 5, UnitProblemCode.BAD_KIND),
        ("Mỹ Long,848", "Mỹ Long ,848", 5, UnitProblemCode.BAD_NAME),
        ("Mỹ Long,848", ",848", 5, UnitProblemCode.BAD_NAME),
        (
            "Mỹ Long,848",
            unicodedata.normalize("NFD", "Mỹ Long") + ",848",
            5,
            UnitProblemCode.BAD_NAME,
        ),
        ("Mỹ Long,848", "Mỹ Long,849", 5, UnitProblemCode.BAD_PARENT),
        ("Mỹ Long,848", "Mỹ Long,", 5, UnitProblemCode.BAD_PARENT),
        ("Trà Vinh,,", "Trà Vinh,84,", 3, UnitProblemCode.BAD_PARENT),
        ("~29423:commune:Cũ:", "~29423:commune:", 6, UnitProblemCode.BAD_FORMER),
        ("~29423:commune", "~29423:hamlet", 6, UnitProblemCode.BAD_FORMER),
        ("~29423", "~", 6, UnitProblemCode.BAD_FORMER),
    ],
)
def test_damage_is_told_by_file_and_line(
    damaged: Callable[[str, str], UnitDataError],
    old: str,
    new: str,
    line: int,
    code: UnitProblemCode,
) -> None:
    error = damaged(old, new)
    first = error.problems[0]
    assert (first.file, first.line, first.code) == ("2025.csv", line, code)
    assert str(error).startswith(f"2025.csv:{line}: {code}")


def test_all_damage_is_told_at_once(damaged: Callable[[str, str], UnitDataError]) -> None:
    error = damaged("848,rural_district", "848,hamlet")
    assert [problem.line for problem in error.problems] == [4, 5, 6]
    assert str(error).endswith("(and 2 more)")


def test_a_missing_file_and_a_file_that_is_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnitDataError, match=r"2025\.csv:1: unit_cannot_read No such file"):
        load_units(Structure.Y2025, tmp_path)
    (tmp_path / "2025.csv").write_bytes(SOUND.encode().replace(b"Tr\xc3\xa0", b"Tr\xff"))
    with pytest.raises(UnitDataError, match=r"2025\.csv:3: unit_not_utf8"):
        load_units(Structure.Y2025, tmp_path)

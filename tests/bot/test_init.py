"""`antt init` makes a real database, refuses any database that is not empty, and says what would be
valid.
"""

import os
import re
import stat
import tomllib
from pathlib import Path

import pytest

from bot.commands import DONE, MISUSE
from bot.settings import EXPLAINED
from domain.people import Role
from domain.units import Structure, UnitId, UnitKind
from handlers.ground.library import Library
from handlers.ground.settings import documents_of, origin_of
from storage import Store
from tests.bot.calling import Antt

NGHE_AN = ["--province", "40", "--structure", "2026", "--pack", "nghe-an-104-2024"]
PROVINCE = UnitId(Structure.Y2026, "40")


def test_it_makes_the_units_the_first_administrator_and_his_link(
    antt: Antt, tmp_path: Path
) -> None:
    database = tmp_path / "na" / "na.db"
    said = antt("init", "--db", str(database), *NGHE_AN, "--name", "Nguyễn Văn Quản")
    assert (said.code, said.err) == (DONE, "")
    link = re.search(r"http://127\.0\.0\.1:8080/join#([A-Z2-79]{5}-[A-Z2-79]{5})", said.out)
    assert link is not None
    with Store(str(database)) as store, store.read() as tx:
        assert not tx.about.is_demo()
        kinds = [unit.kind for unit in tx.units.of_province(Structure.Y2026, "40")]
        assert (kinds.count(UnitKind.COMMUNE), kinds.count(UnitKind.WARD)) == (119, 11)
        (person,) = tx.people.all()
        assert (person.handle, person.name) == ("quan-tri", "Nguyễn Văn Quản")
        assert [(post.role, post.unit) for post in person.posts] == [(Role.ADMINISTRATOR, PROVINCE)]
        invitation = tx.invitations.find(tx.invitations.hash(link[1]))
        assert invitation is not None
        assert invitation.person_id == person.id
        assert documents_of(tx, PROVINCE) == ("nghe-an-104-2024",)
        assert origin_of(tx) == "http://127.0.0.1:8080"


def test_the_settings_file_explains_every_key_and_is_its_owners(antt: Antt, tmp_path: Path) -> None:
    database = tmp_path / "na.db"
    url = "https://antt.example.vn"
    antt("init", "--db", str(database), *NGHE_AN, "--public-url", url)
    file = tmp_path / "antt.toml"
    text = file.read_text(encoding="utf-8")
    assert all(line in text for line in EXPLAINED.values())
    assert tomllib.loads(text) == {
        "database": str(database),
        "web_public_url": url,
        "web_proxies": "127.0.0.1",
    }
    assert file.stat().st_mode & 0o077 == 0


def test_the_database_is_its_owners(antt: Antt, tmp_path: Path) -> None:
    database = tmp_path / "na.db"
    before = os.umask(0)
    try:
        antt("init", "--db", str(database), *NGHE_AN)
        with Store(str(database)) as store, store.begin() as tx:
            tx.settings.set("x", "y", "z")
            beside = sorted(tmp_path.glob("na.db*"))
            assert len(beside) == 4, "the file, its log, its index and its lock"
            modes = {stat.S_IMODE(file.stat().st_mode) for file in beside}
        copy = tmp_path / "copy.db"
        antt("backup", "--db", str(database), "--to", str(copy))
        assert modes | {stat.S_IMODE(copy.stat().st_mode)} == {0o600}
    finally:
        os.umask(before)


def test_a_settings_file_that_is_there_stays(antt: Antt, tmp_path: Path) -> None:
    file = tmp_path / "antt.toml"
    file.write_text('locale = "en"\n', encoding="utf-8")
    said = antt("init", "--db", str(tmp_path / "na.db"), *NGHE_AN)
    assert said.code == DONE
    assert file.read_text(encoding="utf-8") == 'locale = "en"\n'
    assert "giữ nguyên" in said.out


def test_criteria_of_the_chosen_documents_are_kept(antt: Antt, tmp_path: Path) -> None:
    database = tmp_path / "tv.db"
    chosen = ["--province", "Trà Vinh", "--structure", "2021", "--pack", "tra-vinh-1672-2022"]
    assert antt("init", "--db", str(database), *chosen).code == DONE
    criteria = Library().pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    with Store(str(database)) as store, store.read() as tx:
        assert tx.sets.body(criteria.content_hash) is not None


def test_a_database_with_people_is_not_touched(antt: Antt, demo_file: Path) -> None:
    before = demo_file.read_bytes()
    said = antt("init", "--db", str(demo_file), *NGHE_AN)
    assert said.code == MISUSE
    assert "không ghi đè" in said.err
    assert demo_file.read_bytes() == before
    assert not (demo_file.parent / "antt.toml").exists()


def test_an_empty_database_of_ours_is_filled(
    antt: Antt, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = antt("init", "--db", database_url, *NGHE_AN)
    assert said.code == DONE
    with Store(database_url) as store, store.read() as tx:
        assert [one.handle for one in tx.people.all()] == ["quan-tri"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--structure", "2026"], "thiếu --province"),
        (["--province", "Nghe", "--structure", "2026"], "Nghệ An (40)"),
        (["--province", "99", "--structure", "2026"], "không có tỉnh “99”"),
        (["--province", "Trà Vinh", "--structure", "2026"], "không có tỉnh “Trà Vinh”"),
        (["--province", "40", "--structure", "2020"], "chọn một trong 2021, 2025, 2026"),
        (["--province", "40", "--pack", "nghe-an"], "Không có văn bản “nghe-an”"),
        (["--province", "40", "--handle", "???"], "Tên ngắn “???”"),
        (["--province", "40", "--name", "x" * 81], "không quá 80 ký tự"),
        (["--province", "40", "--public-url", "antt.example.vn"], "viết https://"),
        (["--province", "40", "--public-url", "http://antt.example.vn"], "viết https://"),
    ],
)
def test_a_wrong_wish_gets_one_sentence_and_makes_nothing(
    antt: Antt, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    said = antt("init", "--db", str(tmp_path / "na.db"), *arguments)
    assert said.code == MISUSE
    assert sentence in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_document_of_another_province_is_taken_with_a_warning(antt: Antt, tmp_path: Path) -> None:
    chosen = ["--province", "40", "--structure", "2026", "--pack", "tra-vinh-1672-2022"]
    said = antt("init", "--db", str(tmp_path / "na.db"), *chosen)
    assert said.code == DONE
    assert "văn bản của tỉnh khác" in said.err
    # Trà Vinh was merged into Vĩnh Long: its document belongs to that province.
    chosen = ["--province", "Vĩnh Long", "--structure", "2026", "--pack", "tra-vinh-1672-2022"]
    own = antt("init", "--db", str(tmp_path / "vl.db"), *chosen)
    assert (own.code, own.err) == (DONE, "")


def test_a_file_of_another_program_is_refused(antt: Antt, tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"\xff\xd8\xff\xe0" * 500)
    said = antt("init", "--db", str(file), *NGHE_AN)
    assert said.code == MISUSE
    assert file.read_bytes() == b"\xff\xd8\xff\xe0" * 500

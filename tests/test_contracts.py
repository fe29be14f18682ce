"""Each import contract is shown to fail: a planted import breaks this contract and no other."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import house
from tests.house import ROOMS, ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
OF_HANDLERS = tuple(
    f"handlers/{name}"
    for name in (
        "deciding",
        "subjects",
        "subjects/duties",
        "subjects/status",
        "assessment",
        "ground",
        "documents",
        "understanding",
    )
)
"""The folders that the contracts of the conversation name, and two subjects."""
LIMIT = 60  # seconds; one run takes under two


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages' structure: the contracts check names, not contents."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for package in (*ROOMS, "bot/channels", *OF_HANDLERS):
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    (folder / "handlers/contract.py").touch()
    return folder


def _broken(folder: Path) -> set[str]:
    """Ids of the contracts that lint-imports reports as broken."""
    run = subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
        env={"COLUMNS": "300", "PYTHONPATH": str(folder)},
    )
    contracts = house.settings()["tool"]["importlinter"]["contracts"]
    said = {
        entry["id"]: re.search(rf"^{re.escape(entry['name'])}.* (KEPT|BROKEN)", run.stdout, re.M)
        for entry in contracts
    }
    unheard = [name for name, match in said.items() if match is None]
    assert not unheard, f"nothing said about {unheard}:\n{run.stdout}\n{run.stderr}"
    broken = {name for name, match in said.items() if match and match[1] == "BROKEN"}
    assert (run.returncode != 0) == bool(broken)
    return broken


def test_an_empty_house_keeps_every_contract(rooms: Path) -> None:
    assert _broken(rooms) == set()


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("storage/planted.py", "import handlers", "arrows"),
        ("packs/planted.py", "import storage", "arrows"),
        ("domain/planted.py", "import packs", "arrows"),
        ("domain/planted.py", "import time", "pure-domain"),
        ("handlers/planted.py", "from sqlalchemy import text", "sql"),
        ("handlers/planted.py", "import aiogram.types", "telegram"),
        ("scheduling/tick.py", "import apscheduler", "ticker"),
        ("handlers/subjects/duties/x.py", "import handlers.subjects.status", "subjects"),
        ("handlers/subjects/duties/x.py", "import handlers.deciding", "conversation"),
        ("handlers/contract.py", "import handlers.subjects.duties", "conversation"),
        ("handlers/ground/x.py", "import handlers.assessment", "conversation"),
        ("handlers/understanding/x.py", "import handlers.ground", "conversation"),
        ("bot/planted.py", "import telegram", "product"),
        ("locales/planted.py", "import tests.cast", "product"),
    ],
)
def test_a_planted_import_breaks_its_contract_only(
    rooms: Path, file: str, line: str, contract: str
) -> None:
    planted = rooms / file
    before = planted.read_text(encoding="utf-8") if planted.exists() else None
    planted.write_text(f"{line}\n", encoding="utf-8")
    try:
        assert _broken(rooms) == {contract}
    finally:
        planted.unlink()
        if before is not None:
            planted.write_text(before, encoding="utf-8")


def test_one_channel_may_not_know_another(rooms: Path) -> None:
    web, mail = rooms / "bot/channels/web.py", rooms / "bot/channels/mail.py"
    web.write_text("import bot.channels.mail\n", encoding="utf-8")
    mail.touch()
    try:
        assert _broken(rooms) == {"channels"}
    finally:
        web.unlink()
        mail.unlink()


def test_the_two_exceptions_are_let_pass(rooms: Path) -> None:
    telegram, ticker = rooms / "bot/channels/telegram.py", rooms / "scheduling/ticker.py"
    telegram.write_text("import aiogram\n", encoding="utf-8")
    ticker.write_text("import apscheduler\n", encoding="utf-8")
    try:
        assert _broken(rooms) == set()
    finally:
        telegram.unlink()
        ticker.unlink()

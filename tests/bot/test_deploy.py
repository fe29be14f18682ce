"""The sample files for operators are correct: systemd accepts the unit, and it is restrictive."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import EXPLAINED, PREFIX, Settings, read_settings
from tests.house import ROOT

UNIT = ROOT / "docs" / "deploy" / "antt-bot.service"
ANALYZE = shutil.which("systemd-analyze")
HOME = "/opt/antt"


def _pairs() -> list[tuple[str, str]]:
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    return [(key, value) for key, equals, value in (one.partition("=") for one in lines) if equals]


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    program = str(Path(sys.executable).with_name("antt"))
    text = UNIT.read_text(encoding="utf-8").replace(f"{HOME}/.venv/bin/antt", program)
    unit.write_text(text.replace(HOME, str(ROOT)), encoding="utf-8")
    run = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
def test_systemd_finds_little_that_it_could_do_to_the_machine() -> None:
    run = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--threshold=15", UNIT],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_PAGER": "", "LC_ALL": "C.UTF-8"},
    )
    # 15 of 100: beyond "network access" and "has a user" nearly nothing is left open.
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_service_starts_again_however_often_it_failed() -> None:
    unit = dict(_pairs())
    assert unit["Restart"] == "on-failure"
    # systemd gives up after five starts within ten seconds.
    assert int(unit["RestartSec"]) * 5 > 10
    assert not [key for key in unit if key.startswith(("StartLimit", "RestartPrevent"))]


def test_secrets_stand_in_one_file_that_is_not_the_unit() -> None:
    unit = _pairs()
    assert ("EnvironmentFile", "/etc/antt/antt.env") in unit
    set_here = [value.partition("=") for key, value in unit if key == "Environment"]
    assert {name for name, _, _ in set_here} == {
        "ANTT_LOG",
        "ANTT_DATABASE",
        "PYTHONUNBUFFERED",
    }


def test_what_the_unit_sets_are_settings_of_ours() -> None:
    values = (value.partition("=") for key, value in _pairs() if key == "Environment")
    environment = {name: value for name, _, value in values if name.startswith(PREFIX)}
    settings = read_settings(environment)
    assert (settings.log, settings.database) == ("-", "/var/lib/antt/antt.db")


def test_the_table_of_settings_is_that_of_the_program() -> None:
    table = (ROOT / "docs" / "deploy" / "settings.md").read_text(encoding="utf-8")
    defaults = vars(Settings(log="var/antt.log", data_folder="var"))
    wanted = [
        f"| `{key}` | {f'`{defaults[key]}`' if defaults[key] else '–'} | {what} |"
        for key, what in EXPLAINED.items()
    ]
    assert [line for line in table.splitlines() if line.startswith("| `")] == wanted

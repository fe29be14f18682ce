"""Editors, ruff and the hosted CI have the same settings in their own files."""

import configparser
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests import house
from tests.house import BESIDE, ROOMS, ROOT

CI: Final = ROOT / ".github" / "workflows" / "ci.yml"
ENDINGS: Final = (".py", ".j2", ".js", ".css", ".html", ".yaml", ".md")
WRITTEN: Final = tuple(house.source_files((*ROOMS, *BESIDE), *ENDINGS))


def _editors() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    # Its first lines belong to no section.
    found.read_string("[top]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    return found


def test_editors_break_lines_where_ruff_does() -> None:
    limit = house.settings()["tool"]["ruff"]["line-length"]
    assert _editors()["*.py"]["max_line_length"] == str(limit)


def test_editors_indent_python_as_ruff_formats_it() -> None:
    # ruff's own setting, if it is ever added; four spaces otherwise.
    width = house.settings()["tool"]["ruff"].get("indent-width", 4)
    assert _editors()["*.{py,toml}"]["indent_size"] == str(width)
    assert _editors()["*"]["indent_style"] == "space"
    assert _editors()["Makefile"]["indent_style"] == "tab"


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_end_and_indent_as_editors_are_told(ending: str) -> None:
    files = [path for path in WRITTEN if path.suffix == ending]
    assert files
    wrong = {str(path.relative_to(ROOT)): bad for path in files if (bad := _untidy(path))}
    assert not wrong


def _untidy(path: Path) -> list[str]:
    """What an editor with our settings would change in a file."""
    text = path.read_bytes().decode("utf-8")
    found = {
        "no end of line at the end": bool(text) and not text.endswith("\n"),
        "carriage returns": "\r" in text,
        "tabs before a line": any(line.startswith("\t") for line in text.split("\n")),
        "blanks after a line": any(line != line.rstrip(" \t") for line in text.split("\n")),
    }
    return [name for name, there in found.items() if there]


def test_the_hosted_ci_only_starts_what_anybody_can_start() -> None:
    workflow: dict[str, Any] = yaml.safe_load(CI.read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    first, *steps = job["steps"]
    assert first["uses"].startswith("actions/checkout@")
    assert steps == [{"run": "bash .ci/run"}]
    assert (ROOT / ".ci" / "run").exists()

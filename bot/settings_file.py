"""The settings file that a new installation gets: every key with what it is for."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from bot.settings import EXPLAINED, FILE_KEY, Settings

NAME = "antt.toml"

_PRIVATE = 0o600
"""The address of a PostgreSQL database holds its password."""


def written(values: Mapping[str, str]) -> str:
    """The text of the file: `values` are set, every other key stands there as a remark."""
    lines = [f"# Settings of the assistant. Point {FILE_KEY} to this file.", ""]
    defaults = Settings()
    for field in fields(Settings):
        default = getattr(defaults, field.name)
        lines.append(f"# {EXPLAINED[field.name]}")
        if field.name in values:
            lines.append(f"{field.name} = {_quoted(values[field.name])}")
        else:
            lines.append(f"# {field.name} = {_quoted(default)}")
        lines.append("")
    return "\n".join(lines)


def write(path: Path, values: Mapping[str, str]) -> bool:
    """Write it, for the owner's eyes only; False where there is one already, which stays.

    Raises OSError when it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(_PRIVATE)
            file.write(written(values))
    except FileExistsError:
        return False
    return True


def _quoted(value: str) -> str:
    """A basic string of TOML; what JSON escapes TOML escapes alike."""
    return json.dumps(value, ensure_ascii=False)

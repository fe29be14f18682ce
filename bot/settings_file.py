"""The settings file of a new installation: every key with its purpose."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from bot.settings import EXPLAINED, FILE_KEY, Settings

NAME = "antt.toml"

_PRIVATE = 0o600
"""The URL of a PostgreSQL database contains its password."""


def written(values: Mapping[str, str]) -> str:
    """The text of the file: `values` are set, every other key is a comment."""
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
    """Write it with permissions for the owner only; False if the file exists, which is not changed.

    Raises OSError if it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(_PRIVATE)
            file.write(written(values))
    except FileExistsError:
        return False
    return True


def _quoted(value: str) -> str:
    """A basic string of TOML; TOML and JSON use the same escapes here."""
    return json.dumps(value, ensure_ascii=False)

"""Builds a demo and runs a short conversation in it. `keep` runs it with the code of an older
commit, so it uses only what has existed since the first demo.
"""

import io
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

BUILT_AT = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)

TALKS = (
    ("can-bo", "2024-11-20T08:00", ("làm tiếp", "1", "12-NQ/ĐU", "05/03/2024", "1", "bỏ qua", "3")),
    ("giam-sat", "2024-11-20T09:00", ("tình hình xã Mỹ Long Bắc",)),
    ("can-bo-na", "2026-12-20T09:00", ("hạn nộp",)),
)
"""Who says what when; the first leaves an answered, a skipped and a half-answered question."""

INVITED = ("--handle", "moi", "--name", "Người mới", "--role", "officer", "--unit", "2021:29422")
"""A person whose code is open, at xã Mỹ Long Bắc."""


def live(database: str) -> None:
    """Make the database and use it."""
    from bot.commands import main
    from bot.demo import build_demo

    build_demo(database, BUILT_AT)
    for person, at, lines in TALKS:
        sys.stdin = io.StringIO("".join(f"{line}\n" for line in lines))
        _done(main(["chat", "--db", database, "--as", person, "--at", at]))
    if find_spec("bot.commands.invite"):
        _done(main(["invite", "--db", database, "--as", "quan-tri", *INVITED]))


def _done(code: int) -> None:
    """A commit between two issues may be an incomplete change: its database is not worth
    keeping.
    """
    if code:
        raise SystemExit(code)


if __name__ == "__main__":
    # The packages of the commit, not those of this checkout.
    sys.path[0] = str(Path.cwd())
    live(sys.argv[1])

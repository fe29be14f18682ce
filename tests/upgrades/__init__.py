"""Databases of earlier issues, with data, migrated to the present version."""

from pathlib import Path
from typing import Final

STORED: Final = Path(__file__).with_name("stored")
"""REVISION.sqlite.sql.gz and REVISION.postgresql.sql.gz for each; `keep` writes them."""

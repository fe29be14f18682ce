"""Revocations, which are also kept in a file next to the database (`storage.revoked`)."""

from sqlmodel import Field

from storage.tables.base import Row, core


class RevocationRow(Row, table=True):
    """One line of the file of revocations, unchanged.

    `night` counts the nightly tidyings that had new lines; None until the next one. It decides
    which rows are old, because the clock may be wrong.
    """

    __tablename__ = "revocation"

    line: str = Field(primary_key=True)
    night: int | None = Field(index=True)


REVOCATION = core(RevocationRow)

"""What was taken back, kept a second time beside the database (`storage.revoked`)."""

from sqlmodel import Field

from storage.tables.base import Row, core


class RevocationRow(Row, table=True):
    """One line of the file of revocations, as it stands there.

    `night` counts the nightly tidyings at which there was something new; None until the next
    one. Old rows are told by it and not by the clock, which may be wrong.
    """

    __tablename__ = "revocation"

    line: str = Field(primary_key=True)
    night: int | None = Field(index=True)


REVOCATION = core(RevocationRow)

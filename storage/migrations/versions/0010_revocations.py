"""Revocations are also kept as the lines of the file of revocations.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revocation",
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("night", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_revocation")),
    )
    op.create_index(op.f("ix_revocation_night"), "revocation", ["night"])

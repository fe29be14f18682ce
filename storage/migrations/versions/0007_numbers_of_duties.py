"""Duties numbered within their unit, so that their codes are short.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.add_column("occurrence", sa.Column("number", sa.Integer(), nullable=True))
    # In the order in which they were assigned.
    op.execute(
        "UPDATE occurrence SET number = (SELECT count(*) FROM occurrence AS earlier"
        " WHERE earlier.unit = occurrence.unit AND earlier.id <= occurrence.id)"
    )
    with op.batch_alter_table("occurrence") as table:
        table.alter_column("number", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("uq_occurrence_unit_number", ["unit", "number"])

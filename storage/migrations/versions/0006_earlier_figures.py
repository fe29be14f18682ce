"""Figures of earlier years, taken from a workbook.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "earlier_figure",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("requirement_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_earlier_figure_person_id_person"
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_earlier_figure_unit_unit"),
        sa.PrimaryKeyConstraint(
            "unit", "set_id", "requirement_id", "year", "measure", name="pk_earlier_figure"
        ),
    )

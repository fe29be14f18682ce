"""A province's confirmed year and its occurrences.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "year_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["person.id"], name="fk_year_plan_confirmed_by_person"
        ),
        sa.ForeignKeyConstraint(["province"], ["unit.id"], name="fk_year_plan_province_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_year_plan"),
        sa.UniqueConstraint(
            "province", "document_id", "year", name="uq_year_plan_province_document_id_year"
        ),
    )

    op.create_table(
        "plan_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("verbatim", sa.Text(), nullable=False),
        sa.Column("to_whom", sa.Text(), nullable=False),
        sa.Column("hard_limit", sa.Date(), nullable=False),
        sa.Column("last_working_day", sa.Date(), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["year_plan.id"], name="fk_plan_duty_plan_id_year_plan"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_duty"),
        sa.UniqueConstraint(
            "plan_id",
            "obligation_id",
            "hard_limit",
            name="uq_plan_duty_plan_id_obligation_id_hard_limit",
        ),
    )

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_duty_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extended_why", sa.Text(), nullable=True),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["person.id"], name="fk_occurrence_declared_by_person"
        ),
        sa.ForeignKeyConstraint(
            ["extended_by"], ["person.id"], name="fk_occurrence_extended_by_person"
        ),
        sa.ForeignKeyConstraint(
            ["plan_duty_id"], ["plan_duty.id"], name="fk_occurrence_plan_duty_id_plan_duty"
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["person.id"], name="fk_occurrence_received_by_person"
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_occurrence_unit_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint("plan_duty_id", "unit", name="uq_occurrence_plan_duty_id_unit"),
    )
    op.create_index(
        "ix_occurrence_next_at",
        "occurrence",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index("ix_occurrence_unit", "occurrence", ["unit"], unique=False)

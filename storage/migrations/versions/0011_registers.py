"""Registers of units, and the copies of what was handed in.

Revision: 0011, after 0010
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _of_an_entry() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since_year", sa.Integer(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("register_name", sa.String(), nullable=False),
        *_of_an_entry(),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_register_entry_added_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_register_entry_changed_by_person")
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_register_entry_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    op.create_index(op.f("ix_register_entry_unit"), "register_entry", ["unit"])
    op.create_table(
        "register_copy",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        *_of_an_entry(),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_register_copy_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["register_entry.id"],
            name=op.f("fk_register_copy_entry_id_register_entry"),
        ),
        sa.PrimaryKeyConstraint(
            "assessment_id", "version", "entry_id", name=op.f("pk_register_copy")
        ),
    )

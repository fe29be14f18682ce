"""Steps of the set-up, joinings and hand-ins that wait for a head.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "setup_draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_setup_draft_person_id_person"
        ),
        sa.PrimaryKeyConstraint("person_id", "step", name="pk_setup_draft"),
    )

    op.create_table(
        "join_pending",
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_join_pending_invitation_id_invitation"
        ),
        sa.PrimaryKeyConstraint("address_hash", name="pk_join_pending"),
    )
    op.create_index("ix_join_pending_at", "join_pending", ["at"], unique=False)

    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("post_added", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name="fk_joining_address_id_address"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name="fk_joining_invitation_id_invitation"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_joining_person_id_person"),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name="fk_joining_undone_by_person"),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name="fk_joining_unit_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_joining"),
    )
    op.create_index("ix_joining_person_id", "joining", ["person_id"], unique=False)

    op.create_table(
        "hand_in_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name="fk_hand_in_request_asked_by_person"
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name="fk_hand_in_request_assessment_id_assessment",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name="fk_hand_in_request_settled_by_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hand_in_request"),
    )
    op.create_index(
        "ix_hand_in_request_assessment_id", "hand_in_request", ["assessment_id"], unique=False
    )

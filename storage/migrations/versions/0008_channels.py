"""Several channels: the preferred one, what a bot has sent in a month, mail addresses.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.add_column("person", sa.Column("preferred", sa.String(), nullable=True))

    op.add_column("outbox", sa.Column("pieces", sa.Integer(), nullable=True))
    op.execute("UPDATE outbox SET pieces = 0")
    with op.batch_alter_table("outbox") as table:
        table.alter_column("pieces", existing_type=sa.Integer(), nullable=False)

    op.create_table(
        "usage",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "bot", "month", "lane", name="pk_usage"),
    )

    op.create_table(
        "mail_claim",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_mail_claim_person_id_person"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_mail_claim"),
    )

"""A session knows whether its device is the person's own; all earlier ones count as shared.

Revision: 0012, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "web_session",
        sa.Column("own_device", sa.Boolean(), server_default=sa.false(), nullable=False),
    )

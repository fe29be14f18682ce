"""An index that finds notices that no person has seen by their sending time.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UNSEEN = sa.text("state = 'sent' AND lane = 1 AND seen_at IS NULL")


def upgrade() -> None:

    op.create_index(
        "ix_outbox_unseen",
        "outbox",
        ["sent_at"],
        sqlite_where=_UNSEEN,
        postgresql_where=_UNSEEN,
    )

"""Run by Alembic for `storage.migrate`, which hands in a connection with its transaction begun,
and for the `alembic` command, which developers use to draft a migration and which has none."""

from alembic import context
from sqlalchemy import Connection

from storage import engines
from storage.tables import METADATA


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        # SQLite changes a table by making it anew.
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    engine = engines.open_for_migrating(
        engines.parse_url(context.get_x_argument(as_dictionary=True)["db"])
    )
    with engine.begin() as begun:
        run(begun)
    engine.dispose()

"""Run by Alembic for `storage.migrate`, which passes a connection with an open transaction: all
steps are applied or none.
"""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite changes a table by making it again.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

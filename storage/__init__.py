"""The only SQL: tables, migrations, the store, outbox, inbox, audit."""

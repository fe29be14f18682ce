"""The guarantees of storage, on SQLite and on PostgreSQL."""

"""An SQLite database as files: who has it open, whether its write-ahead log is its own, copies."""

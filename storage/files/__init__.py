"""An SQLite database as files: which processes have it open, whether its write-ahead log belongs to
it, copies.
"""

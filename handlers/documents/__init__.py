"""Workbooks in and out, and the printable sheet of codes: bytes and values, no database."""

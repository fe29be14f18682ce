"""Several questions at once: a whole item in one message, answered in one line.

`page` shows it, `understanding.several` reads the line, `taking` keeps what was read until the
person goes on (`pending`), `confirming` saves it.
"""

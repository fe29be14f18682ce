"""Several questions at once: a whole item in one message, answered in one line.

`way` says who is asked so, `showing` puts the page together, `acting` sorts out what is typed at
it. `understanding.several` reads a line of answers, `taking` takes it, `pending` keeps it until the
person goes on, and `confirming` saves it then; `words` says it back.
"""

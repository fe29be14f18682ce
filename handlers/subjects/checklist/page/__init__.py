"""Several questions at once: a whole item in one message, answered in one line.

`one_or_several` says who is asked so, `showing` puts the page together, `page_menu` and
`page_orders` sort out what is typed at it. `understanding.several` reads a line of answers,
`taking` takes it, `assessment.pending` keeps it until the person goes on, `reading_back` says it
back, `correcting` changes it, and `confirming` saves it then.
"""

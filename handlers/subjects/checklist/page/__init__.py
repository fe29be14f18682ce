"""Several questions at once: a whole item in one message, answered in one line.

`one_or_several` decides who is asked in this way, `showing` builds the page, `page_menu` and
`page_orders` decide what a typed text means. `understanding.several` parses a line of answers,
`taking` judges them, `assessment.pending` stores them until the person goes on, `reading_back`
repeats them, `correcting` changes them, and `confirming` saves them.
"""

"""Which subject answers: the table of subjects, the one decision, and what no subject owns.

`conversation` is the entry point. It loads the menu that was shown last, lets `decide` find the
claim of the surest rank in the `table`, carries this claim out, and follows a handover to the
subject that answers. `not_seen` protects questions that did not arrive from being answered.
"""

"""Which subject answers: the table of subjects, the one decision, and what no subject owns.

`conversation` is entered with what a person did. It opens the menu that was shown last, lets
`decide` find the claim of the surest rank in the `table`, carries that claim out, and follows a
handover to the subject that answers. `not_seen` guards answers to questions that did not arrive.
"""

"""Values as people type them: one reader of words, figures, days, papers and persons for all.

`saying` brings a text into one form, the others read that form. They say what is certain, and
name the reason where something is doubtful.
"""

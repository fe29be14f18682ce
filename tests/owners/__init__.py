"""Who answers what: every text of `phrases.txt` in every scene of `scenes.py`.

`tables/` has one file for each scene. It groups the texts by their outcome, so a difference of
these files shows exactly which texts have another owner than before. `shared_words.txt` is
generated from them: the texts that different owners claim in different menus.

Only `seam.py` knows the internals of the handlers, and only `readers.py` names the modules that
read typed text.
"""

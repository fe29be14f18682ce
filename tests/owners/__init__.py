"""Who answers what: every text of `phrases.txt` in every scene of `scenes.py`.

`tables/` holds one file for each scene. It groups the texts by what they led to, so that a
difference of these files shows exactly which texts have another owner than before.
`shared_words.txt` is made from them: the texts that different owners claim in different menus.

Only `seam.py` knows how the handlers work inside, and only `readers.py` names the modules that
read what is typed.
"""

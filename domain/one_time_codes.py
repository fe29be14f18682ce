"""One-time codes: which letters they have, and how a random number becomes one.

A person copies a code from a slip into a telephone whose keyboard turns keystrokes into Vietnamese
letters. So a code has only letters and digits that no such keyboard changes, whatever stands beside
them:

- No vowel and no D, W, S, F, R, X, J, Z: TELEX makes marks of them, or puts marks on them. VNI's
  digits act on vowels and D only, so among these letters they stay digits.
- No two equal neighbours: "quick TELEX" makes CH of CC, NG of NN, TH of TT and so on.
- No 0, 1, 5, 6, 8: they look like Q, L, S, G, B. 2 and 7 stay, because Z and a 1 are in no code.
"""

import itertools
from typing import Final

LETTERS: Final = "BCGHKLMNPQTV23479"
LENGTH: Final = 10
"""With seventeen letters the shortest code of more than forty bits."""

GROUP: Final = 5
"""Letters between dashes: what a person keeps in mind while typing, or says on the telephone."""

NUMBER: Final = len(LETTERS) * (len(LETTERS) - 1) ** (LENGTH - 1)
"""How many codes there are: 2^40.09. Attempts are counted, so nobody guesses one."""

_LOOK_ALIKES: Final = str.maketrans("0O1I8Z6", "QQLLB2G")


def spelled(number: int) -> str:
    """The code of a number below `NUMBER`, without dash: ten letters, no two equal neighbours."""
    letters = ""
    for _ in range(LENGTH):
        left = [one for one in LETTERS if one != letters[-1:]]
        number, place = divmod(number, len(left))
        letters += left[place]
    return letters


def grouped(code: str) -> str:
    """ "BCGHK-LMN23": as a code is shown, wherever its dashes were."""
    letters = "".join(letter for letter in code if letter.isalnum())
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read_as_made(code: str) -> str | None:
    """The code that these ten capitals stand for, with the letters that only look like those of a
    code corrected; None if no code looks so.
    """
    made = code.translate(_LOOK_ALIKES)
    is_code = len(made) == LENGTH and all(letter in LETTERS for letter in made)
    apart = all(one != other for one, other in itertools.pairwise(made))
    return made if is_code and apart else None

"""Vietnamese syllables without diacritics: tells a word from a slip of the finger."""

import re
from functools import lru_cache

MOST_CACHED = 20_000
"""Words whose answer is kept (about 2 MB): more than ordinary talk has."""

_ONSETS = (
    "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"
)  # fmt: skip
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|"
    "e|ec|ech|em|en|eng|enh|eo|ep|et|eu|"
    "i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|"
    "o|oa|oac|oach|oai|oam|oan|oang|oanh|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|op|ot|"
    "u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uoc|uoi|uom|uon|uong|uop|uot|uou|"
    "up|ut|uu|uy|uya|uych|uyen|uyet|uynh|uyt|uyu|"
    "y|yem|yen|yet|yeu|ynh"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{_RHYMES})")
STOPPED = re.compile(r"(?:c|ch|p|t)$")
"""The end of a syllable that has only the tones sắc and nặng."""


@lru_cache(maxsize=MOST_CACHED)
def is_syllable(plain: str) -> bool:
    """Whether a word without diacritics is a possible Vietnamese syllable."""
    return _SYLLABLE.fullmatch(plain) is not None

"""Which of several choices a typed reply means: by its number, its words, or a plain yes or no."""

import re

from handlers.understanding.text import plain
from handlers.understanding.typed import typed

_BY_NUMBER = re.compile(
    r"^\(?(?:chon |option )?(?:so |cau |y |muc |phuong an |lua chon |dap an )?(\d{1,2})[.)]?$"
)
_POLITE = re.compile(r"^(?:da |vang )?(.+?)(?: a| nhe| nha| dong chi| d/c)*$")
_PUNCTUATION = re.compile(r"[^\w]+")
_CUTS = re.compile(r"[(),:;]")
_LONGEST = 100
"""People never type a choice longer than its label; no label has more characters."""

_BARE = (
    # Words, the first words of the labels that they mean (the likelier first), and the required
    # beginning of one of the labels. "Không" to "đã đạt chưa?" may mean that nothing happened,
    # which passes: the question is asked again, never guessed.
    (("co", "co roi", "da co", "vang", "yes", "y"), ("co", "da", "yes"), ("khong", "chua", "no")),
    (("roi", "dat", "dat roi", "da dat", "xong", "da xong"), ("co", "da", "dat"), ("chua",)),
    (
        ("khong", "ko", "k", "khong co", "ko co", "k co", "chua co", "no", "none"),
        ("khong", "no", "chua"),
        ("co", "da", "yes"),
    ),
    (("chua",), ("chua", "khong"), ("co", "da", "dat")),
    (("chua dat", "khong dat", "chua xong"), ("chua",), ("co", "da", "dat")),
)


def read_choice(labels: tuple[str, ...], text: str) -> int | None:
    """The index of the choice. It is out of range for a number that no choice has, which the domain
    refuses; None if the text is no choice.
    """
    said = plain(typed(text)).strip(" .!")
    if found := _BY_NUMBER.match(said):
        return int(found[1]) - 1
    if not said or len(said) > _LONGEST:
        return None
    firsts = [_words(label).partition(" ")[0] for label in labels]
    for words in (_words(said), _words(_POLITE.sub(r"\1", said))):
        named = _named(labels, words)
        told = named if named is not None else _yes_or_no(firsts, words)
        if told is not None:
            return told
    return None


def same_label(labels: tuple[str, ...], text: str) -> int | None:
    """The one label that the text contains in full, or up to its explanation; else None.

    Stricter than `read_choice`: for places where words may be another kind of answer.
    """
    said = _words(text)
    for spelt in ([_words(label) for label in labels], [_words(_head(one)) for one in labels]):
        if said and spelt.count(said) == 1:
            return spelt.index(said)
    return None


def _head(label: str) -> str:
    return re.split(r"[(:]", label, maxsplit=1)[0]


def _named(labels: tuple[str, ...], words: str) -> int | None:
    for forms in ([{_words(label)} for label in labels], [_forms(label) for label in labels]):
        named = [at for at, known in enumerate(forms) if words in known]
        if len(named) == 1:
            return named[0]
    return None


def _words(text: str) -> str:
    return _PUNCTUATION.sub(" ", plain(text)).strip()


def _forms(label: str) -> set[str]:
    """The forms of a label: "có, văn bản mật: không ghi số" is also "có, văn bản mật", "văn bản
    mật" and "mật".
    """
    cuts = [cut.start() for cut in _CUTS.finditer(label)]
    pieces = [*_CUTS.split(label), *(label[:end] for end in cuts), label]
    shorter = [piece.replace("văn bản mật", "mật") for piece in pieces]
    return set(filter(None, map(_words, (*pieces, *shorter))))


def _yes_or_no(firsts: list[str], said: str) -> int | None:
    """The label that a plain yes or no means, found by the first word of each label."""
    for words, meant, beside in _BARE:
        if said in words and any(first in beside for first in firsts):
            return next((firsts.index(first) for first in meant if first in firsts), None)
    return None

"""The texts that different owners claim in different menus, generated from the table."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tests.owners.cells import NOTHING, Outcome
from tests.owners.phrases import TEXTS
from tests.owners.scenes import Scene
from tests.owners.table import HERE, Outcomes

FILE = HERE / "shared_words.txt"
NONSENSE = "abc xyz"
"""A text that no reader knows. A text with the same outcome is claimed by no reader."""

_HEADING = """\
# Texts that one person's menus give to different owners, made by `make golden` from tables/.
# Each line is for a role: the owner in most menus, then the menus with another owner.
# An owner is the intent of the reply, with what was done. "any text": answered as a text that
# no reader knows is answered there: not understood, or taken by a step that takes every text.
# Only scenes in which every text is tried are counted.
"""
_ANY_TEXT = "any text"
_POST_KEPT = "acts_as"
"""Done for any text where a post must be chosen: it does not show who owns the text."""


def shared_words(tables: Mapping[Scene, Outcomes]) -> str:
    """The content of the file."""
    lines = [_HEADING]
    for text in TEXTS:
        claims = list(_shared(tables, text))
        if claims:
            lines += [text, *(f"    {role}: {_told(menus)}" for role, menus in claims)]
    return "\n".join((*lines, ""))


def _shared(
    tables: Mapping[Scene, Outcomes], text: str
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Each role for which the text has several owners, with the menus of each owner."""
    roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for scene, outcomes in tables.items():
        if scene.one_in == 1:
            owner = _owner(outcomes[text], outcomes[NONSENSE])
            roles[scene.role][owner].append(scene.menu)
    for role, menus in roles.items():
        if len(menus.keys() - {_ANY_TEXT}) > 1:
            yield role, menus


def _owner(outcome: Outcome, nonsense: Outcome) -> str:
    if (outcome.intent, outcome.line) == (nonsense.intent, nonsense.line):
        return _ANY_TEXT
    if outcome.done in (NOTHING, _POST_KEPT):
        return outcome.intent
    return f"{outcome.intent}, {outcome.done}"


def _told(menus: Mapping[str, list[str]]) -> str:
    owners = Counter({owner: len(where) for owner, where in menus.items()})
    (most, _), *others = sorted(owners.items(), key=lambda one: (-one[1], one[0]))
    parts = [most, *(f"{owner} in {', '.join(menus[owner])}" for owner, _ in others)]
    return "; ".join(parts)

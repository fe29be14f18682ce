"""The files of the table: the texts of a scene grouped by outcome."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.owners.cells import Outcome
from tests.owners.scenes import SCENES, Scene
from tests.owners.world import Lose, SkipTo, Step

HERE = Path(__file__).parent
FOLDER = HERE / "tables"
_INDENT = "    "

Outcomes = Mapping[str, Outcome]
"""The outcome of each text in one scene."""


def file_of(scene: Scene) -> Path:
    """The file of a scene's table."""
    return FOLDER / f"{scene.name}.txt"


def written(scene: Scene, outcomes: Outcomes) -> str:
    """The table of a scene: outcomes in alphabetical order, the texts of each sorted."""
    texts: dict[Outcome, list[str]] = defaultdict(list)
    for text, outcome in outcomes.items():
        texts[outcome].append(text)
    lines = [*_heading(scene)]
    for outcome in sorted(texts):
        lines += ["", str(outcome), *(f"{_INDENT}{text}" for text in sorted(texts[outcome]))]
    return "\n".join((*lines, ""))


def _heading(scene: Scene) -> list[str]:
    before = " · ".join(map(_told, scene.steps)) or "nothing"
    part = "" if scene.one_in == 1 else f"; about one text in {scene.one_in}"
    return [
        f"# {scene.role}: {scene.menu}{part}",
        f"# {scene.who} on {scene.channel}, after “{scene.world}” and: {before}",
        "# [intent | what the audit says was done | menu afterwards] first line of the reply",
    ]


def _told(step: Step) -> str:
    match step:
        case SkipTo(question=question):
            return f"(questions skipped up to {question})"
        case Lose():
            return "(delivery gives the question up)"
        case text:
            return text


def read(table: str) -> dict[str, Outcome]:
    """The outcome of each text in a table. Raises ValueError for an invalid line."""
    found: dict[str, Outcome] = {}
    outcome: Outcome | None = None
    for line in table.splitlines():
        if line.startswith("# ") or not line:
            continue
        if line.startswith(_INDENT) and outcome is not None:
            found[line.removeprefix(_INDENT)] = outcome
        else:
            outcome = _outcome(line)
    return found


def _outcome(line: str) -> Outcome:
    head, _, first_line = line.partition("] ")
    intent, done, menu = head.removeprefix("[").split(" | ")
    return Outcome(intent=intent, done=done, menu=menu, line=first_line)


def kept() -> dict[Scene, dict[str, Outcome]]:
    """All stored tables, in the order of the scenes."""
    return {scene: read(file_of(scene).read_text(encoding="utf-8")) for scene in SCENES}

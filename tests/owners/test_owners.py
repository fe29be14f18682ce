"""Every text has the outcome that the table says in every scene; `make golden` rewrites the
table.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from handlers import Library
from tests.owners import shared_words
from tests.owners.cells import Outcome, staged
from tests.owners.phrases import TEXTS, one_of
from tests.owners.scenes import SCENES, Scene
from tests.owners.shared_words import NONSENSE
from tests.owners.table import FOLDER, file_of, kept, read, written
from tests.owners.world import Worlds

IN_THE_SHORT_SUITE = 10
"""The short suite tries one cell in ten, in every scene."""

MOST_SHOWN = 30
"""Differences that a failure lists; the others are counted."""

EVERY_SCENE = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


@pytest.fixture(scope="package")
def worlds(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(demo=demo_template, folder=tmp_path_factory.mktemp("worlds"), library=Library())


def _played(
    scene: Scene, texts: Iterable[str], worlds: Worlds, tmp_path: Path
) -> dict[str, Outcome]:
    with staged(scene, worlds, tmp_path / "scene.db") as stage:
        return {text: stage.outcome(text) for text in texts}


def _differences(scene: Scene, played: dict[str, Outcome]) -> list[str]:
    table = read(file_of(scene).read_text(encoding="utf-8"))
    changed = [text for text, outcome in played.items() if table.get(text) != outcome]
    more = [f"… and {len(changed) - MOST_SHOWN} more"] if len(changed) > MOST_SHOWN else []
    shown = changed[:MOST_SHOWN]
    return [*(f"{one}\n  was {table.get(one)}\n  is  {played[one]}" for one in shown), *more]


@pytest.mark.long
@EVERY_SCENE
def test_every_text_has_the_owner_that_the_table_says(
    scene: Scene, worlds: Worlds, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    played = _played(scene, scene.texts, worlds, tmp_path)
    if request.config.getoption("--golden"):
        FOLDER.mkdir(exist_ok=True)
        file_of(scene).write_text(written(scene, played), encoding="utf-8")
        return
    differences = _differences(scene, played)
    assert not differences, "\n".join((scene.name, *differences))
    assert file_of(scene).read_text(encoding="utf-8") == written(scene, played)


@EVERY_SCENE
def test_one_text_in_ten_has_the_owner_that_the_table_says(
    scene: Scene, worlds: Worlds, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--golden"):
        return
    texts = one_of(scene.texts, IN_THE_SHORT_SUITE, f"short {scene.name}")
    differences = _differences(scene, _played(scene, texts, worlds, tmp_path))
    assert not differences, "\n".join((scene.name, *differences))


def test_the_table_has_a_file_for_each_scene_and_no_other(request: pytest.FixtureRequest) -> None:
    wanted = {file_of(scene) for scene in SCENES}
    others = set(FOLDER.glob("*")) - wanted
    if request.config.getoption("--golden"):
        for file in others:
            file.unlink()
        return
    assert not others
    assert not wanted - set(FOLDER.glob("*"))


def test_the_list_of_shared_words_is_the_one_of_the_table(request: pytest.FixtureRequest) -> None:
    made = shared_words.shared_words(kept())
    if request.config.getoption("--golden"):
        shared_words.FILE.write_text(made, encoding="utf-8")
        return
    assert shared_words.FILE.read_text(encoding="utf-8") == made, "run `make golden`"


def test_scenes_have_names_of_their_own() -> None:
    assert len({scene.name for scene in SCENES}) == len(SCENES)


def test_every_text_is_tried_with_every_kind_of_menu() -> None:
    tried = {(scene.kind, text) for scene in SCENES for text in scene.texts}
    kinds = {scene.kind for scene in SCENES}
    assert not {(kind, text) for kind in kinds for text in TEXTS} - tried


def test_every_text_is_tried_with_every_role() -> None:
    tried = {(scene.role, text) for scene in SCENES for text in scene.texts}
    roles = {scene.role for scene in SCENES}
    assert not {(role, text) for role in roles for text in TEXTS} - tried


def test_nonsense_is_a_text_of_the_table() -> None:
    assert NONSENSE in TEXTS

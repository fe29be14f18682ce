"""Papers are correct: targets and paths exist, the lock matches, licences are accepted."""

import re
from importlib.metadata import PackageMetadata, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import house
from tests.house import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PAPERS = ["README.md", "CONTRIBUTING.md"]


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_make_target_in_a_paper_exists(paper: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", _read(ROOT / paper), re.MULTILINE))
    assert named, f"{paper} names no target: has the way to write them changed?"
    assert named <= _targets(), f"{paper} promises what the Makefile does not have"


def test_make_help_names_every_target() -> None:
    named = set(
        re.findall(r"make ([a-z-]+) ", MAKEFILE.partition("help:")[2].partition("setup:")[0])
    )
    assert named == _targets() - {"help"}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_path_in_a_paper_exists(paper: str) -> None:
    named = set(re.findall(r"`([\w.-]+/[\w./-]*)`|\]\(([\w./-]+)\)", _read(ROOT / paper)))
    paths = {first or second for first, second in named}
    assert paths, f"{paper} names no path: has the way to write them changed?"
    made_here = (".venv/", "var/")  # by `make`
    missing = {
        path for path in paths if not path.startswith(made_here) and not (ROOT / path).exists()
    }
    assert not missing, f"{paper} names paths that do not exist"


# The lock


def _locked() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


def test_the_lock_holds_no_addresses() -> None:
    found = re.findall(r"^.*(?:://|--(?:extra-)?index|--find|[ \t]@[ \t]|#).*$", LOCK, re.MULTILINE)
    assert not found, "write it again as CONTRIBUTING.md says"


def test_every_package_in_the_lock_has_a_hash() -> None:
    blocks = re.split(r"^(?=\S+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(_locked())
    assert not [block for block in blocks if "--hash=sha256:" not in block]


def test_the_lock_satisfies_what_the_project_asks() -> None:
    project = house.settings()["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    asked += house.settings()["build-system"]["requires"]
    locked = _locked()
    wrong = []
    for line in asked:
        requirement = Requirement(line)
        version = locked.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{line}: locked {version}")
    assert not wrong, "lock again as CONTRIBUTING.md says"


# Licences

LICENCES = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|LGPL|MPL")


def _licence(metadata: PackageMetadata) -> str:
    classifiers = metadata.get_all("Classifier") or []
    said = [
        metadata["License-Expression"] or "",
        metadata["License"] or "",
        *(line for line in classifiers if line.startswith("License")),
    ]
    return " ".join(said)


def test_every_package_has_a_licence_that_we_take() -> None:
    locked = _locked()
    read = {
        canonicalize_name(package.name): _licence(package.metadata)
        for package in distributions()
        if canonicalize_name(package.name) in locked
    }
    assert len(read) > len(locked) / 2, "the installed packages are not those of the lock"
    wrong = {name: said[:80] for name, said in read.items() if not _is_ours(said)}
    assert not wrong, "find another package, or write down in docs/decisions why not"


def _is_ours(said: str) -> bool:
    weak = re.sub(r"LGPL|Lesser General Public License", "LGPL", said)
    strong = re.search(r"(?<!L)GPL|Affero|General Public License", weak)
    return strong is None and LICENCES.search(weak) is not None


@pytest.mark.parametrize("said", ["GPL-3.0-only", "GNU Affero General Public License", "", "Own"])
def test_a_licence_that_binds_the_whole_is_found(said: str) -> None:
    assert not _is_ours(said)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")

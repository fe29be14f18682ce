"""What comments, docstrings and papers name is in the repository: files, sections, links."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests import house
from tests.house import BESIDE, ROOMS, ROOT

FOLDERS: Final = (*ROOMS, *BESIDE, "tools")
NAMED_PATH: Final = re.compile(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w")
"""A path from the root of the repository."""

SECTION: Final = re.compile(r"(docs/[\w./-]+\.md), `([\w ]+)`")
"""How a section of a paper is cited: the file, then a word of the heading."""

LINK: Final = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
"""A relative link of a paper."""

NOT_HERE: Final = re.compile(
    r"\bdomain file\b|\bdesign:|\bdesign\.md\b|\bthe (?:papers?|seeds)\b"
    # I.7 and III.2 are numbers of the documents; A.1 and F.4 belong to no paper of ours.
    r"|\btable [A-Z]\.\d|\b[A-HJ-UWYZ]\.\d"
)
"""Citation forms of papers that are not in the repository."""

MADE_WHEN_NEEDED: Final = frozenset({"tests/conversations/x.txt"})
"""Paths in examples of use."""

PAPERS: Final = sorted(
    str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
SOURCES: Final = sorted(
    str(path.relative_to(ROOT))
    for path in (
        ROOT / "Makefile",
        ROOT / "pyproject.toml",
        *house.source_files(FOLDERS, ".py", ".js", ".css"),
    )
)


def _told(path: str) -> str:
    """The text of a file: comments and docstrings of Python, everything of other files."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return "\n".join(_told_in_python(text)) if path.endswith(".py") else text


def _told_in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        # A string that is its own statement: a docstring, or the text below a constant.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def _missing(told: str) -> set[str]:
    """The paths in a text that do not exist, with or without an ending."""
    return {
        path
        for path in NAMED_PATH.findall(told)
        if path not in MADE_WHEN_NEEDED and not _exists(ROOT / path)
    }


def _exists(path: Path) -> bool:
    return path.exists() or any(path.parent.glob(f"{path.name}.*"))


TOLD: Final = {path: _told(path) for path in (*SOURCES, *PAPERS)}


def test_every_place_that_is_named_exists() -> None:
    found = {path: missing for path, told in TOLD.items() if (missing := _missing(told))}
    assert not found


def test_every_section_that_is_named_exists() -> None:
    cited = {section for told in TOLD.values() for section in SECTION.findall(told)}
    assert cited, "no section is cited: has the way to cite one changed?"
    assert not {section for section in cited if not _has_section(*section)}


def _has_section(paper: str, word: str) -> bool:
    headings = re.findall(r"^#+ (.*)$", (ROOT / paper).read_text(encoding="utf-8"), re.MULTILINE)
    return any(re.search(rf"\b{re.escape(word)}\b", heading) for heading in headings)


def test_nothing_is_cited_that_is_not_in_the_repository() -> None:
    itself = str(Path(__file__).relative_to(ROOT))
    found = {path: NOT_HERE.findall(told) for path, told in TOLD.items() if path != itself}
    wrong = {path: names for path, names in found.items() if names}
    assert not wrong, "say the thing itself, or name a file that is here"


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_of_a_paper_leads_somewhere(paper: str) -> None:
    folder = (ROOT / paper).parent
    assert not {link for link in LINK.findall(TOLD[paper]) if not (folder / link).exists()}


@pytest.mark.parametrize(
    "told",
    ["see docs/nowhere.md", "`domain/planted.py` judges", "as packs/schema says, then tests/none"],
)
def test_a_planted_path_is_missed(told: str) -> None:
    assert _missing(told)


@pytest.mark.parametrize(
    "told", ["see docs/packs.md.", "`domain/rules/` holds", "in tests/domain, row by row"]
)
def test_a_path_that_exists_is_let_pass(told: str) -> None:
    assert not _missing(told)


@pytest.mark.parametrize(
    "told", ["(domain file, F.4)", "table A.1", "(design: Sending)", "the longest in the seeds"]
)
def test_a_planted_paper_is_found(told: str) -> None:
    assert NOT_HERE.search(told)


@pytest.mark.parametrize("told", ["items I.7.b and III.2", "Part II.3", "version 2.0"])
def test_a_number_of_the_documents_is_let_pass(told: str) -> None:
    assert not NOT_HERE.search(told)

"""Loads packs: one YAML file becomes a legal document and its criteria set."""

from dataclasses import dataclass, replace
from pathlib import Path

from domain.criteria import CriteriaSet
from domain.obligations import LegalDocument
from packs.checks import check_draft
from packs.nodes import Table, read_tree
from packs.problems import PackError, Problem, ProblemCode
from packs.reader import Reader
from packs.schema import Draft, read_draft
from packs.stamp import hashed
from packs.texts import text_of

_FOLDER = Path(__file__).parent
_NOT_PACKS = frozenset({"holidays"})
"""YAML files of this folder that are not packs."""


class UnknownPackError(LookupError):
    """An id that none of our packs has; `known` are the existing ids."""

    def __init__(self, pack_id: str, known: tuple[str, ...]) -> None:
        self.pack_id, self.known = pack_id, known
        super().__init__(f"no pack is called {pack_id!r}; there are {', '.join(known)}")


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One document with its criteria. `source` is the file it was read from."""

    document: LegalDocument
    criteria: CriteriaSet | None
    source: str


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that the product includes, sorted."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.yaml") if p.stem not in _NOT_PACKS))


def load_pack(pack_id: str) -> Pack:
    """One of our own packs, by its id. Raises `UnknownPackError`, `PackError`."""
    return _load(pack_path(pack_id))


def pack_path(pack_id: str) -> Path:
    """The file of one of our own packs. Raises `UnknownPackError`."""
    if pack_id not in pack_ids():
        raise UnknownPackError(pack_id, pack_ids())
    return _FOLDER / f"{pack_id}.yaml"


def load_document(path_or_id: str | Path) -> Pack:
    """A pack by its id or by the path of its file. Raises `UnknownPackError`, `PackError`."""
    return _load(_path_of(path_or_id))


def parse_pack(text: str, name: str) -> Pack:
    """A pack from its text; `name` is the file name used in messages. Raises `PackError` with every
    problem.
    """
    draft, problems = _draft(text, name)
    if draft is None or problems:
        raise PackError(problems)
    criteria = hashed(draft.criteria) if draft.criteria is not None else None
    return Pack(document=draft.document, criteria=criteria, source=name)


def check_pack(text: str, name: str) -> tuple[Problem, ...]:
    """All problems of a pack, by line; empty if the pack is valid."""
    return _draft(text, name)[1]


def check_pack_file(path_or_id: str | Path) -> tuple[Problem, ...]:
    """Like `check_pack`, for a file that may have any size and content, or be missing. Raises
    `UnknownPackError` if the argument is neither a file nor an id.
    """
    path = _path_of(path_or_id)
    text, problem = text_of(path)
    return check_pack(text, path.name) if problem is None else (problem,)


def _path_of(path_or_id: str | Path) -> Path:
    path = Path(path_or_id)
    if path.suffix in (".yaml", ".yml") or path.name != str(path_or_id):
        return path
    return pack_path(str(path_or_id))


def _load(path: Path) -> Pack:
    text, problem = text_of(path)
    if problem is not None:
        raise PackError((problem,))
    return replace(parse_pack(text, path.name), source=str(path))


def _draft(text: str, name: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    tree, problems = read_tree(text, name)
    if tree is None:
        return None, problems
    reader = Reader(name, problems)
    if not isinstance(tree, Table):
        reader.report(tree.line, ProblemCode.WRONG_TYPE, name, "table")
        return None, tuple(reader.problems)
    draft = read_draft(tree, reader)
    check_draft(draft, reader)
    return draft, tuple(sorted(reader.problems, key=lambda problem: problem.line))

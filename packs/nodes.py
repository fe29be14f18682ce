"""Parses YAML text into a tree in which every node has its line number.

People write packs, and strangers may send them, so the reader accepts only the plain part of YAML:
tables, lists and texts. Anchors, aliases and tags are refused (with them a small file can expand to
a huge one), and size and depth have limits. Scalars stay the text that was written: `31/03`, `05%`
and `No` are not converted.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from packs.problems import MOST_PROBLEMS, Problem, ProblemCode

SIZE_LIMIT = 1_000_000
"""Bytes. Our largest pack has a tenth of it; a larger file is a mistake or an attack."""

DEPTH_LIMIT = 12
"""Tables and lists inside one another. A pack needs seven."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A scalar as it was written. `plain` is False if it was quoted or a block."""

    value: str
    plain: bool
    line: int

    @property
    def null(self) -> bool:
        """Whether the writer left it empty on purpose."""
        return self.plain and self.value in _NULLS


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list of nodes."""

    nodes: "tuple[Node, ...]"
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Named nodes, in the order written; `key_lines` has the line of each key."""

    entries: "dict[str, Node]"
    key_lines: dict[str, int]
    line: int

    def line_of(self, key: str) -> int:
        """The line of a key; the first line of the table if it has no such key."""
        return self.key_lines.get(key, self.line)


Node = Text | Listing | Table


class Report(Protocol):
    """Records one problem: its line, its code and the code's details."""

    def __call__(self, line: int, code: ProblemCode, *details: str) -> None: ...


class _Refused(Exception):
    """Reading cannot continue; the message is the problem."""

    def __init__(self, line: int, code: ProblemCode, *details: str) -> None:
        super().__init__(code)
        self.line, self.code, self.details = line, code, details


@dataclass(kw_only=True)
class _Open:
    """A list or table that is not closed yet."""

    line: int
    is_table: bool
    nodes: list[Node]
    keys: list[Text]


def read_tree(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of one YAML document, or None and the problem that stopped the reader.

    `text` is normalised to NFC first, so that letters typed on any machine compare equal. Duplicate
    keys are reported; the first one is kept.
    """
    problems: list[Problem] = []

    def report(line: int, code: ProblemCode, *details: str) -> None:
        if len(problems) < MOST_PROBLEMS:
            problems.append(Problem(file=file, line=line, code=code, details=details))

    try:
        _refuse_unreadable(text)
        tree = _build(_events(unicodedata.normalize("NFC", text)), report)
    except _Refused as refusal:
        told = Problem(file=file, line=refusal.line, code=refusal.code, details=refusal.details)
        return None, (*problems[: MOST_PROBLEMS - 1], told)
    return tree, tuple(problems)


def _refuse_unreadable(text: str) -> None:
    # Characters are counted first: encoding 50 MB only to refuse it would waste time.
    size = len(text)
    if size <= SIZE_LIMIT:
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise _Refused(1, ProblemCode.NOT_TEXT) from None
    if size > SIZE_LIMIT:
        raise _Refused(1, ProblemCode.TOO_LARGE, str(size), str(SIZE_LIMIT))
    tab = _TAB_INDENT.search(text)
    if tab is not None:
        raise _Refused(text.count("\n", 0, tab.end()) + 1, ProblemCode.TAB_INDENT)


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.reader.ReaderError:
        raise _Refused(1, ProblemCode.NOT_TEXT) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise _Refused(line, ProblemCode.NOT_YAML, str(error.problem or error.context)) from None


def _build(events: Iterator[yaml.Event], report: Report) -> Node:
    """Builds the tree from the events. It uses a stack instead of recursion, so depth cannot
    overflow.
    """
    stack: list[_Open] = []
    documents = 0
    root: Node | None = None
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        done: Node | None = None
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused(line, ProblemCode.SECOND_DOCUMENT)
        elif isinstance(event, yaml.AliasEvent):
            raise _Refused(line, ProblemCode.ALIAS_REFUSED)
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _refuse_decorated(event, line)
            if isinstance(event, yaml.ScalarEvent):
                done = Text(value=event.value, plain=event.implicit[0], line=line)
            else:
                if len(stack) >= DEPTH_LIMIT:
                    raise _Refused(line, ProblemCode.TOO_DEEP, str(DEPTH_LIMIT))
                is_table = isinstance(event, yaml.MappingStartEvent)
                stack.append(_Open(line=line, is_table=is_table, nodes=[], keys=[]))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = _close(stack.pop(), report)
        if done is None:
            continue
        if stack:
            _add(stack[-1], done)
        else:
            root = done
    if root is None or (isinstance(root, Text) and root.null):
        raise _Refused(1, ProblemCode.EMPTY_FILE)
    return root


def _refuse_decorated(event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
    if event.anchor is not None:
        raise _Refused(line, ProblemCode.ALIAS_REFUSED)
    if event.tag is not None:
        raise _Refused(line, ProblemCode.TAG_REFUSED, event.tag)


def _add(parent: _Open, node: Node) -> None:
    """Adds to a list, or to a table alternately a key and its value."""
    if not parent.is_table or len(parent.keys) > len(parent.nodes):
        parent.nodes.append(node)
    elif isinstance(node, Text):
        parent.keys.append(node)
    else:
        raise _Refused(node.line, ProblemCode.WRONG_TYPE, "?", "text")


def _close(opened: _Open, report: Report) -> Node:
    if not opened.is_table:
        return Listing(nodes=tuple(opened.nodes), line=opened.line)
    entries: dict[str, Node] = {}
    key_lines: dict[str, int] = {}
    for key, node in zip(opened.keys, opened.nodes, strict=True):
        name = key.value
        if name in entries:
            report(key.line, ProblemCode.DUPLICATE_KEY, name, str(key_lines[name]))
            continue
        entries[name] = node
        key_lines[name] = key.line
    return Table(entries=entries, key_lines=key_lines, line=opened.line)

"""Reads the tree of a pack into domain values. docs/packs.md describes every key.

A pack has five chapters: `document`, `criteria`, `obligations`, `targets`, `assignments`. Only the
first is required, and `end` as the last line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from domain.criteria import (
    AnswerKind,
    AskedAs,
    CriteriaSet,
    Item,
    Part,
    PassRule,
    Requirement,
    RuleName,
    Sensitivity,
    Undecided,
)
from domain.obligations import Assignment, LegalDocument, Obligation, Target
from domain.units import Structure, UnitKind
from packs.duty_schema import read_assignment, read_obligation, read_target
from packs.keys import (
    CHAPTERS,
    CRITERIA_KEYS,
    DOCUMENT_KEYS,
    ITEM_KEYS,
    PART_KEYS,
    ROW_KEYS,
    RULE_KEYS,
)
from packs.nodes import Table
from packs.problems import ProblemCode
from packs.reader import Reader, name_of, shown

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years that a document may cover; a year outside is a typing error."""

MOST_COUNTED = 1_000
"""The largest minimum that a rule may require; the documents we know require one."""

_DOCUMENT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PROVINCE = re.compile(r"\d{2}")


@dataclass(frozen=True, kw_only=True)
class Placed(Generic[T_co]):
    """A value and the table it was read from, which has the line numbers."""

    value: T_co
    table: Table


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A pack as far as it could be read. Use it only if its reader found no problem."""

    document: LegalDocument
    criteria: CriteriaSet | None
    parts: tuple[Placed[Part], ...]
    items: tuple[Placed[Item], ...]
    rows: tuple[Placed[Requirement], ...]
    obligations: tuple[Placed[Obligation], ...]
    targets: tuple[Placed[Target], ...]


def read_draft(root: Table, reader: Reader) -> Draft:
    """Reads all chapters; afterwards `reader` holds the problems. The hash is still empty."""
    reader.only(root, CHAPTERS)
    obligations = _each(reader, root, "obligations", read_obligation)
    targets = _each(reader, root, "targets", read_target)
    assignments = _each(reader, root, "assignments", read_assignment)
    header = reader.table(root, "document")
    if header is None:
        if reader.sound(root, "document"):
            reader.wrong(root, "document", ProblemCode.MISSING_KEY, "document", "")
        header = Table(entries={}, key_lines={}, line=root.line)
        document = _document(header, Reader(reader.file), obligations, targets, assignments)
    else:
        document = _document(header, reader, obligations, targets, assignments)
    _expect_end(root, document.id, reader)
    parts, items, rows = _Criteria(reader).read(reader.table(root, "criteria"))
    return Draft(
        document=document,
        criteria=_criteria_set(reader, root, document.id, parts),
        parts=parts,
        items=items,
        rows=rows,
        obligations=obligations,
        targets=targets,
    )


def _expect_end(root: Table, document_id: str, reader: Reader) -> None:
    """The last line repeats the id, because a file that is cut off between two rows is still valid
    YAML.
    """
    if reader.text(root, "end", required=False) != document_id and reader.sound(root, "end"):
        last = max(root.key_lines.values(), default=root.line)
        reader.report(last, ProblemCode.CUT_OFF, document_id)


def _each(
    reader: Reader, table: Table, key: str, read: Callable[[Table, Reader], T]
) -> tuple[Placed[T], ...]:
    tables = reader.tables(table, key)
    return tuple(Placed(value=read(each, reader), table=each) for each in tables)


def _document(
    table: Table,
    reader: Reader,
    obligations: tuple[Placed[Obligation], ...],
    targets: tuple[Placed[Target], ...],
    assignments: tuple[Placed[Assignment], ...],
) -> LegalDocument:
    reader.only(table, DOCUMENT_KEYS)
    covers_from = reader.number(table, "covers_from", FIRST_YEAR, LAST_YEAR)
    covers_to = reader.number(table, "covers_to", FIRST_YEAR, LAST_YEAR)
    for key, year in (("covers_from", covers_from), ("covers_to", covers_to)):
        if year is None and reader.sound(table, key):
            reader.wrong(table, key, ProblemCode.MISSING_KEY, key, name_of(table))
    if covers_from is not None and covers_to is not None and covers_to < covers_from:
        reader.wrong(table, "covers_to", ProblemCode.SPAN_REVERSED, "covers_from", "covers_to")
    return LegalDocument(
        id=_matching(reader, table, "id", _DOCUMENT_ID),
        title=reader.text(table, "title"),
        number=reader.text(table, "number", required=False) or None,
        issuer=reader.text(table, "issuer"),
        issued_on=reader.day(table, "issued_on"),
        province=_matching(reader, table, "province", _PROVINCE),
        structure=reader.one_of(table, "structure", Structure, Structure.Y2021).value,
        covers_from=covers_from or FIRST_YEAR,
        covers_to=covers_to or LAST_YEAR,
        obligations=tuple(placed.value for placed in obligations),
        targets=tuple(placed.value for placed in targets),
        assignments=tuple(placed.value for placed in assignments),
        broken_off=reader.text(table, "broken_off", required=False),
    )


def _matching(reader: Reader, table: Table, key: str, pattern: re.Pattern[str]) -> str:
    value = reader.text(table, key)
    if value and pattern.fullmatch(value) is None:
        reader.wrong(table, key, ProblemCode.BAD_ID, shown(value))
    return value


def _criteria_set(
    reader: Reader, root: Table, document_id: str, parts: tuple[Placed[Part], ...]
) -> CriteriaSet | None:
    table = reader.table(root, "criteria")
    if table is None:
        return None
    reader.only(table, CRITERIA_KEYS)
    valid_from, valid_to = reader.day(table, "valid_from"), reader.day(table, "valid_to")
    if valid_from is None and reader.sound(table, "valid_from"):
        reader.wrong(table, "valid_from", ProblemCode.MISSING_KEY, "valid_from", "criteria")
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        reader.wrong(table, "valid_to", ProblemCode.SPAN_REVERSED, "valid_from", "valid_to")
    return CriteriaSet(
        id=document_id,
        content_hash="",
        parts=tuple(placed.value for placed in parts),
        valid_from=valid_from or date.min,
        valid_to=valid_to,
    )


class _Criteria:
    """Reads parts, items and rows, and keeps the line of each."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._items: list[Placed[Item]] = []
        self._rows: list[Placed[Requirement]] = []

    def read(
        self, table: Table | None
    ) -> tuple[tuple[Placed[Part], ...], tuple[Placed[Item], ...], tuple[Placed[Requirement], ...]]:
        if table is None:
            return (), (), ()
        tables = self._reader.tables(table, "parts", required_in="criteria")
        parts = tuple(Placed(value=self._part(each), table=each) for each in tables)
        return parts, tuple(self._items), tuple(self._rows)

    def _part(self, table: Table) -> Part:
        reader = self._reader
        reader.only(table, PART_KEYS)
        kinds = reader.some_of(table, "unit_kinds", UnitKind)
        if not kinds and reader.sound(table, "unit_kinds"):
            reader.wrong(table, "unit_kinds", ProblemCode.EMPTY_LIST, "unit_kinds", name_of(table))
        items = tuple(
            self._item(each)
            for each in reader.tables(table, "items", required_in=name_of(table) or "part")
        )
        return Part(
            id=reader.text(table, "id"),
            indicator=reader.text(table, "indicator"),
            title=reader.text(table, "title"),
            criterion=reader.text(table, "criterion"),
            unit_kinds=frozenset(kinds),
            items=items,
        )

    def _item(self, table: Table) -> Item:
        reader = self._reader
        reader.only(table, ITEM_KEYS)
        tables = reader.tables(table, "requirements", required_in=name_of(table) or "item")
        item = Item(
            id=reader.text(table, "id"),
            title=reader.text(table, "title"),
            requirements=tuple(self._row(each) for each in tables),
        )
        self._items.append(Placed(value=item, table=table))
        return item

    def _row(self, table: Table) -> Requirement:
        row = _requirement(table, self._reader)
        self._rows.append(Placed(value=row, table=table))
        return row


def _requirement(table: Table, reader: Reader) -> Requirement:
    reader.only(table, ROW_KEYS)
    asked_as = reader.one_of(table, "asked_as", AskedAs, AskedAs.YES_NO)
    asked = asked_as is not AskedAs.NOT_ASKED
    return Requirement(
        id=reader.text(table, "id"),
        clause=reader.text(table, "clause"),
        verbatim=reader.text(table, "verbatim"),
        label=reader.text(table, "label"),
        question=reader.text(table, "question", required=asked),
        help=reader.text(table, "help"),
        kind=reader.one_of(table, "kind", AnswerKind, AnswerKind.YES_NO),
        asked_as=asked_as,
        rule=_rule(table, reader),
        sensitivity=reader.one_of(table, "sensitivity", Sensitivity, Sensitivity.RED),
        choices=reader.texts(table, "choices"),
        counted=reader.text(table, "counted", required=False),
        evidence=reader.text(table, "evidence"),
        recurrence=reader.text(table, "recurrence"),
        force_majeure=reader.flag(table, "force_majeure"),
        undecided=reader.some_of(table, "undecided", Undecided),
        note=reader.text(table, "note", required=False),
    )


def _rule(table: Table, reader: Reader) -> PassRule:
    """`rule: document`, or a table with the rule's name and its parameters."""
    node = table.entries.get("rule")
    if not isinstance(node, Table):
        return PassRule(name=reader.one_of(table, "rule", RuleName, RuleName.YES))
    reader.only(node, RULE_KEYS)
    rule = PassRule(
        name=reader.one_of(node, "name", RuleName, RuleName.YES),
        minimum=reader.number(node, "minimum", 0, MOST_COUNTED),
        percent=reader.number(node, "percent", 1, 100),
        refs=reader.texts(node, "refs"),
        casualties=reader.flag(node, "casualties"),
    )
    if not reader.sound(node, *RULE_KEYS):
        reader.spoil(table, "rule")
    return rule

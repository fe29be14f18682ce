"""Cards of a message as JSON; keys without a value are left out."""

from collections.abc import Mapping
from typing import Any

from domain.cards import Badge, Card, Row, Table, Tone


def encode_card(card: Card) -> dict[str, object]:
    """The types that `json` can write."""
    return _without_empty(
        context=card.context,
        heading=card.heading,
        badge=None if card.badge is None else _encode_badge(card.badge),
        text=card.text,
        rows=[_encode_row(row) for row in card.rows],
        table=None if card.table is None else _encode_table(card.table),
        notes=list(card.notes),
        more=card.more,
    )


def decode_card(body: Mapping[str, Any]) -> Card:
    """The inverse of `encode_card`."""
    badge, table = body.get("badge"), body.get("table")
    return Card(
        context=body.get("context", ""),
        heading=body.get("heading", ""),
        badge=None if badge is None else _decode_badge(badge),
        text=body.get("text", ""),
        rows=tuple(map(_decode_row, body.get("rows", ()))),
        table=None if table is None else _decode_table(table),
        notes=tuple(body.get("notes", ())),
        more=body.get("more", ""),
    )


def _encode_badge(badge: Badge) -> dict[str, object]:
    tone = "" if badge.tone is Tone.NONE else badge.tone.value
    return _without_empty(sign=badge.sign, word=badge.word, standing=badge.standing, tone=tone)


def _decode_badge(body: Mapping[str, Any]) -> Badge:
    return Badge(
        sign=body.get("sign", ""),
        word=body.get("word", ""),
        standing=body.get("standing", ""),
        tone=Tone(body.get("tone", Tone.NONE)),
    )


def _encode_row(row: Row) -> dict[str, object]:
    return _without_empty(
        label=row.label,
        value=row.value,
        badge=None if row.badge is None else _encode_badge(row.badge),
        figures=[list(figure) for figure in row.figures],
        nested=row.nested,
        folds=row.folds,
    )


def _decode_row(body: Mapping[str, Any]) -> Row:
    badge = body.get("badge")
    return Row(
        label=body.get("label", ""),
        value=body.get("value", ""),
        badge=None if badge is None else _decode_badge(badge),
        figures=tuple((name, value) for name, value in body.get("figures", ())),
        nested=body.get("nested", False),
        folds=body.get("folds", False),
    )


def _encode_table(table: Table) -> dict[str, object]:
    rows = [list(row) for row in table.rows]
    return {
        "head": list(table.head),
        **_without_empty(rows=rows, names=table.names, folds=table.folds),
    }


def _decode_table(body: Mapping[str, Any]) -> Table:
    return Table(
        head=tuple(body["head"]),
        rows=tuple(map(tuple, body.get("rows", ()))),
        names=body.get("names", 0),
        folds=body.get("folds", False),
    )


def _without_empty(**parts: object) -> dict[str, object]:
    """The parts that have a value. An empty object is written: a badge without fields is still a
    badge.
    """
    return {name: part for name, part in parts.items() if part or isinstance(part, dict)}

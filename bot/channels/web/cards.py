"""A message's cards as JSON for the page: every key is always present, a missing part is null."""

from domain.cards import Badge, Card, Cards, Row, Table, saying


def cards_as_json(cards: Cards, text: str) -> list[dict[str, object]] | None:
    """The cards of a message whose plain text is `text`.

    None if the cards contain only that text: a slow network must not carry it twice.
    """
    return None if cards == saying(text) else [_card(card) for card in cards]


def _card(card: Card) -> dict[str, object]:
    return {
        "context": card.context,
        "heading": card.heading,
        "badge": _badge(card.badge),
        "text": card.text,
        "rows": [_row(row) for row in card.rows],
        "table": _table(card.table),
        "notes": list(card.notes),
    }


def _badge(badge: Badge | None) -> dict[str, object] | None:
    if badge is None:
        return None
    return {
        "sign": badge.sign,
        "word": badge.word,
        "standing": badge.standing,
        "tone": badge.tone.value,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "label": row.label,
        "value": row.value,
        "badge": _badge(row.badge),
        "figures": [list(figure) for figure in row.figures],
        "nested": row.nested,
    }


def _table(table: Table | None) -> dict[str, object] | None:
    if table is None:
        return None
    return {
        "head": list(table.head),
        "rows": [list(row) for row in table.rows],
        "names": table.names,
    }

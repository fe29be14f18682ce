"""A reading as plain values: what `antt read` prints and what tests compare."""

from datetime import date
from typing import Final

from domain.answers import Value
from handlers.subjects.checklist.reading.asked import Fields, Reading
from handlers.subjects.checklist.reading.page import PageReading
from handlers.understanding.commands import Command
from handlers.understanding.screening import Forbidden

_ORDERS: Final = {Command.THANKS: "courtesy"}
_REFUSALS: Final = {
    Forbidden.SECRECY_MARK: "secret_mark",
    Forbidden.PHONE_NUMBER: "phone",
    Forbidden.IDENTITY_NUMBER: "id_number",
    Forbidden.PERSON: "person",
}


def report(reading: Reading) -> dict[str, object]:
    """`fields`, `ask`, `order` and `refuse` of a reply to one question, those that there are."""
    if reading.refuse is not None:
        return {"refuse": _REFUSALS[reading.refuse]}
    told: dict[str, object] = {}
    if reading.fields:
        told["fields"] = _plain(reading.fields)
    if reading.ask is not None:
        told["ask"] = reading.ask.value
    if order := _order(reading.order, reading.question):
        told["order"] = order
    return told


def page_report(reading: PageReading) -> dict[str, object]:
    """`parts`, `ask` and `orders` by the number of the part, and what is said of the whole page."""
    if reading.refuse is not None:
        return {"refuse": _REFUSALS[reading.refuse]}
    ask = {str(number): one.ask.value for number, one in reading.parts.items() if one.ask}
    ask |= {str(number): "not_readable" for number in reading.unknown}
    if reading.ask is not None:
        ask["*"] = reading.ask.value
    parts = {str(n): _plain(one.fields) for n, one in reading.parts.items() if one.fields}
    orders = {str(n): _order(one.order, one.question) for n, one in reading.parts.items()}
    told = {
        "parts": parts,
        "ask": ask,
        "orders": {number: order for number, order in orders.items() if order},
        "order": _order(reading.order, reading.question),
        "confirm": reading.confirm,
        "reject": reading.reject or [str(one) for one in reading.dropped],
    }
    return {name: value for name, value in told.items() if value}


def _order(order: Command | None, question: str) -> str:
    return question if order is None else _ORDERS.get(order, order.value)


def _plain(fields: Fields) -> dict[str, object]:
    return {name.value: _value(value) for name, value in fields.items()}


def _value(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

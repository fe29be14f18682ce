"""Domain values in text columns: compact JSON, decoded once per distinct text."""

import json
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from domain.answers import Answer, Field, FieldName, Value
from domain.assessments import Bookmark
from domain.cards import saying
from domain.messages import Choice, ChoiceKind, Outgoing, Recipe, RecipeKind
from domain.registers import Entries, RegisterEntry
from storage.card_encoding import decode_card, encode_card

ENTRIES_MARK = '{"entries":['
"""What the text of an answer contains if it names entries of a register."""


def to_json(value: object) -> str:
    """Compact and readable: Vietnamese letters are not escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode_answer(answer: Answer) -> str:
    """[["choice",0],["issued_on",{"date":"2026-03-01"}]]; the order of fields is kept.

    Of a register, only the ids of its entries are stored: see `storage.registers`.
    """
    return to_json([[field.name.value, _encode_value(field.value)] for field in answer.fields])


# A turn reads every answer of its checklist, and most have not changed since the turn before.
@lru_cache(maxsize=8_192)
def decode_answer(text: str) -> Answer:
    """The inverse of `encode_answer`; entries of a register are known by their ids only."""
    return Answer(
        fields=tuple(
            Field(name=FieldName(name), value=_decode_value(value))
            for name, value in json.loads(text)
        )
    )


def encode_drafts(bookmark: Bookmark) -> str:
    """The draft of a bookmark as `encode_answer` writes it. With more than one, or with places to
    return to, it is an object: {"draft":[…],"kept":{"I.5.b":[…]},"trail":["",…],"corrected":null}.
    """
    plain = encode_answer(bookmark.draft)
    if not (bookmark.kept or bookmark.trail or bookmark.corrected):
        return plain
    kept = {row: json.loads(encode_answer(one)) for row, one in bookmark.kept.items()}
    body = {"kept": kept, "trail": bookmark.trail, "corrected": bookmark.corrected}
    return to_json({"draft": json.loads(plain), **body})


def decode_bookmark(revisiting: str | None, draft_of: str | None, draft: str | None) -> Bookmark:
    """The inverse of `encode_drafts`, with the bookmark's other columns; all may be None."""
    if draft is None or not draft.startswith("{"):
        answer = Answer() if draft is None else decode_answer(draft)
        return Bookmark(revisiting=revisiting, draft_of=draft_of, draft=answer)
    body = json.loads(draft)
    return Bookmark(
        revisiting=revisiting,
        draft_of=draft_of,
        draft=decode_answer(to_json(body["draft"])),
        kept={row: decode_answer(to_json(one)) for row, one in body["kept"].items()},
        trail=tuple(body["trail"]),
        corrected=body["corrected"],
    )


def _encode_value(value: Value) -> object:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Entries):
        return {"entries": [_encode_entry(one) for one in value.items]}
    return list(value) if isinstance(value, tuple) else value


def _decode_value(value: Any) -> Value:
    if isinstance(value, dict) and "entries" in value:
        return Entries(items=tuple(map(_decode_entry, value["entries"])))
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    if isinstance(value, list):
        return tuple(str(name) for name in value)
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no value of an answer is a {type(value).__name__}")


def _encode_entry(entry: RegisterEntry) -> object:
    """The id of a stored entry; of one that is not stored yet, what is known of it."""
    if entry.id is not None:
        return entry.id
    known = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in known.items()
        if value not in (None, "")
    }


def _decode_entry(body: Any) -> RegisterEntry:
    if isinstance(body, int):
        return RegisterEntry(id=body)
    days = {name: date.fromisoformat(body[name]) for name in _ENTRY_DAYS if name in body}
    return RegisterEntry(**{**body, **days})


_ENTRY_DAYS = ("since_on", "ended_on", "decision_date")


def encode_outgoing(outgoing: Outgoing) -> str:
    """An object without the keys that have no value.

    A message that is only a sentence has it under "text", like every message before cards existed;
    any other message has "cards".
    """
    attachment = outgoing.attachment
    sentence = outgoing.text if outgoing.cards == saying(outgoing.text) else None
    body = {
        "text": sentence,
        "cards": [encode_card(card) for card in outgoing.cards] if sentence is None else None,
        "menu": outgoing.menu,
        "choices": [_encode_choice(choice) for choice in outgoing.choices],
        "attachment": None if attachment is None else _encode_recipe(attachment),
        "replaces": outgoing.replaces,
        "progress": outgoing.progress,
    }
    return to_json({name: value for name, value in body.items() if value not in (None, [])})


def decode_outgoing(text: str) -> Outgoing:
    """The inverse of `encode_outgoing`; also reads rows that were written before cards existed."""
    body = json.loads(text)
    attachment = body.get("attachment")
    progress = body.get("progress")
    return Outgoing(
        cards=tuple(map(decode_card, body["cards"])) if "cards" in body else saying(body["text"]),
        menu=body.get("menu"),
        choices=tuple(_decode_choice(*one) for one in body.get("choices", ())),
        attachment=None if attachment is None else _decode_recipe(attachment),
        replaces=body.get("replaces"),
        progress=None if progress is None else (progress[0], progress[1]),
    )


def _encode_choice(choice: Choice) -> list[object]:
    written = [choice.key, choice.label, choice.kind.value]
    return [*written, True] if choice.primary else [*written]


def _decode_choice(key: str, label: str, kind: str, primary: bool = False) -> Choice:
    return Choice(key=key, label=label, kind=ChoiceKind(kind), primary=primary)


def _encode_recipe(recipe: Recipe) -> object:
    return {
        "kind": recipe.kind.value,
        "name": recipe.name,
        "figures": recipe.figures,
        "alternative": recipe.alternative,
    }


def _decode_recipe(body: dict[str, Any]) -> Recipe:
    return Recipe(
        kind=RecipeKind(body["kind"]),
        name=body["name"],
        figures=tuple((name, value) for name, value in body["figures"]),
        alternative=body["alternative"],
    )

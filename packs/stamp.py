"""A criteria set as JSON, and the hash that is stamped on an assessment.

Storage keeps the stamped set as this JSON, so that an assessment is judged by the text it was
opened with, even if the pack changes later. Fields with their default value are not written: a
field that a later version adds does not change the hash of a set that does not use it.
"""

import hashlib
import json
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from domain.criteria import CriteriaSet


class StampedSetError(ValueError):
    """A stored criteria set that cannot be read or does not match its hash."""


def hashed(criteria: CriteriaSet) -> CriteriaSet:
    """The set with its `content_hash` filled in: sha256 of its content, as 64 hex digits."""
    return replace(criteria, content_hash=_digest(criteria))


def criteria_to_json(criteria: CriteriaSet) -> str:
    """The whole set on one line, its hash included."""
    return _dump(_plain(criteria))


def criteria_from_json(text: str) -> CriteriaSet:
    """The inverse of `criteria_to_json`. Raises `StampedSetError`, also if the content does not
    match its hash.
    """
    try:
        criteria = _made(CriteriaSet, json.loads(text))
        genuine = criteria.content_hash == _digest(criteria)
    except (ValueError, TypeError, RecursionError) as error:
        raise StampedSetError(f"the stored criteria set cannot be read: {error}") from error
    if not genuine:
        raise StampedSetError("the stored criteria set does not match its hash")
    return cast("CriteriaSet", criteria)


def _digest(criteria: CriteriaSet) -> str:
    content = _plain(replace(criteria, content_hash=""))
    return hashlib.sha256(_dump(content).encode()).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Converts dataclasses, dates and enumerations to JSON types; sets are sorted."""
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if _kept(field) and getattr(value, field.name) != _default(field)
        }
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _kept(field: "Field[Any]") -> bool:
    return not field.name.startswith("_")


def _default(field: "Field[Any]") -> Any:
    return field.default if field.default is not MISSING else _NO_DEFAULT


_NO_DEFAULT = object()


def _made(kind: Any, value: Any) -> Any:
    """Converts a result of `_plain` back to a value of the given type."""
    if is_dataclass(kind) and isinstance(kind, type):
        _expect(value, dict)
        hints = _hints(kind)
        unknown = sorted(set(value) - {field.name for field in fields(kind) if _kept(field)})
        if unknown:
            raise ValueError(f"unknown field {unknown[0]}")
        return kind(**{name: _made(hints[name], each) for name, each in value.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (tuple, frozenset):
        _expect(value, list)
    if origin is tuple:
        return tuple(_made(arguments[0], each) for each in value)
    if origin is frozenset:
        return frozenset(_made(arguments[0], each) for each in value)
    if origin in (UnionType, Union):
        inner = next(each for each in arguments if each is not type(None))
        return None if value is None else _made(inner, value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    _expect(value, kind)
    return value


def _expect(value: Any, kind: type) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields, cached: computing them for every row costs 50 ms."""
    return get_type_hints(kind)

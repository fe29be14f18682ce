"""Parses requests in the forms that the Bot API accepts: a query, a form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


class BadParameter(Exception):
    """The text follows "Bad Request: " in the Bot API's answer."""


@dataclass(frozen=True, kw_only=True)
class File:
    """An uploaded file."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call: its method and parameters. In forms every value is text, objects are JSON."""

    method: str
    values: Mapping[str, Any]
    files: Mapping[str, File] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; empty if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def whole(self, name: str, otherwise: int | None = None) -> int | None:
        """A whole number. Raises `BadParameter`."""
        value = self.values.get(name)
        if value in (None, ""):
            return otherwise
        try:
            return int(value)
        except (TypeError, ValueError):
            raise BadParameter(f"parameter {name} is invalid") from None

    def flag(self, name: str) -> bool:
        """True, "true" and "1"."""
        return str(self.values.get(name)).lower() in ("true", "1")

    def table(self, name: str) -> Any:
        """An object or list, JSON in forms; None if it is missing. Raises `BadParameter`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise BadParameter(f"can't parse {name} JSON object") from None

    def file(self, name: str) -> File | None:
        """A file, uploaded under the parameter's name or under the name after attach://."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)


async def call_of(request: web.Request) -> Call:
    """The call in a request. Raises `BadParameter`."""
    method = request.match_info["method"]
    values: dict[str, Any] = dict(request.query)
    files: dict[str, File] = {}
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise BadParameter("can't parse request JSON object") from None
        if not isinstance(body, dict):
            raise BadParameter("request must be an object")
        values |= body
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = File(
                    name=value.filename, media_type=value.content_type, body=value.file.read()
                )
                value.file.close()
            else:
                values[name] = value
    return Call(method=method, values=values, files=files)

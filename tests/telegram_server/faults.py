"""Failures of Telegram, on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Happens at the next call of `method` (None: of any method).

    `status` and `description` replace the result; `body` is sent unchanged. `acts`: the method is
    executed first. `drops`: the connection ends without an answer. `stalls`: the answer never
    comes, until the client gives up.
    """

    method: str | None = None
    status: int = 200
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    body: bytes | None = None
    acts: bool = False
    drops: bool = False
    stalls: bool = False

    @classmethod
    def flood(cls, seconds: int, method: str = "sendMessage") -> Self:
        """429."""
        return cls(
            method=method,
            status=429,
            description=f"Too Many Requests: retry after {seconds}",
            parameters={"retry_after": seconds},
        )

    @classmethod
    def blocked(cls, method: str = "sendMessage") -> Self:
        """403: the person blocked the bot."""
        return cls(method=method, status=403, description="Forbidden: bot was blocked by the user")

    @classmethod
    def bad(cls, description: str, method: str = "sendMessage") -> Self:
        """400."""
        return cls(method=method, status=400, description=f"Bad Request: {description}")

    @classmethod
    def moved(cls, to: int, method: str = "sendMessage") -> Self:
        """400: the group became a supergroup."""
        return cls(
            method=method,
            status=400,
            description="Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": to},
        )

    @classmethod
    def broken(cls, status: int = 502, method: str = "sendMessage") -> Self:
        """The answer of a gateway whose backend is down."""
        return cls(method=method, status=status, body=b"<html>Bad Gateway</html>")

    @classmethod
    def conflict(cls) -> Self:
        """409: another process polls."""
        return cls(
            method="getUpdates",
            status=409,
            description="Conflict: terminated by other getUpdates request; make sure that only "
            "one bot instance is running",
        )

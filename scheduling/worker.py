"""Where awaiting code crosses over to plain code: threads that run the store's transactions."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class NotStarted(Exception):
    """Nothing ran: every thread was busy for as long as the caller was ready to wait."""


class Worker:
    """`threads` is 1 for SQLite, which has one writer, and a pool's size for PostgreSQL."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="antt-store")

    async def run(self, function: Callable[[], T], *, start_within: float | None = None) -> T:
        """Run a plain function in a thread and give back what it gives or raises.

        Raises `NotStarted` when no thread was free within `start_within` seconds; then it
        has not run and never will.
        """
        future = self._pool.submit(function)
        awaited = asyncio.wrap_future(future)
        if start_within is not None:
            done, _ = await asyncio.wait({awaited}, timeout=start_within)
            # What has begun cannot be cancelled, and is waited for.
            if not done and future.cancel():
                raise NotStarted
        return await awaited

    def close(self) -> None:
        """Wait for what runs and take nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

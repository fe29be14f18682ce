"""Runs synchronous functions for async code: threads that run the store's transactions."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class NotStarted(Exception):
    """Nothing ran: every thread was busy for as long as the caller could wait."""


class Worker:
    """`threads` is 1 for SQLite, which has one writer, and a pool's size for PostgreSQL."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="antt-store")

    async def run(self, function: Callable[[], T], *, start_within: float | None = None) -> T:
        """Run a synchronous function in a thread; returns or raises what it does.

        Raises `NotStarted` if no thread was free within `start_within` seconds; then the function
        has not run and never will.
        """
        future = self._pool.submit(function)
        awaited = asyncio.wrap_future(future)
        if start_within is not None:
            done, _ = await asyncio.wait({awaited}, timeout=start_within)
            # A function that has begun cannot be cancelled; wait for it.
            if not done and future.cancel():
                raise NotStarted
        return await awaited

    def close(self) -> None:
        """Wait for the running functions and accept no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

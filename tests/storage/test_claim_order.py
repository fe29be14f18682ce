"""With any number of waiting messages, a claim reads the first few and never sorts them all."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, event

from storage import Store
from storage.engines import open_for_writing, parse_url

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def _plan_of_claim(store: Store, channel: str | None) -> str:
    """The query plan of the statement that finds messages."""
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        seen.append((sql, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with store.begin() as tx:
            tx.outbox.claim(NOW, 8, channel=channel)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    engine = open_for_writing(parse_url(store.url))
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    plan = []
    with engine.begin() as connection:
        for sql, values in seen:
            if "set_config" in sql:
                connection.exec_driver_sql(sql, values)
            elif "outbox" in sql:
                rows = connection.exec_driver_sql(f"{explain} {sql}", values)
                plan += [str(row[-1]) for row in rows]
    engine.dispose()
    return "\n".join(plan)


def _goes_in_order(plan: str) -> bool:
    walks = "SCAN outbox USING INDEX ix_outbox_waiting" in plan or (
        "Index Scan using ix_outbox_waiting on outbox" in plan
    )
    return walks and "Sort" not in plan and "TEMP B-TREE" not in plan


def test_a_claim_walks_the_outbox_in_order(store: Store) -> None:
    plan = _plan_of_claim(store, None)
    assert _goes_in_order(plan), plan


def test_a_claim_for_one_channel_walks_it_too(store: Store) -> None:
    plan = _plan_of_claim(store, "web")
    assert _goes_in_order(plan), plan

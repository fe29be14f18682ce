"""A demo database: real units, invented answers, people with short names."""

from datetime import datetime

from bot.demo import nghe_an, tra_vinh
from storage import Store, migrate


def build_demo(database: str, now: datetime) -> None:
    """Create the demo at a new path or in an empty database. Raises `StorageError`.

    One transaction for each province, so that a reader sees all of it or nothing.
    """
    migrate(database)
    with Store(database) as store:
        with store.begin() as tx:
            tx.about.mark_demo()
            tra_vinh.build(tx, now)
        with store.begin() as tx:
            nghe_an.build(tx, now)

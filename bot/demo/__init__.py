"""A database to try everything on: real units, invented answers, people with short names."""

from datetime import datetime

from bot.demo import nghe_an, tra_vinh
from domain.people import Person
from storage import Store, migrate


def build_demo(path: str, now: datetime) -> tuple[Person, ...]:
    """Make the demo at a new path; returns its people. Raises `StorageError`.

    One transaction for each province: what a reader sees is whole.
    """
    migrate(path)
    with Store(path) as store:
        with store.begin() as tx:
            tx.about.mark_demo()
            tra_vinh.build(tx, now)
        with store.begin() as tx:
            nghe_an.build(tx, now)
            return tuple(person for person in tx.people.all() if person.posts)

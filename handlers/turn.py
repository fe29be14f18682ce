"""Everything one turn needs: who speaks, where, when, and the transaction it happens in."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.criteria import Sensitivity
from domain.deadlines import local_date
from domain.messages import Choice, ChoiceKind
from domain.people import ANSWERING_ROLES, OVERSEEING_ROLES, Person, Post, Role
from domain.units import Unit
from handlers.library import Library
from locales import Words
from storage import Tx


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One person's turn. `ceiling` is the most sensitive question this channel may ask."""

    tx: Tx
    now: datetime
    library: Library
    person: Person
    ceiling: Sensitivity = Sensitivity.RED

    @property
    def words(self) -> Words:
        """The sentences in the person's language."""
        return self.library.words(self.person.locale)

    @property
    def today(self) -> date:
        """The date in Viet Nam."""
        return local_date(self.now)

    @property
    def answering_post(self) -> Post | None:
        """The post as which the person fills in a checklist, or None when he does not."""
        posts = self.person.posts_as(*ANSWERING_ROLES)
        return posts[0] if posts else None

    @property
    def overseeing(self) -> bool:
        """Whether the person asks about other units."""
        return self.person.holds(*OVERSEEING_ROLES, Role.COUNCIL)

    def say(self, key: str, **values: object) -> str:
        """A sentence in the person's language."""
        return self.words.say(key, **values)

    def unit_name(self, unit: Unit, *, with_parent: bool = False) -> str:
        """ "xã Mỹ Long Bắc", and with its district where the structure has one."""
        name = self.say("common.unit", kind=unit.kind, name=unit.name)
        if not with_parent or unit.parent is None or unit.parent == unit.province:
            return name
        parent = self.library.book(unit.id.structure).find(unit.parent)
        if parent is None:
            return name
        return f"{name}, {self.say('common.unit', kind=parent.kind, name=parent.name)}"

    def action(self, name: str) -> Choice:
        """A side action as a choice: the word is both what is typed and what a button shows."""
        word = self.say(f"actions.{name}")
        return Choice(key=word, label=word, kind=ChoiceKind.ACTION)

    def actions(self, *names: str) -> tuple[Choice, ...]:
        """Several side actions, in order."""
        return tuple(self.action(name) for name in names)


def numbered(labels: tuple[str, ...]) -> tuple[Choice, ...]:
    """Answers numbered from 1."""
    return tuple(Choice(key=str(at), label=label) for at, label in enumerate(labels, start=1))


def capital(text: str) -> str:
    """The first letter in capitals, for a name that begins a line."""
    return text[:1].upper() + text[1:]

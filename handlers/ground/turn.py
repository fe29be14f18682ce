"""Everything one turn needs: the person, the address, the time and the transaction."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.criteria import Sensitivity
from domain.deadlines import local_date
from domain.messages import Choice, ChoiceKind
from domain.people import ANSWERING_ROLES, OVERSEEING_ROLES, Person, Post, Role
from domain.units import Unit, UnitId
from handlers.ground.library import Library
from locales import Words
from storage import Address, Tx


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One person's turn. `ceiling` is the most sensitive question this channel may ask.

    `address` is where the person writes from, None if a single question is asked for the person.
    `closed`: the province has switched this channel off. `loaded` caches what was read once for
    each post (handlers.assessment.sheet).
    """

    tx: Tx
    now: datetime
    library: Library
    person: Person
    ceiling: Sensitivity = Sensitivity.RED
    address: Address | None = None
    closed: bool = False
    loaded: dict[Post | str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def words(self) -> Words:
        """The sentences in the person's language."""
        return self.library.words(self.person.locale)

    @property
    def today(self) -> date:
        """The date in Viet Nam."""
        return local_date(self.now)

    @property
    def acting(self) -> Post | None:
        """The post that the person chose to act as here; None without a choice, or if the post was
        lost since.
        """
        chosen = self.address.acting if self.address is not None else None
        return chosen if chosen in self.person.posts else None

    @property
    def post(self) -> Post:
        """The post the person acts as: the chosen one, else the one that fills in a checklist, else
        the first.
        """
        return self.acting or self.answering_post or self.person.posts[0]

    @property
    def province(self) -> UnitId | None:
        """The province of that post: its settings, plan and rulings apply."""
        unit = self.unit(self.post.unit)
        return UnitId(unit.id.structure, unit.province) if unit else None

    @property
    def answering_post(self) -> Post | None:
        """The post as which the person fills in a checklist, or None if there is none."""
        if self.acting is not None:
            return self.acting if self.acting.role in ANSWERING_ROLES else None
        posts = self.person.posts_as(*ANSWERING_ROLES)
        return posts[0] if posts else None

    @property
    def overseeing(self) -> bool:
        """Whether the person asks about other units."""
        if self.acting is not None:
            return self.acting.role not in ANSWERING_ROLES
        return self.person.holds(*OVERSEEING_ROLES, Role.COUNCIL)

    def unit(self, unit_id: UnitId) -> Unit | None:
        """The unit with this id, or None."""
        # Most units are in the data; only departments are in the database alone.
        return self.library.book(unit_id.structure).find_id(unit_id) or self.tx.units.get(unit_id)

    def acting_as(self, post: Post) -> "Turn":
        """The same turn after the person chose another post."""
        if self.address is None:
            return self
        return replace(self, address=replace(self.address, acting=post))

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
        """A side action as a choice: the word is both what is typed and the label of the button."""
        word = self.say(f"actions.{name}")
        return Choice(key=word, label=word, kind=ChoiceKind.ACTION)

    def deciding(self, name: str) -> Choice:
        """The side action that decides here; its button is highlighted."""
        return replace(self.action(name), primary=True)

    def actions(self, *names: str) -> tuple[Choice, ...]:
        """Several side actions, in order."""
        return tuple(self.action(name) for name in names)


def numbered(labels: tuple[str, ...]) -> tuple[Choice, ...]:
    """Answers numbered from 1."""
    return tuple(Choice(key=str(at), label=label) for at, label in enumerate(labels, start=1))


def capital(text: str) -> str:
    """The text with its first letter in capitals, for a name that begins a line."""
    return text[:1].upper() + text[1:]

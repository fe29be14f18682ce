"""The scenes of the table: each role with each kind of menu that it can have open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.owners.phrases import TEXTS, one_of
from tests.owners.world import (
    ADMINISTRATOR,
    CODE_THAT_WAITS,
    HEAD,
    OFFICER,
    TELEGRAM,
    WEB,
    ZALO,
    Lose,
    SkipTo,
    Step,
)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A person who has a menu open. `kind` is the menu as `seam.kind_of_menu` names it, and `shows`
    a part of the reply that opened it. `who` is a short name, or a stranger's address. `one_in`:
    one text in so many is tried; a role with the same menu and the same data as another role gets
    only a part of the texts, to save time.
    """

    role: str
    menu: str
    kind: str
    who: str
    channel: str = WEB
    world: str = "opened"
    steps: tuple[Step, ...] = ()
    shows: str = ""
    known: bool = True
    one_in: int = 1

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are tried here: all, or one in `one_in`, different ones in each scene."""
        return one_of(TEXTS, self.one_in, self.name)

    @property
    def name(self) -> str:
        """The name of its file: "officer.question-date"."""
        return f"{self.role}.{self.menu}".replace(",", "").replace(" ", "-")


_A_PART = 4
"""For a menu that another role tries with all texts, one text in this many is tried."""

_START = "làm tiếp"
_FIRST_PAGE = "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 mật"
_UNITS = "tình hình phường 1"


@dataclass(frozen=True, kw_only=True)
class _Answering:
    """A person who fills in Mỹ Long Bắc's checklist; `first` is their first text. `whole` are the
    menus that are tried with every text, None for all of them.
    """

    role: str
    who: str
    first: tuple[Step, ...] = ()
    opened: str = "opened"
    answered: str = "answered"
    whole: frozenset[str] | None = None

    def scene(
        self,
        menu: str,
        kind: str,
        *steps: Step,
        channel: str = WEB,
        world: str = "",
        shows: str = "",
    ) -> Scene:
        """The scene after these steps."""
        return Scene(
            role=self.role,
            menu=menu,
            kind=kind,
            who=self.who,
            channel=channel,
            world=world or self.opened,
            steps=(*self.first, *steps),
            shows=shows,
            one_in=1 if self.whole is None or menu in self.whole else _A_PART,
        )


_OFFICER = _Answering(role="officer", who=OFFICER)
_HEAD = _Answering(
    role="head",
    who=HEAD,
    whole=frozenset(
        {"main", "main, request waits", "hand-in", "question document", "page read back"}
    ),
)
_TWO_POSTS = _Answering(
    role="two posts, officer",
    who=OFFICER,
    first=("menu", "1"),
    opened="two posts",
    answered="two posts, answered",
    whole=frozenset({"main", "question document"}),
)


def _questions(one: _Answering) -> Iterator[Scene]:
    for menu, shows, *steps in (
        ("question document", "1. Có (ghi số, ngày)"),
        ("question choice", "2. Chưa", SkipTo(question="I.1.c")),
        ("question none or some", "1. Không có", SkipTo(question="I.1.e")),
        ("question number", "dùng số này", SkipTo(question="I.5.b")),
        ("question document number", "12-NQ/ĐU", "1"),
        ("question date", "15/01/2024", "1", "12-NQ/ĐU"),
        ("question names", "chưa có", SkipTo(question="I.6.d")),
        ("question force majeure", "bất khả kháng", SkipTo(question="I.5.e"), "2", "3"),
    ):
        yield one.scene(str(menu), "question", _START, *steps, shows=str(shows))
    yield one.scene("lost", "lost", _START, Lose(), channel=TELEGRAM)


def _pages(one: _Answering) -> Iterator[Scene]:
    yield one.scene("page", "page", _START, channel=ZALO, shows="I.1")
    yield one.scene("page read back", "page", _START, _FIRST_PAGE, channel=ZALO, shows="I.2")
    if one is not _HEAD:
        # The last page was shown to the officer; only the officer's own question waits.
        yield one.scene(
            "page end", "page end", _START, channel=ZALO, world=one.answered, shows="đúng"
        )


def _at_rest(one: _Answering) -> Iterator[Scene]:
    yield one.scene("none", "none")
    yield one.scene("main", "main", "menu")
    yield one.scene("language", "language", "ngôn ngữ")


def _of_two_posts() -> Iterator[Scene]:
    both = _TWO_POSTS
    for role, menu, *steps in (
        ("two posts, none chosen", "none"),
        ("two posts, none chosen", "posts", "menu"),
        ("two posts, supervisor", "main", "menu", "2"),
        ("two posts, supervisor", "units", "menu", "2", _UNITS),
    ):
        yield Scene(
            role=role,
            menu=menu,
            kind=menu,
            who=both.who,
            world=both.opened,
            steps=tuple(steps),
            one_in=_A_PART if menu == "units" else 1,
        )
    yield both.scene("main", "main")
    yield both.scene("language", "language", "ngôn ngữ")


def _overseeing(role: str, who: str, *, whole: frozenset[str]) -> Iterator[Scene]:
    for menu, *steps in (("none",), ("main", "menu"), ("language", "ngôn ngữ"), ("units", _UNITS)):
        if menu == "units" and role == "council":
            continue  # It sees only what was handed in: no two units with the same name.
        yield Scene(
            role=role,
            menu=menu,
            kind=menu,
            who=who,
            steps=tuple(steps),
            one_in=1 if menu in whole else _A_PART,
        )


def _setup() -> Iterator[Scene]:
    for menu, kind, *steps in (
        ("set-up home", "set-up home"),
        ("set-up numbers", "set-up channels", "5"),
        ("set-up names", "set-up province", "1", "1"),
        ("set-up time", "set-up hours", "6", "1"),
        ("set-up agree", "set-up channels", "5", "2", "1"),
        ("set-up plan", "set-up plan", "3", "1", "2"),
        ("set-up ruling", "set-up rulings", "4", "1", "1", "1"),
    ):
        yield _administrator(menu, kind, "cài đặt", *steps)
    yield _administrator("set-up person", "set-up person", "thay can-bo")


def _administrator(menu: str, kind: str, *steps: str) -> Scene:
    return Scene(role="administrator", menu=menu, kind=kind, who=ADMINISTRATOR, steps=steps)


def _strangers() -> Iterator[Scene]:
    stranger = Scene(role="stranger", menu="none", kind="none", who="nguoi-la", known=False)
    yield stranger
    yield replace(stranger, menu="door", steps=(CODE_THAT_WAITS,), shows="Phạm Thị Chờ")


def _all() -> Iterator[Scene]:
    for one in (_OFFICER, _HEAD, _TWO_POSTS):
        yield from _questions(one)
        yield from _pages(one)
    yield from _at_rest(_OFFICER)
    yield _OFFICER.scene("main, all answered", "main", "menu", world="complete")
    yield from _at_rest(_HEAD)
    yield _HEAD.scene("main, request waits", "main", "menu", world="laid")
    yield _HEAD.scene("hand-in", "hand-in", "xem H1", world="laid", shows="ĐỒNG Ý")
    yield from _of_two_posts()
    yield from _at_rest(
        _Answering(role="officer with duties", who="can-bo-na", whole=frozenset({"main"}))
    )
    yield from _overseeing("reviewer", "tham-dinh", whole=frozenset({"main"}))
    yield from _overseeing("supervisor", "giam-sat", whole=frozenset({"main", "units"}))
    yield from _overseeing("council", "hoi-dong", whole=frozenset({"main"}))
    yield from _overseeing("administrator", ADMINISTRATOR, whole=frozenset({"none", "main"}))
    yield from _setup()
    yield from _strangers()


SCENES = tuple(_all())
"""All scenes, in the order of the table."""

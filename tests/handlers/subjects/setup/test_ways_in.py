"""A code from an administrator comes with the bots through which it can also be entered."""

from datetime import timedelta

from domain.messages import Recipe, RecipeKind
from domain.people import Post, Role
from domain.units import Structure, UnitId
from handlers.ground.doors import Door, set_doors
from handlers.ground.settings import set_ceiling
from handlers.subjects.setup import files
from storage import Tx
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
NGHE_AN = UnitId(Structure.Y2026, "40")
BOTS = (
    Door(channel="web", link="https://antt.example.vn"),
    Door(channel="telegram", name="@antt_bot", link="https://t.me/antt_bot"),
    Door(channel="zalo", bot="mot", name="Bot ANTT 1", holds=50),
)


def _officer(talk: Talk) -> None:
    with talk.store.begin() as tx:
        unit = next(one for one in tx.units.of_province(Structure.Y2026, "40") if one.parent)
        post = Post(role=Role.OFFICER, unit=unit.id)
        tx.people.add(handle="hoa", name="Trần Thị Hoa", locale="vi", posts=(post,))
        set_doors(tx, BOTS)


def test_the_code_of_one_person_names_the_bots(nghe_an: Talk) -> None:
    _officer(nghe_an)
    said = nghe_an.says(ME, "mã hoa")
    assert "https://t.me/antt_bot?start=" in said
    assert "“Bot ANTT 1”" in said


def test_a_channel_that_the_province_does_not_use_is_not_named(nghe_an: Talk) -> None:
    _officer(nghe_an)
    with nghe_an.store.begin() as tx:
        set_ceiling(tx, NGHE_AN, "telegram", None)
    said = nghe_an.says(ME, "mã hoa")
    assert "t.me" not in said
    assert "“Bot ANTT 1”" in said


def test_without_bots_nothing_is_said_of_them(nghe_an: Talk) -> None:
    _officer(nghe_an)
    with nghe_an.store.begin() as tx:
        set_doors(tx, BOTS[:1])
    said = nghe_an.says(ME, "mã hoa")
    assert "Telegram" not in said
    assert "Zalo" not in said


def test_every_slip_names_them(nghe_an: Talk) -> None:
    _officer(nghe_an)
    with nghe_an.store.begin() as tx:
        made = files.make(
            _sheet(tx, nghe_an), tx, nghe_an.library, origin=BOTS[0].link, now=nghe_an.now
        )
    assert made is not None
    assert "Hoặc gửi mã cho bot: Telegram @antt_bot; Zalo “Bot ANTT 1”." in made.body.decode()


def _sheet(tx: Tx, talk: Talk) -> Recipe:
    """The sheet as the administrator's request for codes makes it."""
    me, officer = tx.people.by_handle(ME), tx.people.by_handle("hoa")
    assert me is not None
    assert officer is not None
    code = tx.invitations.batch_code("batch", officer.id)
    expires_at = talk.now + timedelta(days=1)
    tx.invitations.invite(officer.id, officer.posts[0], tx.invitations.hash(code), expires_at)
    figures = {"batch": "batch", "province": str(NGHE_AN), "by": str(me.id), "people": officer.id}
    return Recipe(
        kind=RecipeKind.CODE_SHEET,
        name="phieu-ma.html",
        figures=tuple((name, str(value)) for name, value in figures.items()),
    )

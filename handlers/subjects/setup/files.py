"""Makes the files that the set-up's recipes name, at the moment they are downloaded.

A sheet of codes is made from the name of its batch: codes that were used, withdrawn or expired
since are left out, and a person who does not administer the province any more does not get it.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.criteria import Requirement
from domain.messages import Recipe, RecipeKind
from domain.people import Role
from domain.units import Unit, UnitId
from handlers.documents.code_sheet import CodeSlip, code_sheet
from handlers.ground.library import Library
from handlers.ground.turn import Turn
from handlers.ground.ways_in import ways_in
from handlers.subjects.setup.figures import Draft, kinds_of, requirements_of, years_asked
from handlers.subjects.setup.screens import SetupTurn, setup_of
from storage import Tx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = "text/html"

KINDS = frozenset({RecipeKind.CODE_SHEET, RecipeKind.PEOPLE_TEMPLATE, RecipeKind.FIGURES_TEMPLATE})


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A file with the name it is saved under."""

    name: str
    media_type: str
    body: bytes


def make(
    recipe: Recipe, tx: Tx, library: Library, *, origin: str, now: datetime
) -> MadeFile | None:
    """The file of a recipe of `KINDS`; None if its maker may not have it any more.

    `origin` is the public address of the web chat, for the links on slips.
    """
    figures = dict(recipe.figures)
    setup = _setup(figures, tx, library, now)
    if setup is None:
        return None
    match recipe.kind:
        case RecipeKind.CODE_SHEET:
            body = _sheet(setup, figures, origin)
            return MadeFile(name=recipe.name, media_type=HTML, body=body)
        case RecipeKind.PEOPLE_TEMPLATE:
            return MadeFile(name=recipe.name, media_type=XLSX, body=_people(setup))
        case RecipeKind.FIGURES_TEMPLATE:
            return MadeFile(name=recipe.name, media_type=XLSX, body=_figures(setup, figures))
        case _:
            return None


def _setup(figures: dict[str, str], tx: Tx, library: Library, now: datetime) -> SetupTurn | None:
    """The set-up turn of the person who asked, if the province is still theirs."""
    person = tx.people.get(int(figures.get("by", "0")))
    province = UnitId.parse(figures["province"])
    if person is None:
        return None
    posts = [post for post in person.posts_as(Role.ADMINISTRATOR) if post.unit == province]
    unit = tx.units.get(province)
    if not posts or unit is None:
        return None
    turn = Turn(tx=tx, now=now, library=library, person=person)
    return None if setup_of(turn) is None else SetupTurn(turn=turn, province=unit)


def _sheet(setup: SetupTurn, figures: dict[str, str], origin: str) -> bytes:
    tx = setup.turn.tx
    people = [int(one) for one in figures["people"].split(",") if one]
    units = {unit.id: unit for unit in setup.units()}
    slips = []
    for invitation in tx.invitations.of_people(people):
        mine = tx.invitations.of_batch(figures["batch"], invitation.person_id)
        person = tx.people.get(invitation.person_id)
        unit = units.get(invitation.post.unit)
        if mine is None or mine[1].id != invitation.id or person is None or unit is None:
            continue
        if invitation.expires_at <= setup.turn.now:
            continue
        slip = CodeSlip(
            unit=setup.turn.unit_name(unit, with_parent=True),
            role=invitation.post.role,
            name=person.name,
            code=mine[0],
            expires_at=invitation.expires_at,
        )
        slips.append((_order(unit), slip))
    in_order = [slip for _, slip in sorted(slips, key=lambda one: one[0])]
    return code_sheet(in_order, origin, setup.turn.words, bots=_bots(setup)).encode()


def _bots(setup: SetupTurn) -> str:
    """One line about the bots through which the people of the slips may also join."""
    ways = ways_in(setup.turn.tx, setup.province.id)
    if ways.telegram is None and ways.zalo is None:
        return ""
    return setup.say(
        "workbooks.slip_bots",
        telegram=ways.telegram.name if ways.telegram else "",
        zalo=ways.zalo.name if ways.zalo else "",
    )


def _order(unit: Unit) -> tuple[str, str]:
    """By unit, so that the slips of one unit are next to each other."""
    return (unit.parent or "", unit.code)


def _people(setup: SetupTurn) -> bytes:
    # openpyxl takes a third of a second to load, and only a download needs it.
    from handlers.documents.people_out import people_template

    return people_template(setup.units(), setup.turn.words)


def _figures(setup: SetupTurn, figures: dict[str, str]) -> bytes:
    from handlers.documents.figures_out import figures_template

    draft = Draft(set_id=figures["set"], year=int(figures["year"]))
    requirements: tuple[Requirement, ...] = requirements_of(setup, draft.set_id)
    return figures_template(
        setup.units(),
        requirements,
        years_asked(setup, draft),
        setup.turn.words,
        kinds=kinds_of(setup, draft.set_id),
    )

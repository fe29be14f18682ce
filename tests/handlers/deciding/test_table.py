"""The table of subjects: each thing has one owner, and each subject can be found and asked for."""

import dataclasses

import pytest

from handlers.contract import Claim, Handover, Rank, Subject, Target
from handlers.deciding.not_owned import WHO
from handlers.deciding.table import SUBJECTS, TwoOwners, index, shipped
from handlers.ground.heard import Heard
from handlers.ground.menus import LONGEST, Menu, MenuKind, parse_menu
from handlers.subjects.setup import person
from handlers.understanding import channel_orders
from handlers.understanding.channel_orders import read_channel_order
from handlers.understanding.commands import PHRASES, Command
from handlers.understanding.deeds import DeedKind
from handlers.understanding.intents import Intent
from handlers.understanding.typed import typed
from locales import LOCALES, Words
from tests.owners.phrases import TEXTS
from tests.owners.readers import CODED

ASKING = (Intent.STATUS, Intent.WHY, Intent.MISSING, Intent.DATES, Intent.UNKNOWN)
"""The intents that `intent_of` finds in a question."""

BY_PATTERN = {
    Command.FIX: "with the number of a question",
    Command.HANDED_IN: "with a duty and a day",
    Command.STATUS: "of the main menu alone",
}
"""Commands that no fixed phrase gives, and what gives them."""

NOT_OF_A_SUBJECT = {
    MenuKind.MAIN: "built from the whole table",
    MenuKind.WHICH_MEANING: "asked where the table has a tie",
    MenuKind.DOOR: "answered before anybody is known",
    MenuKind.LOST: "the question did not arrive",
    MenuKind.UNCHANGED: "no menu of its own",
}


def test_every_command_has_an_owner() -> None:
    assert shipped().commands.keys() == set(Command)


def test_every_menu_has_an_owner_or_a_reason() -> None:
    assert set(MenuKind) - shipped().menus.keys() == NOT_OF_A_SUBJECT.keys()


def test_every_intent_of_a_question_has_an_owner() -> None:
    assert shipped().intents.keys() == set(ASKING)


def test_code_letters_are_capitals_with_one_owner_each() -> None:
    letters = "".join(subject.letters for subject in SUBJECTS)
    assert len(letters) == len(set(letters))
    assert letters.isupper()


def test_every_command_has_phrases_or_a_pattern_of_its_own() -> None:
    assert set(Command) - PHRASES.keys() == BY_PATTERN.keys()


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_what_a_subject_owns_comes_with_what_reads_it(subject: Subject) -> None:
    plain = Subject(name="plain")
    assert (subject.ordered is not plain.ordered) == bool(subject.commands)
    assert (subject.worded is not plain.worded) == bool(subject.verbs)
    assert (subject.asked is not plain.asked) == bool(subject.intents)
    if subject.coded is not plain.coded:
        assert subject.letters or subject.takes_one_time_codes


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_the_words_before_a_code_are_known_to_the_table_of_owners(subject: Subject) -> None:
    if subject.coded is Subject(name="plain").coded:
        return
    assert set(subject.letters.lower()) <= CODED.keys(), "write them into tests/owners/readers.py"


@pytest.mark.parametrize(
    "planted",
    [
        Subject(name="planted", letters="H"),
        Subject(name="planted", intents=frozenset({Intent.WHY})),
        dataclasses.replace(SUBJECTS[0], name="planted", menus={}),
        dataclasses.replace(SUBJECTS[0], name="planted", commands={}),
    ],
)
def test_two_owners_of_one_thing_are_refused(planted: Subject) -> None:
    with pytest.raises(TwoOwners, match=r"planted"):
        index((*SUBJECTS, planted))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("subject", [one.name for one in SUBJECTS])
def test_a_tie_can_name_every_subject(subject: str, locale: str) -> None:
    assert Words(locale).say("meaning.subject", subject=subject).strip()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", list(DeedKind))
def test_an_order_of_nobody_names_the_deed_and_who_does_it(kind: DeedKind, locale: str) -> None:
    words = Words(locale)
    assert words.say("not_owned.deed", kind=kind).strip()
    assert words.say("common.role", role=WHO[kind]).strip()


# Menus


@pytest.mark.parametrize("kind", [one for one in MenuKind if one is not MenuKind.UNCHANGED])
@pytest.mark.parametrize("place", [(), ("12",), ("12", "I.5.b", "choice", "0"), ("", "")])
def test_a_menu_is_read_back_as_it_was_written(kind: MenuKind, place: tuple[str, ...]) -> None:
    menu = Menu(kind, place)
    assert parse_menu(str(menu)) == menu


@pytest.mark.parametrize("text", [None, "", "x:1", "keep", "Q:1", "q" * (LONGEST + 1), "main "])
def test_a_text_that_names_no_menu_is_none(text: str | None) -> None:
    assert parse_menu(text) is None


def test_a_claim_and_a_handover_say_what_they_are() -> None:
    claim = Claim(rank=Rank.PHRASE, act=lambda _turn: Handover(to=Target.OFFER))
    assert (claim.beside, claim.yields) == (False, False)


@pytest.mark.parametrize("text", TEXTS)
def test_an_order_in_words_begins_with_a_first_word_of_its_subject(text: str) -> None:
    heard = Heard(text)
    if read_channel_order(text) is not None:
        assert heard.verb in channel_orders.VERBS
    given = typed(text).strip(" .!?")
    if person._WHO.match(heard.plain) or any(one.match(given) for one, _act in person._ORDERS):
        assert heard.verb in person.VERBS

"""The 64 bytes of a button, and the tap that they give back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.keyboard import (
    DATA_BYTES,
    MOST_BUTTONS,
    Keyboard,
    Place,
    keyboard_of,
    read_data,
)
from domain.cards import saying
from domain.messages import Choice, ChoiceKind, Outgoing, Tap

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
KEYS = st.sampled_from(["1", "2", "bỏ qua", "không áp dụng", "dùng số này"]) | WORDS
MENUS = st.sampled_from(["main", "q:12:I.5.b:last_year:3", "u:why:2024:2021:" + "29422," * 20])


def question(menu: str | None, *keys: str) -> Outgoing:
    """A message with these choices."""
    choices = tuple(
        Choice(key=key, label=key, kind=ChoiceKind.ANSWER if key.isdigit() else ChoiceKind.ACTION)
        for key in keys
    )
    return Outgoing(cards=saying("?"), menu=menu, choices=choices)


def data_of(outgoing: Outgoing) -> list[str]:
    """The data of the buttons, in order."""
    return [button.data for row in keyboard_of(outgoing).rows for button in row]


@given(st.none() | MENUS | WORDS, st.lists(KEYS, min_size=1, max_size=8, unique=True))
def test_every_button_fits_and_leads_back_to_its_menu_and_key(
    menu: str | None, keys: list[str]
) -> None:
    outgoing = question(menu, *keys)
    found = []
    for data in data_of(outgoing):
        assert 1 <= len(data.encode()) <= DATA_BYTES
        read = read_data(data, "7")
        if isinstance(read, Place):
            looked_up = read.among((question("other", "1"), outgoing))
            assert looked_up is not None
            found.append(looked_up)
        else:
            assert read is not None
            found.append((read.menu, read.choice))
    assert sorted(found) == sorted((menu or "", key) for key in keys)


def test_a_question_of_the_checklist_needs_nobody_to_remember_it() -> None:
    outgoing = question("q:123456:III.10.b:force_majeure:12", "1", "không áp dụng", "quay lại")
    taps = [read_data(data, None) for data in data_of(outgoing)]
    assert taps[1] == Tap(menu="q:123456:III.10.b:force_majeure:12", choice="không áp dụng")
    assert not any(isinstance(tap, Place) for tap in taps)


def test_the_same_menu_with_other_actions_is_another_keyboard() -> None:
    menu = "u:status:2024:2021:" + "29422," * 20
    before, after = question(menu, "1", "bỏ qua"), question(menu, "1", "giữ nguyên")
    place = read_data(data_of(before)[1], None)
    assert isinstance(place, Place)
    assert place.among((after, before)) == (menu, "bỏ qua")
    assert place.among((after,)) is None


def test_a_forgotten_message_is_an_old_button_of_its_kind() -> None:
    place = read_data(data_of(question("q:1:" + "x" * 80, "1"))[0], "9")
    assert isinstance(place, Place)
    assert place.forgotten("9") == Tap(menu="q:", choice="", message="9")


@given(st.text(max_size=80))
def test_foreign_data_is_no_button_or_a_harmless_one(data: str) -> None:
    assert isinstance(read_data(data, None), Tap | Place | None)


@given(st.lists(WORDS, max_size=150))
def test_a_keyboard_is_never_too_large(labels: list[str]) -> None:
    choices = tuple(Choice(key=str(at), label=label) for at, label in enumerate(labels, start=1))
    actions = (Choice(key="menu", label="menu", kind=ChoiceKind.ACTION),)
    keyboard = keyboard_of(Outgoing(cards=saying("?"), menu="m", choices=(*choices, *actions)))
    buttons = [button for row in keyboard.rows for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert all(len(row) <= 8 for row in keyboard.rows)
    assert buttons[-1].label == "menu"


def test_no_choices_no_keyboard() -> None:
    assert keyboard_of(Outgoing(cards=saying("x"))) == Keyboard()


def test_short_answers_stand_side_by_side_and_long_ones_alone() -> None:
    choices = tuple(
        Choice(key=str(at), label=label)
        for at, label in enumerate(("Có", "Chưa", "Có, văn bản mật: không ghi"), start=1)
    )
    rows = keyboard_of(Outgoing(cards=saying("?"), menu="m", choices=choices)).rows
    assert [[one.label for one in row] for row in rows] == [
        ["1. Có", "2. Chưa"],
        ["3. Có, văn bản mật: không ghi"],
    ]

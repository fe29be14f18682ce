"""The texts that Mỹ Long Bắc types and its stored answers."""

from domain.answers import Answer
from domain.units import Structure, UnitId
from tests.handlers.talking import Talk

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
TRA_VINH = UnitId(Structure.Y2021, "84")
FIRST = "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 mật"
SECOND = "1 có 2 có 3 có 4 đạt 5 đạt 6 đạt"
I1 = {"I.1.a", "I.1.b", "I.1.c", "I.1.d", "I.1.e"}
I2 = {f"I.2.{letter}" for letter in "abcdef"}


def saved(talk: Talk, handle: str = "can-bo") -> dict[str, Answer]:
    with talk.store.begin() as tx:
        person = tx.people.by_handle(handle)
        assert person is not None
        loaded = tx.assessments.load(MY_LONG_BAC, person.id)
        assert loaded is not None
        return dict(loaded.answers)


def start(talk: Talk) -> None:
    assert "Nội dung I.1" in talk.says("can-bo", "làm tiếp")

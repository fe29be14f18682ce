"""The output in a terminal."""

import io
import json
import os
import shutil

import pytest

from bot.channels.terminal import JsonTerminal, Terminal
from domain.cards import saying
from domain.messages import Choice, Outgoing, Recipe, RecipeKind
from scheduling.channel import Delivered, Recipient, Unknown

CAN_BO = Recipient(address="can-bo")
LONG = "một hai ba bốn năm sáu bảy tám chín mười"


class Screen(io.StringIO):
    """A terminal of twenty columns."""

    def isatty(self) -> bool:
        return True


class Gone(io.StringIO):
    """A pipe whose reader has closed."""

    def write(self, _text: str, /) -> int:
        raise BrokenPipeError


async def test_a_pipe_gets_whole_lines_and_an_empty_one_after_the_message() -> None:
    out = io.StringIO()
    assert await Terminal(out).send(CAN_BO, Outgoing(cards=saying(LONG)), 1) == Delivered()
    assert out.getvalue() == f"{LONG}\n\n"


async def test_a_screen_gets_lines_folded_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((20, 24)))
    out = Screen()
    await Terminal(out).send(CAN_BO, Outgoing(cards=saying(f"{LONG}\n1. Có")), 1)
    assert max(map(len, out.getvalue().split("\n"))) <= 20
    assert "\n1. Có\n\n" in out.getvalue()


async def test_a_reader_that_has_gone_leaves_the_message_unsent() -> None:
    terminal = Terminal(Gone())
    assert isinstance(await terminal.send(CAN_BO, Outgoing(cards=saying("x")), 1), Unknown)
    assert terminal.closed


async def test_json_is_one_line_with_choices_and_attachment_apart() -> None:
    out = io.StringIO()
    outgoing = Outgoing(
        cards=saying("Đã có chưa?\n(I.1.a)"),
        menu="q",
        choices=(Choice(key="1", label="Có"),),
        attachment=Recipe(kind=RecipeKind.STATUS_CARD, name="the.png", figures=(("Đạt", "3"),)),
    )
    await JsonTerminal(out).send(CAN_BO, outgoing, 1)
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue()) == {
        "text": "Đã có chưa?\n(I.1.a)",
        "choices": [{"key": "1", "label": "Có"}],
        "attachment": {
            "kind": "status_card",
            "name": "the.png",
            "figures": {"Đạt": "3"},
            "alternative": "",
        },
    }

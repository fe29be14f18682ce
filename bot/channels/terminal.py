"""The conversation in a terminal: the output for a person or a script."""

import json
import shutil
import textwrap
from typing import TextIO

from domain.channels import TERMINAL
from domain.messages import Outgoing
from scheduling.channel import (
    ONE_BOT,
    UNLIMITED,
    Abilities,
    Delivered,
    Delivery,
    Recipient,
    Unknown,
)

NAME = TERMINAL

TEXT_LIMIT = 4_000
"""Nobody scrolls back further in one message; a longer text is split into pieces."""


class Terminal:
    """Prints each message and an empty line; long lines are wrapped only on a screen."""

    name = NAME
    abilities = Abilities(buttons=False, edits=False, files=False, text_limit=TEXT_LIMIT)
    bots = ONE_BOT
    rates = UNLIMITED

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown: list[str] = []
        self.closed = False

    def taken(self) -> str:
        """The text shown since the last call, with an empty line between messages."""
        shown, self._shown = self._shown, []
        return "\n\n".join(shown)

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Print it. The outcome is unknown, and `closed` is set, if the reader closed the pipe."""
        return self._write(outgoing.text, self._folded(outgoing.text) + "\n\n")

    def _write(self, shown: str, text: str) -> Delivery:
        self._shown.append(shown)
        try:
            self._out.write(text)
            self._out.flush()
        except (BrokenPipeError, ValueError):
            self.closed = True
            return Unknown(error="the reader has closed")
        return Delivered()

    def _folded(self, text: str) -> str:
        if not self._out.isatty():
            return text
        width = shutil.get_terminal_size().columns
        return "\n".join(
            textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
            for line in text.split("\n")
        )


class JsonTerminal(Terminal):
    """One line of JSON per message, for programs: the choices are separate from the text."""

    abilities = Abilities(buttons=True, edits=False, files=True, text_limit=TEXT_LIMIT)

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Print it as {"text", "choices": [{"key", "label"}], "attachment"}."""
        line = json.dumps(as_json(outgoing), ensure_ascii=False)
        return self._write(line, f"{line}\n")


def as_json(outgoing: Outgoing) -> dict[str, object]:
    """The message as `--json` shows it."""
    recipe = outgoing.attachment
    return {
        "text": outgoing.text,
        "choices": [{"key": choice.key, "label": choice.label} for choice in outgoing.choices],
        "attachment": None
        if recipe is None
        else {
            "kind": recipe.kind.value,
            "name": recipe.name,
            "figures": dict(recipe.figures),
            "alternative": recipe.alternative,
        },
    }

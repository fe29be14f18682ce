"""The project's conversations, clicked and typed on a phone-sized page."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.transcript import read
from locales import Words
from storage import Store
from tests.channels.web.asking import posts
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.housed import open_house
from tests.conversations.test_on_every_channel import RED_PAGES
from tests.conversations.test_transcripts import TRANSCRIPTS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]


def _is_one_sitting(file: Path) -> bool:
    """The lines of one person, without commands to the player."""
    return not any(step.directive for step in read(file.read_text(encoding="utf-8")).steps)


SITTINGS = [file for file in TRANSCRIPTS if _is_one_sitting(file) and file.stem not in RED_PAGES]

IN_THE_SHORT_RUN = frozenset({"english", "khong_ap_dung", "van_ban_mat"})
"""A change of language, choices with figures, and a refused text. Every conversation runs over HTTP
in the short run or the long one, and test_browser.py tests the page with each kind of message.
"""

REPLIES = """
return [...document.querySelectorAll('.message.theirs')]
  .filter((one) => Number(one.dataset.id) > arguments[0])
  .map((one) => ({
    text: one.querySelector('.text')?.textContent ?? '',
    answers: [...one.querySelectorAll('.choices:not(.actions) .choice')].map(
      (choice) => [choice.dataset.key, choice.dataset.label]),
    actions: [...one.querySelectorAll('.actions .choice')].map((choice) => choice.dataset.key),
  }));
"""
LAST = "return Math.max(0, ...[...document.querySelectorAll('[data-id]')].map((m) => m.dataset.id))"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One message as the page shows it."""

    text: str
    answers: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]

    def as_text(self, words: Words) -> str:
        """As a terminal prints the same message."""
        lines = [self.text, *(f"{key}. {label}" for key, label in self.answers)]
        if self.actions:
            lines.append(words.say("delivery.actions", actions=list(self.actions)))
        return "\n".join(lines)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            file, id=file.stem, marks=[pytest.mark.long] * (file.stem not in IN_THE_SHORT_RUN)
        )
        for file in SITTINGS
    ],
)
def test_a_conversation_goes_in_the_browser_as_written(
    file: Path, demo_file: Path, open_chromium: Callable[[], Chromium]
) -> None:
    transcript = read(file.read_text(encoding="utf-8"))
    window = open_chromium()
    window.size(360, 740, phone=True)
    with (
        Store(str(demo_file)) as store,
        open_house(store, at=transcript.at, handle=transcript.person) as house,
    ):
        window.sign_in(house.link)
        for step in transcript.steps:
            if step.typed is None:
                continue
            last = _act(window, step.typed)
            # After a change of language the page loads again and is empty for a moment.
            with contextlib.suppress(AssertionError):
                window.until(partial(_shows, window, last, step.came_back))
            assert _shown(window, last) == step.came_back


def _act(window: Chromium, typed: str) -> int:
    """Press the choice that the line names, else type the line; returns the last message before."""
    last = int(window.run(LAST))
    window.until(lambda: not window.all("[aria-disabled]"))
    buttons = window.all(f".message:not(.spent) .choice[data-key='{typed}']")
    if buttons:
        buttons[-1].click()
    elif window.the("composer-closed").is_displayed():
        assert posts(window, typed) == 202  # at a red question the page itself takes taps only
    else:
        window.say(typed)
    window.until(lambda: bool(window.run(REPLIES, last)))
    return last


def _shows(window: Chromium, last: int, expected: str) -> bool:
    return _shown(window, last) == expected


def _shown(window: Chromium, last: int) -> str:
    """The replies after the message `last`, as a terminal prints them."""
    words = Words(str(window.run("return document.documentElement.lang")))
    replies = (
        Reply(
            text=one["text"],
            answers=tuple((key, label) for key, label in one["answers"]),
            actions=tuple(one["actions"]),
        )
        for one in window.run(REPLIES, last)
    )
    return "\n\n".join(reply.as_text(words) for reply in replies)

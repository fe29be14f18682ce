"""Every conversation of this folder, on every channel: the same words, in the channel's own
form.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.transcript import read
from domain.channels import traits_of
from handlers.ground.access import to_stranger
from handlers.ground.library import Library
from tests.conversations.far import Far, Medium, Telegram, Web, ZaloChat, same
from tests.conversations.player import Player
from tests.conversations.test_transcripts import TRANSCRIPTS

MEDIA: dict[str, type[Medium]] = {"telegram": Telegram, "zalo": ZaloChat, "web": Web}

STRANGERS = frozenset({"nguoi_la", "nguoi_la_go_chu_cai_dat", "vao_va_huy"})
"""On the web a stranger has no conversation, but a page that asks for the code."""


RED_PAGES = frozenset({"ca_muc", "ca_muc_den_het", "qua_mot_ngay"})
"""They answer pages with a red question in words, which the web does not take: it asks such
questions one by one, with buttons.
"""

LONGEST = frozenset(
    {
        "ca_muc",
        "chi_huy_xac_nhan",
        "go_kieu_khac",
        "hai_vai_tro",
        "lam_tiep_sau_khi_nghi",
        "phan_i_deu_dat",
        "quy_tac_khong_dat",
        "quy_uoc_va_hieu_luc",
    }
)
"""Half of the lines. A shorter conversation also covers each form that a channel gives to a
message, and the terminal runs these in the short suite.
"""


@dataclass(kw_only=True)
class FarPlayer(Player):
    """Runs a transcript on a channel instead of in a terminal."""

    medium: Medium
    _far: Far = field(init=False)
    _begun: bool = False

    def _arrive(self, handle: str) -> None:
        if not self._begun:
            self._begun = True
            self._far = Far(
                database=self.database,
                clock=self._clock,
                library=self.library,
                medium=self.medium,
            )
            self._runner.run(self._far.begin())
        self._address = self._far.arrive(handle)

    def _leave(self) -> None:
        if self._begun:
            self._runner.run(self._far.end())

    def _show(self, typed: str | None) -> str:
        self._far.library = self.library
        return self._runner.run(self._far.show(self._address, typed))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file, id=file.stem, marks=[pytest.mark.long] * (file.stem in LONGEST))
        for file in TRANSCRIPTS
    ],
)
@pytest.mark.parametrize("channel", MEDIA)
def test_a_conversation_goes_the_same_on_every_channel(
    file: Path, channel: str, demo_file: Path, library: Library
) -> None:
    if channel == "web" and file.stem in STRANGERS:
        pytest.skip("a stranger has no conversation on the web")
    if channel == "web" and file.stem in RED_PAGES:
        pytest.skip("the web takes no text at a page with a red question")
    written = read(file.read_text(encoding="utf-8"))
    player = FarPlayer(database=str(demo_file), library=library, medium=MEDIA[channel]())
    played = player.play(written)
    greeted = same(to_stranger(library).text)
    for wanted, came in zip(written.steps, played.steps, strict=True):
        expected, shown = same(wanted.came_back or ""), same(came.came_back or "")
        if traits_of(channel).few_messages and expected == greeted and not shown:
            # A message there costs money: the sentence is sent once a day.
            continue
        assert shown == expected, wanted
    assert replace(played, steps=written.steps) == written


def test_the_longest_conversations_are_there() -> None:
    assert {file.stem for file in TRANSCRIPTS} > LONGEST

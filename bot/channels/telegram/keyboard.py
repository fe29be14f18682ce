"""Buttons under a message: their layout, and the data that a tap sends back.

Telegram allows 64 bytes of data for a button. Nearly always menu and key fit, and nothing must be
stored. Otherwise the button contains a fingerprint of its keyboard and its index there: the
keyboard is then found among the sent messages, also after a restart.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.messages import Choice, ChoiceKind, Outgoing, Tap

DATA_BYTES: Final = 64
"""Of UTF-8, in `callback_data` (Bot API, InlineKeyboardButton)."""

MOST_BUTTONS: Final = 100
"""Telegram refuses a message with more than that."""

ROW_BUTTONS: Final = 4
"""Telegram shows eight, but a small phone cuts each to three letters."""

ROW_LETTERS: Final = 26
"""The row length that a small phone (360 points) shows without cutting."""

LONGEST_LABEL: Final = 36
"""A small phone cuts longer labels: the label becomes a text line and its button a number."""

_WHOLE, _PLACE = "=", "#"
_BAR = "|"
_PREFIX_BYTES: Final = 24
_FINGERPRINT: Final = 16
"""Letters of base64url: 96 bits, so that two keyboards of a chat never have the same one."""


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button: its label, and the data that a tap sends back."""

    label: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Keyboard:
    """Rows of buttons, and text lines for labels that are too long."""

    rows: tuple[tuple[Button, ...], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """A tap whose menu must be looked up: the button at `index` of the keyboard with this
    fingerprint. `prefix` is the beginning of its menu.
    """

    fingerprint: str
    index: int
    prefix: str

    def among(self, sent: Iterable[Outgoing]) -> tuple[str, str] | None:
        """(menu, key) of the button, if one of these messages is its message."""
        for outgoing in sent:
            choices = outgoing.choices
            if self.index < len(choices) and _fingerprint(outgoing) == self.fingerprint:
                return outgoing.menu or "", choices[self.index].key
        return None

    def forgotten(self, message: str | None) -> Tap:
        """The tap when its message is no longer known: an old button of that kind."""
        return Tap(menu=self.prefix, choice="", message=message)


def keyboard_of(outgoing: Outgoing) -> Keyboard:
    """The buttons of a message: short answers in rows, long ones one per line, side actions
    together at the end.
    """
    if not outgoing.choices:
        return Keyboard()
    places = list(enumerate(outgoing.choices))
    actions = [one for one in places if one[1].kind is ChoiceKind.ACTION][:MOST_BUTTONS]
    answers = [one for one in places if one[1].kind is ChoiceKind.ANSWER]
    answers = answers[: MOST_BUTTONS - len(actions)]
    labels = [_numbered(choice) for _, choice in answers]
    lines: tuple[str, ...] = ()
    if any(len(label) > LONGEST_LABEL for label in labels):
        lines, labels = tuple(labels), [choice.key for _, choice in answers]
    buttons = [
        Button(label=label, data=_data(outgoing, at))
        for label, (at, _) in zip(labels, answers, strict=True)
    ]
    words = [Button(label=choice.label, data=_data(outgoing, at)) for at, choice in actions]
    return Keyboard(rows=(*_rows(buttons), *_rows(words)), lines=lines)


def read_data(data: str, message: str | None) -> Tap | Place | None:
    """The data that a button sent back; None if the button is not ours."""
    kind, rest = data[:1], data[1:]
    if kind == _WHOLE:
        menu, bar, key = rest.rpartition(_BAR)
        return Tap(menu=menu, choice=key, message=message) if bar and key else None
    if kind == _PLACE:
        fingerprint, index, prefix = rest[:_FINGERPRINT], *rest[_FINGERPRINT:].partition(_BAR)[::2]
        if len(fingerprint) < _FINGERPRINT or not (index.isascii() and index.isdigit()):
            return None
        return Place(fingerprint=fingerprint, index=int(index), prefix=prefix)
    return None


def _numbered(choice: Choice) -> str:
    """With its number, which a person can type if a tap would come too late."""
    if not choice.key.isdecimal() or choice.key == choice.label:
        return choice.label
    return f"{choice.key}. {choice.label}"


def _data(outgoing: Outgoing, at: int) -> str:
    menu, key = outgoing.menu or "", outgoing.choices[at].key
    whole = f"{_WHOLE}{menu}{_BAR}{key}"
    if _fits(whole) and _BAR not in key and key == key.strip() and key:
        return whole
    # The part before the colon gives the menu's kind if the keyboard is no longer stored.
    head, colon, _ = menu.partition(":")
    prefix = head + colon if colon and _is_plain(head) else ""
    return f"{_PLACE}{_fingerprint(outgoing)}{at}{_BAR}{prefix}"


def _fits(data: str) -> bool:
    try:
        return len(data.encode()) <= DATA_BYTES and data.isprintable()
    except UnicodeEncodeError:
        return False


def _is_plain(head: str) -> bool:
    return head.isascii() and head.isalnum() and len(head) < _PREFIX_BYTES


def _fingerprint(outgoing: Outgoing) -> str:
    # The keys are included: the same menu may have other side actions later.
    names = (outgoing.menu or "", *(choice.key for choice in outgoing.choices))
    digest = hashlib.sha256("\0".join(names).encode(errors="surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest)[:_FINGERPRINT].decode()


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    rows: list[list[Button]] = []
    for button in buttons:
        row = rows[-1] if rows else None
        letters = sum(len(one.label) + 2 for one in (*(row or ()), button))
        if row is None or len(row) >= ROW_BUTTONS or letters > ROW_LETTERS:
            rows.append([button])
        else:
            row.append(button)
    return tuple(map(tuple, rows))

"""Buttons under a message: how they lie, and what a tap on one brings back.

Telegram gives 64 bytes to what a button brings. Menu and key themselves fit nearly always and
need nobody to remember them. Where they do not, the button carries a fingerprint of its
keyboard and its place there: the keyboard is found again among the messages sent, also after
a restart.
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
"""More than that Telegram refuses with the whole message."""

ROW_BUTTONS: Final = 4
"""Telegram shows eight, on a small phone cut to three letters each."""

ROW_LETTERS: Final = 26
"""What a row of a small phone (360 points) shows without cutting."""

LONGEST_LABEL: Final = 36
"""A longer label is cut on a small phone: it becomes a line of the text, its button a number."""

_WHOLE, _PLACE = "=", "#"
_BAR = "|"
_PREFIX_BYTES: Final = 24
_FINGERPRINT: Final = 16
"""Letters of base64url: 96 bits, so that no two keyboards of a chat are ever alike."""


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button: what it shows, and what a tap on it brings back."""

    label: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Keyboard:
    """Rows of buttons, and lines of text for labels that would be cut."""

    rows: tuple[tuple[Button, ...], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """A tap whose menu has to be looked up: the button at `index` of the keyboard with this
    fingerprint. `prefix` is how its menu begins."""

    fingerprint: str
    index: int
    prefix: str

    def among(self, sent: Iterable[Outgoing]) -> tuple[str, str] | None:
        """(menu, key) of the button, where its message is one of these."""
        for outgoing in sent:
            choices = outgoing.choices
            if self.index < len(choices) and _fingerprint(outgoing) == self.fingerprint:
                return outgoing.menu or "", choices[self.index].key
        return None

    def forgotten(self, message: str | None) -> Tap:
        """The tap when nobody knows the message any more: an old button of that kind."""
        return Tap(menu=self.prefix, choice="", message=message)


def keyboard_of(outgoing: Outgoing) -> Keyboard:
    """The buttons of a message: short answers side by side, long ones one below the other,
    side actions together at the end."""
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
    """What a button brought back; None for what is no button of ours."""
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
    """With its number: what is typed when a tap would come too late."""
    if not choice.key.isdecimal() or choice.key == choice.label:
        return choice.label
    return f"{choice.key}. {choice.label}"


def _data(outgoing: Outgoing, at: int) -> str:
    menu, key = outgoing.menu or "", outgoing.choices[at].key
    whole = f"{_WHOLE}{menu}{_BAR}{key}"
    if _fits(whole) and _BAR not in key and key == key.strip() and key:
        return whole
    # The part before the colon says of what kind the menu was, should it be forgotten.
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
    # With the keys: the same menu may be shown with other side actions later.
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

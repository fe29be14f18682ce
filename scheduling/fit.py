"""The only place where a message is cut to what its channel can show."""

from collections.abc import Iterator
from dataclasses import replace

from domain.card_text import folded
from domain.cards import Cards, saying
from domain.messages import Choice, ChoiceKind, Outgoing
from domain.text_pieces import pieces_of, units
from locales import Words
from scheduling.channel import Abilities


def fit(
    outgoing: Outgoing, abilities: Abilities, words: Words, *, origin: str | None = None
) -> tuple[Outgoing, ...]:
    """The message as the channel shows it, in as many pieces as the length limit needs.

    A channel that only tells says that something waits at `origin`, the address of the web chat,
    and does not say what. Without buttons the choices become text: answers as numbered lines, side
    actions as one line of words. On a channel with few messages, rows that fold are left out before
    a second piece is made. Buttons and an attachment belong to the last piece, an edit to the
    first.
    """
    if abilities.only_tells:
        return (Outgoing(cards=saying(words.say("delivery.only_tells", origin=origin))),)
    below = _joined(*_below(outgoing, abilities, words))
    cards = outgoing.cards
    if abilities.few_messages:
        room = abilities.text_limit - (units(below) + 1 if below else 0)
        cards = _folded(cards, room, words)
    shown = replace(outgoing, cards=cards)
    pieces = tuple(pieces_of(_joined(shown.text, below), abilities.text_limit))
    last = len(pieces) - 1
    return tuple(
        replace(
            outgoing,
            cards=cards if piece == shown.text else saying(piece),
            choices=outgoing.choices if abilities.buttons and index == last else (),
            attachment=outgoing.attachment if abilities.files and index == last else None,
            replaces=outgoing.replaces if abilities.edits and index == 0 else None,
        )
        for index, piece in enumerate(pieces)
    )


def _folded(cards: Cards, room: int, words: Words) -> Cards:
    return folded(
        cards, room, lambda count, word: words.say("delivery.left_out", count=count, word=word)
    )


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _below(outgoing: Outgoing, abilities: Abilities, words: Words) -> Iterator[str]:
    """The text below the cards: the alternative text of an attachment and the choices."""
    if outgoing.attachment is not None and not abilities.files:
        yield outgoing.attachment.alternative
    if not abilities.buttons:
        yield from _choices_as_text(outgoing.choices, words)


def _choices_as_text(choices: tuple[Choice, ...], words: Words) -> Iterator[str]:
    for choice in choices:
        if choice.kind is ChoiceKind.ANSWER:
            yield f"{choice.key}. {choice.label}"
    actions = [choice.key for choice in choices if choice.kind is ChoiceKind.ACTION]
    if actions:
        yield words.say("delivery.actions", actions=actions)

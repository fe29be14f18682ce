"""The one place where a message is cut down to what its channel can show."""

from collections.abc import Iterator
from dataclasses import replace

from domain.messages import Choice, ChoiceKind, Outgoing
from locales import Words
from scheduling.channel import Abilities


def fit(
    outgoing: Outgoing, abilities: Abilities, words: Words, *, origin: str | None = None
) -> tuple[Outgoing, ...]:
    """The message as the channel shows it, in as many pieces as its length limit makes.

    A channel that only tells says that something waits at `origin`, the address of the web
    chat, and nothing of what it is. Without buttons the choices become text: answers as
    numbered lines, side actions as one line of words. Buttons and an attachment hang on the
    last piece, an edit on the first.
    """
    if abilities.only_tells:
        return (Outgoing(text=words.say("delivery.only_tells", origin=origin)),)
    text = outgoing.text
    if outgoing.attachment is not None and not abilities.files:
        text = _joined(text, outgoing.attachment.alternative)
    if not abilities.buttons:
        text = _joined(text, *_choices_as_text(outgoing.choices, words))
    pieces = tuple(_split(text, abilities.text_limit))
    last = len(pieces) - 1
    return tuple(
        replace(
            outgoing,
            text=piece,
            choices=outgoing.choices if abilities.buttons and index == last else (),
            attachment=outgoing.attachment if abilities.files and index == last else None,
            replaces=outgoing.replaces if abilities.edits and index == 0 else None,
        )
        for index, piece in enumerate(pieces)
    )


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _choices_as_text(choices: tuple[Choice, ...], words: Words) -> Iterator[str]:
    for choice in choices:
        if choice.kind is ChoiceKind.ANSWER:
            yield f"{choice.key}. {choice.label}"
    actions = [choice.key for choice in choices if choice.kind is ChoiceKind.ACTION]
    if actions:
        yield words.say("delivery.actions", actions=actions)


def _split(text: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` UTF-16 units, broken at line ends, else spaces, else anywhere."""
    piece = ""
    for line in text.split("\n"):
        for part in _short_lines(line, limit):
            whole = f"{piece}\n{part}" if piece else part
            if _units(whole) <= limit:
                piece = whole
            else:
                yield piece
                piece = part
    yield piece


def _short_lines(line: str, limit: int) -> Iterator[str]:
    while _units(line) > limit:
        end = _fitting(line, limit)
        space = line.rfind(" ", 0, end + 1)
        cut = space if space > 0 else end
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    yield line


def _fitting(line: str, limit: int) -> int:
    """How many characters of the line fill at most `limit` units; at least one."""
    units = 0
    for index, character in enumerate(line):
        units += _units(character)
        if units > limit:
            return max(index, 1)
    return len(line)


def _units(text: str) -> int:
    """Length in UTF-16 units: characters beyond the first plane count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""Messages of every channel in one form, for comparison."""

import re

from locales import Words


def numbered(text: str, buttons: list[tuple[str, str]], words: Words) -> str:
    """A message as a terminal shows it: `buttons` are (key, label), no key for a side action."""
    lines = [text, *(f"{key}. {label}" for key, label in buttons if key)]
    actions = [label for key, label in buttons if not key]
    if actions:
        lines.append(words.say("delivery.actions", actions=actions))
    return "\n".join(lines)


def same(shown: str) -> str:
    """Without what differs by channel: the splitting of long messages, the channel's name, and how
    a message is withdrawn.
    """
    shown = shown.replace("; đồng chí xóa hoặc thu hồi tin đó", "")
    return re.sub(r"\(kênh [^)]+\)", "(kênh …)", re.sub(r"\n\s*\n+", "\n", shown)).strip()

"""Refusals of the Bot API for a message, before it looks at the chat."""

from typing import Any

from tests.telegram_server.reading import BadParameter, Call

TEXT_UNITS, CAPTION_UNITS = 4_096, 1_024
DATA_BYTES = 64
MOST_BUTTONS, MOST_IN_A_ROW = 100, 8


def text_of(call: Call) -> str:
    """The text of a message. Other emulators disagree whether the 4,096 are characters or UTF-16
    units; this server uses the stricter limit.
    """
    text = call.text("text").strip()
    if not text:
        raise BadParameter("message text is empty")
    if units(text) > TEXT_UNITS:
        raise BadParameter("message is too long")
    _parsed(call, text)
    return text


def caption_of(call: Call) -> str:
    """The text below a file."""
    caption = call.text("caption").strip()
    if units(caption) > CAPTION_UNITS:
        raise BadParameter("message caption is too long")
    return caption


def keyboard_of(call: Call) -> list[list[dict[str, Any]]]:
    """The rows of inline buttons."""
    markup = call.table("reply_markup")
    if markup is None:
        return []
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        raise BadParameter("object expected as reply markup")
    rows: list[list[dict[str, Any]]] = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise BadParameter("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        if not str(button.get("text") or "").strip():
            raise BadParameter("BUTTON_TEXT_EMPTY")
        if not 1 <= len(str(button.get("callback_data", "")).encode()) <= DATA_BYTES:
            raise BadParameter("BUTTON_DATA_INVALID")
    return [row for row in rows if row]


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parsed(call: Call, text: str) -> None:
    """HTML is not parsed here; this checks only the most frequent error: a sign that should have
    been escaped.
    """
    if call.text("parse_mode").upper() != "HTML":
        return
    opened = text.find("<")
    if opened >= 0 and text.find(">", opened) < 0:
        raise BadParameter(f"can't parse entities: Unclosed start tag at byte offset {opened}")

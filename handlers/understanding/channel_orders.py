"""Orders about one's own channels: "nhắc tôi qua Zalo", "bỏ kênh web"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.channels import CHANNELS, MAIL
from handlers.understanding.text import plain
from handlers.understanding.typed import typed

ADDRESS_LIMIT = 254
"""Characters of a mail address: the limit of SMTP (RFC 5321, 4.5.3.1.3)."""


class ChannelAct(StrEnum):
    """What to do with a channel."""

    ADD = "add"
    PREFER = "prefer"
    DROP = "drop"
    MAIL = "mail"


@dataclass(frozen=True, kw_only=True)
class ChannelOrder:
    """`channel` is its word in addresses; `mail` is the address as typed."""

    act: ChannelAct
    channel: str | None = None
    mail: str | None = None


_BY_NAME = {name: one.word for one in CHANNELS.values() for name in one.names}
_ANY = "(?P<channel>" + "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True)) + ")"
_POLITE = r"(?: (?:nhe|nha|a|di|cho toi|giup))*"
_CHANNEL = rf"(?: (?:kenh|channel))? {_ANY}{_POLITE}"

_ADD = re.compile(rf"^(?:them|noi|lien ket|ket noi|dung them|add|link|connect){_CHANNEL}$")
_PREFER = re.compile(
    r"^(?:nhac|bao|gui|nhan|remind|notify|tell)(?: (?:toi|viec|nhac|tin|me|me first))*"
    rf" (?:qua|bang|vao|ve|o|tren|on|by|via|through){_CHANNEL}$"
)
_DROP = re.compile(rf"^(?:bo|huy|ngat|go|xoa|thoi dung|remove|drop|unlink){_CHANNEL}$")
DROPPING = frozenset(
    f"{verb}{noun}"
    for verb in ("huy", "huy bo", "bo", "ngat", "undo", "remove", "drop")
    for noun in ("", " kenh", " channel")
)
"""The words before the code of a channel to remove ("bỏ kênh K3")."""

VERBS = frozenset(
    [
        "them",
        "noi",
        "lien",
        "ket",
        "dung",
        "add",
        "link",
        "connect",
        "nhac",
        "bao",
        "gui",
        "nhan",
        "remind",
        "notify",
        "tell",
        "bo",
        "huy",
        "ngat",
        "go",
        "xoa",
        "thoi",
        "remove",
        "drop",
        "unlink",
        "thu",
        "hop",
        "email",
        "mail",
        "e",
    ]
)
"""The first words of all orders about channels, without diacritics."""

_MAIL = re.compile(
    r"^(?:(?:thêm|nối|them|noi|add|link)\s+)?"
    r"(?:hộp thư|hop thu|thư điện tử|thu dien tu|thư|thu|e-?mail|mail)\s*:?\s+(?P<mail>[^@]*@.*)$",
    re.IGNORECASE,
)
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?=.{{3,{ADDRESS_LIMIT}}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+[a-z]{{2,63}}"
)


def read_channel_order(text: str) -> ChannelOrder | None:
    """The order, if the whole text is one, or None."""
    told = typed(text).strip(" !?")
    said = plain(told).strip(" .!?/")
    for pattern, act in (
        (_ADD, ChannelAct.ADD),
        (_PREFER, ChannelAct.PREFER),
        (_DROP, ChannelAct.DROP),
    ):
        if found := pattern.match(said):
            return ChannelOrder(act=act, channel=_BY_NAME[found["channel"]])
    if found := _MAIL.match(told):
        return ChannelOrder(act=ChannelAct.MAIL, channel=MAIL, mail=found["mail"].rstrip(".,;"))
    return None


def mail_address(text: str) -> str | None:
    """The address in lower case, as it is stored; None if we cannot write to it.

    ASCII only: mail servers here are not known to accept other letters, and letters that look like
    Latin ones are used to deceive people.
    """
    small = text.strip().lower()
    return small if _ADDRESS.fullmatch(small) else None

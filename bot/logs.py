"""Logs one JSON object a line, without tokens, codes and telephone numbers."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, unquote

from bot.settings import Settings

STANDARD_ERROR = "-"
LOGGER = "antt"

_NAMED = (
    # Forty characters before it are enough for every header; more would cost time.
    re.compile(
        r"(?i)\b(bearer|[a-z_-]{0,40}(?:token|secret|password|code))"
        r"(['\"]?\s*[=:]\s*['\"]?|\s+)[^\s'\",}]+"
    ),
    r"\1\2[…]",
)
"""The value after the name of a secret."""

_SCRUBBED = (
    # A token is part of URLs, so exceptions of HTTP clients contain it too; Telegram's have 35
    # letters, Zalo's any number. A match without a letter is a unit's id or a time of day.
    (
        re.compile(r"(?<!\d)\d{5,20}(?::|%3[Aa])(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{3,}"),
        "[token]",
    ),
    (re.compile(r"/bot[^\s/?#'\"]{3,}(?=/)"), "/bot[token]"),
    (re.compile(r"(?i)(/join[/#]|[?&](?:start|code)=|/start\s+)[^\s&'\"]+"), r"\1[code]"),
    _NAMED,
    # One-time codes in the form that we issue (BCGHK-LMN23, once ABCDE-FGH67) and in the form that
    # people type. Ten small letters without a vowel or with a digit are no word.
    (re.compile(r"(?i)(?<![\w-])[A-Z2-79]{5}-[A-Z2-79]{5}(?![\w-])"), "[code]"),
    (
        re.compile(
            r"(?<![\w-])(?:[A-Z2-79]{5} ?[A-Z2-79]{5}"
            r"|(?:(?=[a-z]*[2-79])|(?![a-z2-79]*[aeiouy]))[a-z2-79]{10})(?![\w-])"
        ),
        "[code]",
    ),
    (re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,4}\b"), "[code]"),
    (re.compile(r"(?<!\w)\d(?:[ .-]?\d){11}(?!\w)"), "[id]"),
    (re.compile(r"(?<![\w.])(?:\+?84|0)(?:[\s.-]?\d){9,10}(?!\w)"), "[phone]"),
    (re.compile(r"(?<=://)[^\s/@:]+:[^\s/@]+@"), "[login]@"),
)

_SHORTEST_SECRET = 4
"""A shorter secret is part of many ordinary words, and protects nothing anyway."""

_configured: tuple[str, ...] = ()
"""This installation's secrets, which the log must not contain in any form; longer ones first."""

_started: list[logging.Handler] = []
"""The handlers of this process."""

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def scrub(text: str) -> str:
    """The text without anything that a log must not contain: this installation's secrets, and text
    that looks like a token, a code, a telephone number or an identity number.
    """
    return _without(text, _SCRUBBED)


def scrub_advice(text: str) -> str:
    """The same for a sentence of our own about a setting, in which the words after "token" or
    "secret" are advice: "needs a secret of 16 letters".
    """
    return _without(text, [one for one in _SCRUBBED if one is not _NAMED])


def _without(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for secret in _configured:
        text = text.replace(secret, "[secret]")
    for pattern, mark in patterns:
        text = pattern.sub(mark, text)
    return text


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret in the settings, also as part of a URL; longer ones first."""
    _, _, after_colon = settings.telegram_token.partition(":")
    _, _, login = settings.database.partition("://")
    password = login.rpartition("@")[0].partition(":")[2]
    found = {
        settings.telegram_token,
        after_colon,
        settings.telegram_secret,
        settings.zalo_secret,
        settings.mail_password,
        password,
    }
    for bot in settings.zalo_bots.split(","):
        name, equals, token = bot.partition("=")
        # Without a name the whole entry may be a token.
        found |= {token.strip(), token.partition(":")[2].strip()} if equals else {name.strip()}
    found = {one.strip() for one in found}
    found |= {quote(one, safe="") for one in found} | {unquote(one) for one in found}
    return tuple(sorted((one for one in found if len(one) >= _SHORTEST_SECRET), key=len)[::-1])


class _Line(logging.Formatter):
    """A record as one line of JSON: time, level, message, the extra fields, a traceback.

    Of a library's record only its name and its message template, without the arguments: these may
    contain URLs with tokens and texts of people, which were not screened.
    """

    def format(self, record: logging.LogRecord) -> str:
        is_ours = _is_ours(record)
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "said": scrub(record.getMessage() if is_ours else str(record.msg)),
        }
        beside = vars(record) if is_ours else {"library": record.name}
        for key, value in beside.items():
            if key not in _OWN:
                line[key] = _scrubbed(value)
        if record.exc_info:
            line["traceback"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _scrubbed(value: object) -> object:
    """A number stays one unless it may be a person's telephone or identity number."""
    text = scrub(str(value))
    return value if isinstance(value, int | float | None) and text == str(value) else text


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == LOGGER


def _is_wanted(record: logging.LogRecord) -> bool:
    """Our records as the settings say; records of libraries only from warning level on."""
    return _is_ours(record) or record.levelno >= logging.WARNING


class _Stderr(logging.StreamHandler[TextIO]):
    """Standard error. If it cannot be written, there is no other place to report that."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Does nothing: Python would print the record unscrubbed."""


class _Quiet(logging.FileHandler):
    """A log file that is created at the first record and fails silently: a full disk must not show
    an officer a traceback.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Report in one line that the log cannot be written."""
        print(f"log {self.baseFilename}: cannot be written ({record.name})", file=sys.stderr)  # noqa: T201


def start(settings: Settings) -> None:
    """Write the log of this process where the settings say. Calling again replaces it.

    Records of libraries are included from warning level on. Without a handler, Python would write
    them to standard error, unscrubbed.
    """
    global _configured
    stop()
    _configured = secrets_of(settings)
    is_stderr = settings.log == STANDARD_ERROR
    handler = _Stderr(sys.stderr) if is_stderr else _Quiet(Path(settings.log))
    handler.setFormatter(_Line())
    handler.addFilter(_is_wanted)
    logger = logging.getLogger(LOGGER)
    logger.setLevel(settings.log_level.upper())
    logger.propagate = False
    for one in (logger, logging.getLogger()):
        one.addHandler(handler)
    _started.append(handler)


def stop() -> None:
    """Stop logging; the file is closed."""
    global _configured
    _configured = ()
    logger = logging.getLogger(LOGGER)
    while _started:
        handler = _started.pop()
        for one in (logger, logging.getLogger()):
            one.removeHandler(handler)
        handler.close()
    logger.propagate = True


def where(settings: Settings) -> str:
    """The place of the log, for the sentence that reports a bug."""
    return "stderr" if settings.log == STANDARD_ERROR else settings.log

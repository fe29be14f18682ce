"""One JSON object a line, without tokens, codes and telephone numbers."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings

STANDARD_ERROR = "-"
LOGGER = "antt"

_SCRUBBED = (
    # A Telegram token travels inside URLs, so also inside exceptions of HTTP clients.
    (re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}"), "[token]"),
    (re.compile(r"(?i)\b(bearer|token|secret|password|code)(\s*[=:]\s*|\s+)\S+"), r"\1\2[…]"),
    (re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,4}\b"), "[code]"),
    (re.compile(r"(?<![\w.])(?:\+?84|0)(?:[\s.-]?\d){9,10}(?!\w)"), "[phone]"),
    (re.compile(r"(?<!\w)\d{12}(?!\w)"), "[id]"),
    (re.compile(r"(?<=://)[^\s/@:]+:[^\s/@]+@"), "[login]@"),
)

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def scrub(text: str) -> str:
    """The text without what must never reach a log."""
    for pattern, mark in _SCRUBBED:
        text = pattern.sub(mark, text)
    return text


class _Line(logging.Formatter):
    """A record as one line of JSON: moment, level, words, the extra fields, a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "said": scrub(record.getMessage()),
        }
        for key, value in vars(record).items():
            if key not in _OWN:
                line[key] = value if isinstance(value, int | float | None) else scrub(str(value))
        if record.exc_info:
            line["traceback"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class _Quiet(logging.FileHandler):
    """A log file that is made when there is something to write, and fails without a noise:
    a full disk must not answer an officer with a traceback."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Say in one line that the log cannot be written."""
        print(f"log {self.baseFilename}: cannot be written ({record.name})", file=sys.stderr)  # noqa: T201


def start(settings: Settings) -> None:
    """Send what this process logs where the settings say. Calling again replaces it."""
    handler: logging.Handler
    if settings.log == STANDARD_ERROR:
        handler = logging.StreamHandler(sys.stderr)
    else:
        handler = _Quiet(Path(settings.log))
    handler.setFormatter(_Line())
    stop()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(settings.log_level.upper())
    # Ours are complete: libraries' records would bring texts that nobody screened.
    logger.propagate = False


def stop() -> None:
    """Log nowhere any more; the file is closed."""
    logger = logging.getLogger(LOGGER)
    for old in tuple(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.propagate = True


def where(settings: Settings) -> str:
    """Where to look, for the sentence that says sorry."""
    return "stderr" if settings.log == STANDARD_ERROR else settings.log

"""Conversations as text that a customer can read and a test can replay.

    # What it shows
    as: can-bo
    at: 2024-11-20 08:00

    > what the person types
    what comes back

    ! tick 2027-06-10 07:30

Below the header, a line that begins with ">" is typed by the person, one with "!" is a command to
the player, one with "#" is a comment; all other lines are replies. A reply that begins with one of
these signs has a backslash before it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TextIO

from domain.deadlines import VIETNAM

_SIGNS = (">", "!", "#", "\\")
_HEADER = re.compile(r"(?P<key>as|at): *(?P<value>.*)")


class TranscriptError(ValueError):
    """A file is not a transcript; the text says where and why."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of input with its replies. `line` is as written: "> 1", "! restart", "# …"."""

    line: str
    came_back: str = ""

    @property
    def typed(self) -> str | None:
        """The text that the person types here, or None for another kind of line."""
        return self.line[1:].strip() if self.line.startswith(">") else None

    @property
    def directive(self) -> tuple[str, str] | None:
        """The word and the rest of a command to the player, or None."""
        if not self.line.startswith("!"):
            return None
        word, _, rest = self.line[1:].strip().partition(" ")
        return word, rest.strip()


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """A conversation of `person` (short name) that begins at `at` (aware)."""

    title: str
    person: str
    at: datetime
    steps: tuple[Step, ...] = ()


def local_moment(text: str) -> datetime:
    """A moment of a transcript, in Viet Nam's time. Raises `TranscriptError`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise TranscriptError(f"{text!r} is no moment: write 2024-11-20 08:00") from None
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def read(text: str) -> Transcript:
    """A transcript from its text. Raises `TranscriptError`."""
    lines = text.splitlines()
    title = lines[0].removeprefix("#").strip() if lines and lines[0].startswith("#") else ""
    header, end = {}, 1
    while end < len(lines) and (found := _HEADER.fullmatch(lines[end])):
        header[found["key"]] = found["value"].strip()
        end += 1
    if not title or set(header) != {"as", "at"}:
        raise TranscriptError("begin with the lines '# title', 'as: person', 'at: moment'")
    return Transcript(
        title=title,
        person=header["as"],
        at=local_moment(header["at"]),
        steps=tuple(_steps(lines[end:])),
    )


def _steps(lines: Iterable[str]) -> Iterator[Step]:
    step, came_back = None, list[str]()
    for line in lines:
        if line.startswith(_SIGNS[:3]):
            if step is not None:
                yield replace(step, came_back=_unquoted(came_back))
            step, came_back = Step(line=line.rstrip()), []
        elif step is not None:
            came_back.append(line)
        elif line.strip():
            raise TranscriptError(f"{line!r} comes back before anything was typed")
    if step is not None:
        yield replace(step, came_back=_unquoted(came_back))


def written(transcript: Transcript) -> str:
    """The text of a transcript; the inverse of `read`."""
    at = transcript.at.astimezone(VIETNAM)
    parts = [f"# {transcript.title}\nas: {transcript.person}\nat: {at:%Y-%m-%d %H:%M}\n\n"]
    parts += [written_step(step) for step in transcript.steps]
    return "".join(parts).rstrip("\n") + "\n"


def written_step(step: Step) -> str:
    """One step with the empty line after it; a comment has none and belongs to the next step."""
    came_back = f"{_quoted(step.came_back)}\n" if step.came_back else ""
    return f"{step.line}\n{came_back}" + ("" if step.line.startswith("#") else "\n")


def _quoted(text: str) -> str:
    lines = (line.rstrip() for line in text.split("\n"))
    return "\n".join(f"\\{line}" if line.startswith(_SIGNS) else line for line in lines)


def _unquoted(lines: Iterable[str]) -> str:
    return "\n".join(line.removeprefix("\\").rstrip() for line in lines).strip("\n")


class Recorder:
    """Writes a transcript during the conversation, so that an end at any point keeps it."""

    def __init__(self, out: TextIO, *, title: str, person: str, at: datetime) -> None:
        self._out = out
        self._put(written(Transcript(title=title, person=person, at=at)) + "\n")

    def step(self, line: str, came_back: str) -> None:
        """Add one step."""
        came_back = _unquoted(_quoted(came_back).split("\n"))
        self._put(written_step(Step(line=line, came_back=came_back)))

    def _put(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

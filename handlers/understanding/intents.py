"""What a text is about; part of the answer of `antt ask`."""

from enum import StrEnum


class Intent(StrEnum):
    """One word for each subject that a reply can be about."""

    MENU = "menu"
    CHECKLIST = "checklist"
    RESULT = "result"
    STATUS = "status"
    WHY = "why"
    MISSING = "missing"
    DATES = "dates"
    HAND_IN = "hand_in"
    HELP = "help"
    LANGUAGE = "language"
    ACCESS = "access"
    SUBMIT = "submit"
    POSTS = "posts"
    SETUP = "setup"
    CHANNELS = "channels"
    NOT_DONE = "refuse"
    """An order that the program cannot carry out, or the person may not give."""
    REFUSED = "refused"
    """A text that is refused and not stored."""
    UNKNOWN = "unknown"

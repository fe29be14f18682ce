"""What a text is about; part of the answer of `antt ask`."""

from enum import StrEnum


class Intent(StrEnum):
    """One word for each thing that a reply can be about."""

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
    """An order that nobody here may or can carry out."""
    REFUSED = "refused"
    """A text that is not taken and kept nowhere."""
    UNKNOWN = "unknown"

"""Why a text, or a part of it, is not stored but asked about."""

from enum import StrEnum


class Reason(StrEnum):
    """What the person is told when he is asked again."""

    NOT_READABLE = "not_readable"
    """No answer to this question is in the text."""
    AMBIGUOUS = "ambiguous"
    """Two readings are possible, or the text is only half an answer."""
    CONTRADICTION = "contradiction"
    """Two answers without a word of correction, or a part larger than its whole."""
    TOO_MANY = "too_many"
    """More documents or figures than the question takes."""
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    UNCLEAR_YEAR = "unclear_year"
    """A day that may lie in several years."""
    PERCENT_ONLY = "percent_only"
    """A per cent where two figures are asked."""
    OUTLIER = "outlier"
    """A figure far from the figure that is known."""
    MAYBE_SECRET = "maybe_secret"  # noqa: S105  no password
    """It may be a secret document, or tell of one."""
    PERSON_OR_CASE = "person_or_case"
    """It may name a person or tell of a case."""

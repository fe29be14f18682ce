"""Sentences are Jinja2 macros: `say("checklist.saved", ...)` calls macro `saved` of checklist.j2.

Macros and not whole templates, because a macro declares its arguments: a program can compare what a
sentence needs in each language (tests/locales).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2 import TemplateNotFound as _TemplateNotFound
from jinja2.runtime import Macro

LOCALES = ("vi", "en")

_HOME = Path(__file__).parent
_VIETNAM = timezone(timedelta(hours=7))
_LEADING_ZERO_BELOW = 10
_THOUSAND = 1_000


class NoSuchSentence(KeyError):
    """No file of this language has the requested sentence."""


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """hh:mm, dd/mm/yyyy, in Viet Nam; `value` must be aware."""
    return f"{value.astimezone(_VIETNAM):%H:%M, %d/%m/%Y}"


def count_vi(value: int) -> str:
    """As reports write it: 0, 05, 12, 1.234."""
    if 0 < value < _LEADING_ZERO_BELOW:
        return f"0{value}"
    return f"{value:,}".replace(",", ".")


def count_en(value: int) -> str:
    """0, 5, 12, 1,234."""
    return f"{value:,}"


def percent_vi(hundredths: int) -> str:
    """Hundredths of a per cent without the sign: 9250 is "92,5"."""
    return percent_en(hundredths).replace(".", ",")


def percent_en(hundredths: int) -> str:
    """Hundredths of a per cent without the sign: 9250 is "92.5"."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def change(last: int, this: int) -> str:
    """The change from `last` (not 0) to `this` in percent, cut (not rounded) to one decimal.

    Cut, because 4.96 must not appear as 5.0, which would pass.
    """
    tenths = abs(this - last) * _THOUSAND // last
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else f"{whole}"


def _change_vi(last: int, this: int) -> str:
    return change(last, this).replace(".", ",")


_FILTERS: dict[str, dict[str, Callable[..., str]]] = {
    "vi": {"day": day, "moment": moment, "count": count_vi, "percent": percent_vi},
    "en": {"day": day, "moment": moment, "count": count_en, "percent": percent_en},
}


class Words:
    """The sentences of one language.

    Raises ValueError for a language that we do not have.
    """

    def __init__(self, locale: str, home: Path = _HOME) -> None:
        if locale not in LOCALES:
            msg = f"no such language: {locale!r} (we speak {', '.join(LOCALES)})"
            raise ValueError(msg)
        self.locale = locale
        self._environment = Environment(
            loader=FileSystemLoader(home / locale),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Plain text for chat: a channel that shows HTML escapes it itself.
            autoescape=False,  # noqa: S701
            auto_reload=False,
        )
        self._environment.filters.update(_FILTERS[locale])
        self._environment.globals["change"] = _change_vi if locale == "vi" else change

    def say(self, key: str, /, *details: object, **values: object) -> str:
        """The sentence `file.macro` filled with `values`, without blank edges.

        `details` fill the first arguments in order, for a caller that knows only their order.
        Raises NoSuchSentence for an unknown key; a missing value is a bug and raises.
        """
        macro = self._macro(key)
        return str(macro(*details, **values)).strip()

    def keys(self) -> tuple[str, ...]:
        """Every `file.macro` of this language."""
        return tuple(
            f"{name.removesuffix('.j2')}.{macro}"
            for name in self._environment.list_templates(extensions=["j2"])
            for macro in sorted(vars(self._template(name).module))
            if not macro.startswith("_") and callable(getattr(self._template(name).module, macro))
        )

    def arguments(self, file: str) -> dict[str, tuple[str, ...]]:
        """The arguments of each sentence of a file ("checklist") by its name; empty if there is no
        such file.

        Raises jinja2.TemplateError for a file that cannot be read.
        """
        try:
            module = self._template(f"{file}.j2").module
        except _TemplateNotFound:
            return {}
        return {
            name: tuple(macro.arguments)
            for name, macro in vars(module).items()
            if isinstance(macro, Macro) and not name.startswith("_")
        }

    def _macro(self, key: str) -> Callable[..., object]:
        file, _, name = key.partition(".")
        try:
            found = getattr(self._template(f"{file}.j2").module, name, None)
        except _TemplateNotFound:
            found = None
        # A name that begins with an underscore is private to its file or belongs to Jinja.
        if found is None or name.startswith("_"):
            raise NoSuchSentence(key)
        macro: Callable[..., object] = found
        return macro

    def _template(self, name: str) -> Template:
        # Jinja caches compiled templates; `.module` runs one once and caches its macros.
        return self._environment.get_template(name)

"""Checks that both languages have the same sentences with the same arguments."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from locales.render import LOCALES, Words

_HOME = Path(__file__).parent
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")


@dataclass(frozen=True, kw_only=True)
class SentenceProblem:
    """`what` is "missing", "arguments" or "broken"; `details` are the arguments of its sentence."""

    file: str
    line: int
    what: str
    details: Mapping[str, object]


def check_sentences(home: Path = _HOME) -> tuple[SentenceProblem, ...]:
    """All problems, by file and line."""
    broken = tuple(_broken(home))
    if broken:
        return broken
    found = [*_macros_differ(home), *_keys_differ(home)]
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line)))


def count_sentences() -> int:
    """How many sentences each language has."""
    return len(Words(LOCALES[0]).keys())


def _broken(home: Path) -> Iterator[SentenceProblem]:
    for locale in LOCALES:
        words = Words(locale, home)
        for file in sorted((home / locale).glob("*.j2")):
            name = f"{locale}/{file.name}"
            try:
                words.arguments(file.stem)
            except TemplateSyntaxError as error:
                reason = error.message or "?"
                yield _problem(name, error.lineno, "broken", reason=reason)
            except (TemplateError, UnicodeDecodeError, TypeError) as error:
                yield _problem(name, 1, "broken", reason=str(error))
        for file in sorted((home / locale).glob("*.json")):
            try:
                json.loads(file.read_text(encoding="utf-8"))
            except json.JSONDecodeError as error:
                yield _problem(f"{locale}/{file.name}", error.lineno, "broken", reason=error.msg)


def _macros_differ(home: Path) -> Iterator[SentenceProblem]:
    for name in sorted({file.stem for locale in LOCALES for file in (home / locale).glob("*.j2")}):
        by_locale = {locale: Words(locale, home).arguments(name) for locale in LOCALES}
        for macro in sorted({macro for found in by_locale.values() for macro in found}):
            key = f"{name}.{macro}"
            missing = [locale for locale, found in by_locale.items() if macro not in found]
            present = next(locale for locale in LOCALES if locale not in missing)
            file = f"{present}/{name}.j2"
            line = _line_of(home / file, macro)
            for locale in missing:
                yield _problem(file, line, "missing", key=key, locale=locale)
            if not missing:
                vi, en = (by_locale[locale][macro] for locale in LOCALES)
                if vi != en:
                    yield _problem(file, line, "arguments", key=key, vi=vi, en=en)


def _keys_differ(home: Path) -> Iterator[SentenceProblem]:
    for name in sorted({f.name for locale in LOCALES for f in (home / locale).glob("*.json")}):
        by_locale = {locale: _json_keys(home / locale / name) for locale in LOCALES}
        for key in sorted({key for keys in by_locale.values() for key in keys}):
            missing = [locale for locale, keys in by_locale.items() if key not in keys]
            present = next(locale for locale in LOCALES if locale not in missing)
            for locale in missing:
                yield _problem(f"{present}/{name}", 1, "missing", key=key, locale=locale)


def _json_keys(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    return frozenset(_paths(json.loads(file.read_text(encoding="utf-8"))))


def _paths(node: object, above: str = "") -> Iterator[str]:
    if not isinstance(node, dict):
        yield above
        return
    for key, value in node.items():
        yield from _paths(value, f"{above}.{key}" if above else key)


def _line_of(file: Path, macro: str) -> int:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if macro in _MACRO.findall(line):
            return number
    return 1


def _problem(file: str, line: int, what: str, **details: object) -> SentenceProblem:
    return SentenceProblem(file=f"locales/{file}", line=line, what=what, details=details)
